import type { Flag } from '@assay/server/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { isKey } from '../../lib/key.ts';
import { useChange } from '../../lib/query.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/field.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { Checkbox, SegmentedControl } from '../../ui/toggle.tsx';
import type { FlagType } from './model.ts';
import { newFlagBody } from './new-flag.ts';
import { useEnvironments } from './queries.ts';
import { useText } from './text.ts';

const types: readonly FlagType[] = ['boolean', 'string', 'number', 'json'];
const purposes: readonly Flag['purpose'][] = ['release', 'experiment', 'operational', 'permission'];

export function NewFlagPage() {
  const t = useText();
  const navigate = useNavigate();
  const environments = useEnvironments().data?.items ?? [];
  const create = useChange('POST /api/flags');
  const [named, setNamed] = useState(unnamed);
  const [type, setType] = useState<FlagType>('boolean');
  const [purpose, setPurpose] = useState<Flag['purpose']>('release');
  const [description, setDescription] = useState('');
  const [clientVisible, setClientVisible] = useState(true);
  const submit = () => {
    if (!isKey(named.key)) return;
    const body = newFlagBody(
      { name: named.name, key: named.key, type, purpose, description, clientVisible },
      environments.map(({ key }) => key),
    );
    create.mutate(
      { body },
      {
        onSuccess: ({ key }) => {
          void navigate({ to: '/flags/$key', params: { key } });
        },
      },
    );
  };
  return (
    <Page title={t.make.title} crumbs={[{ label: t.title, link: { to: '/flags' } }]}>
      <div className="max-w-[520px] rounded-card bg-surface p-4 shadow-card">
        <Form onSubmit={submit}>
          <NameAndKey value={named} onChange={setNamed} placeholder={t.make.example} />
          <div>
            <span className="mb-1 block text-label text-ink2">{t.make.type}</span>
            <SegmentedControl
              label={t.make.type}
              value={type}
              onChange={setType}
              wide
              options={types.map((id) => ({ id, label: t.types[id] }))}
            />
          </div>
          <Select
            label={t.make.purpose}
            value={purpose}
            onChange={setPurpose}
            options={purposes.map((id) => ({ id, label: t.purposes[id] }))}
          />
          <TextField
            label={t.make.description}
            rows={2}
            value={description}
            onChange={setDescription}
          />
          <div>
            <Checkbox value={clientVisible} onChange={setClientVisible}>
              {t.make.clientVisible}
            </Checkbox>
            <p className="sub pl-6">{t.make.clientHint}</p>
          </div>
          <ErrorLine error={create.error} />
          <div className="flex items-center gap-2">
            <Button type="submit" variant="primary" isPending={create.isPending}>
              {t.make.go}
            </Button>
            <ButtonLink to="/flags" variant="ghost">
              {t.rule.cancel}
            </ButtonLink>
            <span className="sub">{t.make.note}</span>
          </div>
        </Form>
      </div>
    </Page>
  );
}
