import { useState } from 'react';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/field.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { useText } from './text.ts';

export function PasswordCard() {
  const t = useText().password;
  const change = useChange('POST /api/me/password');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const save = () => {
    if (next.length < 12) return;
    change.mutate(
      { body: { current, next } },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          toast(t.changed);
        },
      },
    );
  };
  return (
    <Card title={t.title}>
      <div className="max-w-[400px] px-4 pb-4">
        <Form onSubmit={save}>
          <TextField
            label={t.current}
            type="password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            isRequired
          />
          <TextField
            label={t.next}
            hint={t.hint}
            type="password"
            autoComplete="new-password"
            minLength={12}
            value={next}
            onChange={setNext}
            isRequired
          />
          <ErrorLine error={change.error} />
          <div>
            <Button type="submit" isPending={change.isPending}>
              {t.change}
            </Button>
          </div>
        </Form>
      </div>
    </Card>
  );
}
