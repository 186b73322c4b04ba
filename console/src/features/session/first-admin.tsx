import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi, useChange } from '../../lib/query.ts';
import { meQuery } from '../../lib/session.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { ErrorLine, Loaded, Skeleton } from '../../ui/states.tsx';
import { SessionFrame } from './frame.tsx';
import { useText } from './text.ts';

const route = getRouteApi('/setup');

/** The one-time link leads here; without it the page says where the link is. */
export function FirstAdminPage() {
  const t = useText().first;
  const { token } = route.useSearch();
  const state = useApi('GET /api/setup', {});
  return (
    <SessionFrame title={token === undefined ? t.noToken : t.title}>
      <Loaded query={state} skeleton={<Skeleton className="h-40 w-full" />}>
        {({ needed }) => {
          if (!needed) return <SetUpAlready />;
          return token === undefined ? <WhereIsTheLink /> : <AdminForm token={token} />;
        }}
      </Loaded>
    </SessionFrame>
  );
}

function SetUpAlready() {
  const t = useText().first;
  return (
    <>
      <p className="mb-3 text-ink2">{t.done}</p>
      <ButtonLink to="/sign-in" search={{}} variant="primary">
        {t.toSignIn}
      </ButtonLink>
    </>
  );
}

function WhereIsTheLink() {
  const t = useText().first;
  return (
    <>
      <p className="text-ink2">{t.noTokenText}</p>
      <p className="sub mt-3 mb-1">{t.noTokenWhere}</p>
      <code className="mono block rounded-control bg-surface2 px-2 py-1.5 break-all">
        {window.location.origin}/setup?token=…
      </code>
    </>
  );
}

const shortest = 12;

function AdminForm({ token }: { token: string }) {
  const t = useText().first;
  const navigate = useNavigate();
  const client = useQueryClient();
  const make = useChange('POST /api/setup');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const missing = shortest - password.length;
  const submit = () => {
    if (missing > 0) return;
    make.mutate(
      { body: { token, name, email, password } },
      {
        onSuccess: (me) => {
          client.setQueryData(meQuery.queryKey, me);
          void navigate({ to: '/' });
        },
      },
    );
  };
  return (
    <Form onSubmit={submit}>
      <p className="text-ink2">{t.text}</p>
      <TextField label={t.name} name="name" autoComplete="name" value={name} onChange={setName} />
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
        autoComplete="new-password"
        minLength={shortest}
        value={password}
        onChange={setPassword}
        hint={password !== '' && missing > 0 ? t.short(missing) : t.passwordHint}
        isRequired
      />
      <ErrorLine error={make.error} />
      <Button type="submit" variant="primary" wide isPending={make.isPending}>
        {t.go}
      </Button>
    </Form>
  );
}
