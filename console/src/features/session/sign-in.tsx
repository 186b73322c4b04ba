import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useChange } from '../../lib/query.ts';
import { meQuery } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { SessionFrame } from './frame.tsx';
import { useText } from './text.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const t = useText().signIn;
  const { back } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const signIn = useChange('POST /api/session');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = () => {
    signIn.mutate(
      { body: { email, password } },
      {
        onSuccess: (me) => {
          client.setQueryData(meQuery.queryKey, me);
          router.history.push(back ?? '/');
        },
      },
    );
  };
  const refused = signIn.error?.code === 'unauthenticated';
  return (
    <SessionFrame title={t.title}>
      {back !== undefined && back !== '/' && <p className="mb-3 text-ink2">{t.ended}</p>}
      <Form onSubmit={submit}>
        <TextField
          label={t.email}
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <TextField
          label={t.password}
          type="password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        {refused ? (
          <p role="alert" className="rounded-control bg-losebg px-3 py-2 text-lose">
            {t.wrong}
          </p>
        ) : (
          <ErrorLine error={signIn.error} />
        )}
        <Button type="submit" variant="primary" wide isPending={signIn.isPending}>
          {t.go}
        </Button>
      </Form>
      <p className="sub mt-3">{t.forgot}</p>
    </SessionFrame>
  );
}
