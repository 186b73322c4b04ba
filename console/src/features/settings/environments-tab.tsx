import type { Environment, Flag } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { isKey } from '../../lib/key.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { NameAndKey, unnamed } from '../../ui/key-fields.tsx';
import { ErrorLine, Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { toast } from '../../ui/toast.tsx';
import { ListCard } from './list-card.tsx';
import { useText } from './text.ts';

export function EnvironmentsTab() {
  const t = useText();
  const isAdmin = useMay('admin');
  const environments = useApi('GET /api/environments', { query: {} });
  const [isMaking, setMaking] = useState(false);
  const [edited, setEdited] = useState<Environment | null>(null);
  return (
    <ListCard
      title={t.tabs.environments}
      note={isAdmin ? t.environments.note : t.environments.onlyAdmins}
      create={
        isAdmin && {
          label: t.environments.create,
          onPress: () => {
            setMaking(true);
          },
        }
      }
    >
      <Loaded query={environments} skeleton={<SkeletonRows rows={2} height={36} />}>
        {({ items }) => (
          <EnvironmentTable environments={items} {...(isAdmin && { onEdit: setEdited })} />
        )}
      </Loaded>
      {isMaking && (
        <NewEnvironment
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
      {edited !== null && (
        <ChangeEnvironment
          environment={edited}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </ListCard>
  );
}

type TableProps = {
  environments: readonly Environment[];
  onEdit?: (environment: Environment) => void;
};
function EnvironmentTable({ environments, onEdit }: TableProps) {
  const t = useText();
  const f = useFormat();
  const flags = useApi('GET /api/flags', { query: { limit: 1_000 } }).data?.items ?? [];
  return (
    <Table label={t.tabs.environments}>
      <Head>
        <Column>{t.environments.columns.name}</Column>
        <Column>{t.environments.columns.key}</Column>
        <Column>{t.environments.columns.flags}</Column>
        <Column>{t.environments.columns.made}</Column>
        <Column>
          <span className="sr-only">{t.actions}</span>
        </Column>
      </Head>
      <tbody>
        {environments.map((environment) => (
          <Row key={environment.key}>
            <RowHead>
              <span className="block font-medium">{environment.name ?? environment.key}</span>
              {environment.description !== '' && (
                <span className="sub block">{environment.description}</span>
              )}
            </RowHead>
            <Cell className="mono text-ink2">{environment.key}</Cell>
            <Cell className="text-ink2">{t.environments.on(flagsOn(flags, environment.key))}</Cell>
            <Cell className="whitespace-nowrap text-ink2">{f.fullDate(environment.createdAt)}</Cell>
            <Cell right>
              {onEdit !== undefined && (
                <Button
                  size="chip"
                  onPress={() => {
                    onEdit(environment);
                  }}
                >
                  {t.environments.edit}
                </Button>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function flagsOn(flags: readonly Flag[], environment: string): number {
  return flags.filter(({ environments }) => environments[environment]?.on === true).length;
}

function NewEnvironment({ onClose }: { onClose: () => void }) {
  const t = useText();
  const make = useChange('POST /api/environments');
  const [named, setNamed] = useState(unnamed);
  return (
    <Dialog
      title={t.environments.create}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isDisabled={!isKey(named.key)}
            isPending={make.isPending}
            onPress={() => {
              make.mutate({ body: { key: named.key, name: named.name } }, { onSuccess: onClose });
            }}
          >
            {t.environments.make}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <NameAndKey value={named} onChange={setNamed} />
        <ErrorLine error={make.error} />
      </div>
    </Dialog>
  );
}

type ChangeProps = { environment: Environment; onClose: () => void };
function ChangeEnvironment({ environment, onClose }: ChangeProps) {
  const t = useText();
  const save = useChange('PUT /api/environments/:key');
  const archive = useChange('DELETE /api/environments/:key');
  const [name, setName] = useState(environment.name ?? '');
  const [description, setDescription] = useState(environment.description);
  const { key, revision } = environment;
  return (
    <Dialog
      title={environment.name ?? key}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isPending={save.isPending}
            onPress={() => {
              save.mutate(
                {
                  params: { key },
                  query: {},
                  body: { ...environment, name, description },
                  ifMatch: revision,
                },
                {
                  onSuccess: () => {
                    toast(t.environments.saved);
                    onClose();
                  },
                },
              );
            }}
          >
            {t.environments.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField label={t.environments.columns.name} value={name} onChange={setName} />
        <TextField
          label={t.environments.description}
          rows={2}
          value={description}
          onChange={setDescription}
        />
        <div>
          <ConfirmButton
            label={t.environments.archive}
            title={t.environments.archiveTitle(environment.name ?? key)}
            text={t.environments.archiveText}
            keep={t.environments.keep}
            isPending={archive.isPending}
            error={archive.error}
            onConfirm={(close) => {
              archive.mutate(
                { params: { key }, query: {}, ifMatch: revision },
                {
                  onSuccess: () => {
                    toast(t.environments.archived);
                    close();
                    onClose();
                  },
                },
              );
            }}
          />
        </div>
        <ErrorLine error={save.error} />
      </div>
    </Dialog>
  );
}
