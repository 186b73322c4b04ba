import type { Role, Token } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { useNow } from '../../lib/stream.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberField, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, ErrorLine, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { ListCard } from './list-card.tsx';
import { roles } from './roles.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { useText } from './text.ts';

export function TokensTab() {
  const t = useText();
  const isAdmin = useMay('admin');
  const tokens = useApi('GET /api/tokens', { query: { limit: 1_000 } }, { enabled: isAdmin });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  if (!isAdmin)
    return (
      <ListCard title={t.tabs.tokens} note={t.tokens.note}>
        <EmptyState title={t.tokens.onlyAdmins} />
      </ListCard>
    );
  return (
    <ListCard
      title={t.tabs.tokens}
      note={t.tokens.note}
      create={{
        label: t.tokens.create,
        onPress: () => {
          setMaking(true);
        },
      }}
    >
      <Loaded query={tokens} skeleton={<SkeletonRows rows={2} height={36} />}>
        {({ items }) =>
          items.length === 0 ? <EmptyState title={t.tokens.empty} /> : <TokenTable tokens={items} />
        }
      </Loaded>
      {isMaking && (
        <NewToken
          onClose={() => {
            setMaking(false);
          }}
          onMade={(token) => {
            setMaking(false);
            setSecret(token);
          }}
        />
      )}
      <SecretDialog
        title={t.tokens.made}
        secret={secret}
        onClose={() => {
          setSecret(null);
        }}
      />
    </ListCard>
  );
}

function TokenTable({ tokens }: { tokens: readonly Token[] }) {
  const t = useText();
  const f = useFormat();
  const now = useNow(30_000);
  const revoke = useChange('DELETE /api/tokens/:id');
  return (
    <Table label={t.tabs.tokens}>
      <Head>
        <Column>{t.tokens.columns.name}</Column>
        <Column>{t.tokens.columns.role}</Column>
        <Column>{t.tokens.columns.made}</Column>
        <Column>{t.tokens.columns.expires}</Column>
        <Column>{t.tokens.columns.used}</Column>
        <Column>
          <span className="sr-only">{t.actions}</span>
        </Column>
      </Head>
      <tbody>
        {tokens.map((token) => (
          <Row key={token.id}>
            <RowHead>
              <span className="block font-medium">{token.name}</span>
              <code className="mono text-note text-ink3">{token.prefix}…</code>
            </RowHead>
            <Cell>{t.people.roles[token.role]}</Cell>
            <Cell className="whitespace-nowrap text-ink2">{f.fullDate(token.createdAt)}</Cell>
            <Cell className="whitespace-nowrap text-ink2">
              {token.expiresAt === null ? t.never : f.fullDate(token.expiresAt)}
            </Cell>
            <Cell className="whitespace-nowrap text-ink2">
              {token.lastUsedAt === null ? t.never : f.ago(token.lastUsedAt, now)}
            </Cell>
            <Cell right>
              <ConfirmButton
                label={t.tokens.revoke}
                title={t.tokens.revokeTitle(token.name)}
                text={t.tokens.revokeText}
                keep={t.tokens.keep}
                isPending={revoke.isPending}
                error={revoke.error}
                onConfirm={(close) => {
                  revoke.mutate(
                    { params: { id: token.id } },
                    {
                      onSuccess: () => {
                        close();
                        toast(t.tokens.revoked);
                      },
                    },
                  );
                }}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

const day = 86_400_000;

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const t = useText();
  const make = useChange('POST /api/tokens');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState(90);
  const save = () => {
    const expiresAt = Number.isNaN(days)
      ? {}
      : { expiresAt: new Date(Date.now() + days * day).toISOString() };
    make.mutate(
      { body: { name, role, ...expiresAt } },
      {
        onSuccess: ({ token }) => {
          onMade(token);
        },
      },
    );
  };
  return (
    <Dialog
      title={t.tokens.create}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isDisabled={name === ''}
            isPending={make.isPending}
            onPress={save}
          >
            {t.tokens.make}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label={t.tokens.name}
          placeholder={t.tokens.nameExample}
          value={name}
          onChange={setName}
          isRequired
        />
        <Select
          label={t.tokens.role}
          hint={t.people.roleHints[role]}
          value={role}
          onChange={setRole}
          options={roles.map((id) => ({ id, label: t.people.roles[id] }))}
        />
        <NumberField
          label={t.tokens.days}
          hint={t.tokens.daysHint}
          value={days}
          minValue={1}
          maxValue={3_650}
          onChange={setDays}
        />
        <ErrorLine error={make.error} />
      </div>
    </Dialog>
  );
}
