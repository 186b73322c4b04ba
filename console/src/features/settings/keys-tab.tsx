import type { SdkKey } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useEnvironment } from '../../lib/environment.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { useNow } from '../../lib/stream.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { EmptyState, ErrorLine, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { ListCard } from './list-card.tsx';
import { SecretDialog } from './secret-dialog.tsx';
import { useText } from './text.ts';

export function KeysTab() {
  const t = useText();
  const mayEdit = useMay('editor');
  const keys = useApi('GET /api/sdk-keys', { query: { limit: 1_000 } });
  const [isMaking, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <ListCard
      title={t.tabs.keys}
      note={t.keys.note}
      create={
        mayEdit && {
          label: t.keys.create,
          onPress: () => {
            setMaking(true);
          },
        }
      }
    >
      <Loaded query={keys} skeleton={<SkeletonRows rows={3} height={36} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t.keys.empty} />
          ) : (
            <KeyTable keys={items} mayEdit={mayEdit} />
          )
        }
      </Loaded>
      {isMaking && (
        <NewKey
          onClose={() => {
            setMaking(false);
          }}
          onMade={(key) => {
            setMaking(false);
            setSecret(key);
          }}
        />
      )}
      <SecretDialog
        title={t.keys.made}
        secret={secret}
        onClose={() => {
          setSecret(null);
        }}
      />
    </ListCard>
  );
}

function KeyTable({ keys, mayEdit }: { keys: readonly SdkKey[]; mayEdit: boolean }) {
  const t = useText();
  const f = useFormat();
  const now = useNow(10_000);
  const revoke = useChange('DELETE /api/sdk-keys/:id');
  return (
    <Table label={t.tabs.keys}>
      <Head>
        <Column>{t.keys.columns.name}</Column>
        <Column>{t.keys.columns.kind}</Column>
        <Column>{t.keys.columns.environment}</Column>
        <Column>{t.keys.columns.made}</Column>
        <Column>{t.keys.columns.used}</Column>
        <Column>
          <span className="sr-only">{t.actions}</span>
        </Column>
      </Head>
      <tbody>
        {keys.map((key) => {
          const name = key.name === '' ? t.keys.unnamed : key.name;
          return (
            <Row key={key.id}>
              <RowHead>
                <span className="block font-medium">{name}</span>
                <code className="mono text-note text-ink3">{key.prefix}…</code>
              </RowHead>
              <Cell className="whitespace-nowrap">
                <Badge tone={key.kind === 'server' ? 'warn' : 'quiet'}>
                  {t.keys.kinds[key.kind]}
                </Badge>
              </Cell>
              <Cell className="text-ink2">{key.environment}</Cell>
              <Cell className="whitespace-nowrap text-ink2">{f.fullDate(key.createdAt)}</Cell>
              <Cell className="whitespace-nowrap text-ink2">
                {key.lastUsedAt === null ? t.never : f.ago(key.lastUsedAt, now)}
              </Cell>
              <Cell right>
                {mayEdit && (
                  <ConfirmButton
                    label={t.keys.revoke}
                    title={t.keys.revokeTitle(name)}
                    text={t.keys.revokeText}
                    keep={t.keys.keep}
                    isPending={revoke.isPending}
                    error={revoke.error}
                    onConfirm={(close) => {
                      revoke.mutate(
                        { params: { id: key.id } },
                        {
                          onSuccess: () => {
                            close();
                            toast(t.keys.revoked);
                          },
                        },
                      );
                    }}
                  />
                )}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const t = useText();
  const first = useEnvironment();
  const environments = useApi('GET /api/environments', { query: {} }).data?.items ?? [];
  const make = useChange('POST /api/sdk-keys');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<SdkKey['kind']>('client');
  const [environment, setEnvironment] = useState(first);
  const save = () => {
    make.mutate(
      { body: { name, kind, environment } },
      {
        onSuccess: ({ key }) => {
          onMade(key);
        },
      },
    );
  };
  return (
    <Dialog
      title={t.keys.create}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={make.isPending} onPress={save}>
            {t.keys.make}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label={t.keys.name}
          placeholder={t.keys.nameExample}
          value={name}
          onChange={setName}
        />
        <Select
          label={t.keys.kind}
          hint={t.keys.kindHint}
          value={kind}
          onChange={setKind}
          options={(['client', 'server'] as const).map((id) => ({ id, label: t.keys.kinds[id] }))}
        />
        <Select
          label={t.keys.environment}
          value={environment}
          onChange={setEnvironment}
          options={environments.map(({ key, name: label }) => ({ id: key, label: label ?? key }))}
        />
        <ErrorLine error={make.error} />
      </div>
    </Dialog>
  );
}
