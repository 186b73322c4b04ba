import type { User } from '@assay/server/contract';
import { useState } from 'react';
import { useFormat } from '../../lib/format.ts';
import { useApi, useChange } from '../../lib/query.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { useNow } from '../../lib/stream.ts';
import { Avatar, Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded, SkeletonRows } from '../../ui/states.tsx';
import { Cell, Column, Head, Row, RowHead, Table } from '../../ui/table.tsx';
import { ListCard } from './list-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { AddPerson, ChangePerson } from './person-dialogs.tsx';
import { useText } from './text.ts';

export function PeopleTab() {
  const t = useText();
  const isAdmin = useMay('admin');
  const me = useMe();
  const users = useApi('GET /api/users', { query: { limit: 1_000 } });
  const [isAdding, setAdding] = useState(false);
  const [edited, setEdited] = useState<User | null>(null);
  return (
    <div className="flex flex-col gap-4">
      <ListCard
        title={t.tabs.people}
        note={isAdmin ? t.people.note : t.people.onlyAdmins}
        create={
          isAdmin && {
            label: t.people.create,
            onPress: () => {
              setAdding(true);
            },
          }
        }
      >
        <Loaded query={users} skeleton={<SkeletonRows rows={3} height={36} />}>
          {({ items }) => (
            <PeopleTable users={items} self={me?.id} {...(isAdmin && { onEdit: setEdited })} />
          )}
        </Loaded>
      </ListCard>
      {me?.kind === 'user' && <PasswordCard />}
      {isAdding && (
        <AddPerson
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {edited !== null && (
        <ChangePerson
          user={edited}
          isSelf={edited.id === me?.id}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
    </div>
  );
}

type PeopleTableProps = {
  users: readonly User[];
  self: string | undefined;
  onEdit?: (user: User) => void;
};
function PeopleTable({ users, self, onEdit }: PeopleTableProps) {
  const t = useText();
  const f = useFormat();
  const now = useNow(30_000);
  const activate = useChange('PUT /api/users/:id');
  return (
    <Table label={t.tabs.people}>
      <Head>
        <Column>{t.people.columns.name}</Column>
        <Column>{t.people.columns.email}</Column>
        <Column>{t.people.columns.role}</Column>
        <Column>{t.people.columns.seen}</Column>
        <Column>
          <span className="sr-only">{t.actions}</span>
        </Column>
      </Head>
      <tbody>
        {users.map((user) => (
          <Row key={user.id}>
            <RowHead>
              <span className="flex items-center gap-2 font-medium">
                <Avatar name={user.name === '' ? user.email : user.name} />
                {user.name === '' ? user.email : user.name}
                {user.id === self && <Badge tone="accent">{t.people.you}</Badge>}
                {!user.active && <Badge tone="warn">{t.people.inactive}</Badge>}
              </span>
            </RowHead>
            <Cell className="text-ink2">{user.email}</Cell>
            <Cell className="whitespace-nowrap">{t.people.roles[user.role]}</Cell>
            <Cell className="whitespace-nowrap text-ink2">
              {user.lastSeenAt === null ? t.never : f.ago(user.lastSeenAt, now)}
            </Cell>
            <Cell right className="whitespace-nowrap">
              {onEdit !== undefined && (
                <span className="inline-flex gap-1.5">
                  {!user.active && (
                    <Button
                      size="chip"
                      onPress={() => {
                        activate.mutate({ params: { id: user.id }, body: { active: true } });
                      }}
                    >
                      {t.people.activate}
                    </Button>
                  )}
                  <Button
                    size="chip"
                    aria-label={t.people.editTitle(user.email)}
                    onPress={() => {
                      onEdit(user);
                    }}
                  >
                    {t.people.edit}
                  </Button>
                </span>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
