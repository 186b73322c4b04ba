import type { Role, User } from '@assay/server/contract';
import { useState } from 'react';
import { useChange } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { roles } from './roles.ts';
import { useText } from './text.ts';

function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const t = useText().people;
  return (
    <Select
      label={t.role}
      hint={t.roleHints[value]}
      value={value}
      onChange={onChange}
      options={roles.map((id) => ({ id, label: t.roles[id], note: t.roleHints[id] }))}
    />
  );
}

export function AddPerson({ onClose }: { onClose: () => void }) {
  const t = useText();
  const add = useChange('POST /api/users');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [password, setPassword] = useState('');
  return (
    <Dialog
      title={t.people.create}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button
            variant="primary"
            isPending={add.isPending}
            isDisabled={email === '' || password.length < 12}
            onPress={() => {
              add.mutate({ body: { name, email, role, password } }, { onSuccess: onClose });
            }}
          >
            {t.people.make}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField label={t.people.name} value={name} onChange={setName} />
        <TextField
          label={t.people.email}
          type="email"
          value={email}
          onChange={setEmail}
          isRequired
        />
        <RoleChoice value={role} onChange={setRole} />
        <TextField
          label={t.people.password}
          hint={t.people.passwordHint}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          isRequired
        />
        <ErrorLine error={add.error} />
      </div>
    </Dialog>
  );
}

type ChangeProps = { user: User; isSelf: boolean; onClose: () => void };
export function ChangePerson({ user, isSelf, onClose }: ChangeProps) {
  const t = useText();
  const change = useChange('PUT /api/users/:id', ['/api/me']);
  const deactivate = useChange('DELETE /api/users/:id');
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState<Role>(user.role);
  const [password, setPassword] = useState('');
  const save = () => {
    change.mutate(
      { params: { id: user.id }, body: { name, role, ...(password !== '' && { password }) } },
      {
        onSuccess: () => {
          toast(t.people.saved);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={t.people.editTitle(user.email)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" isPending={change.isPending} onPress={save}>
            {t.people.save}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField label={t.people.name} value={name} onChange={setName} />
        <RoleChoice value={role} onChange={setRole} />
        <TextField
          label={t.people.newPassword}
          hint={t.people.leaveEmpty}
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        {!isSelf && user.active && (
          <div>
            <ConfirmButton
              label={t.people.deactivate}
              text={t.people.deactivateText}
              keep={t.people.keep}
              isPending={deactivate.isPending}
              error={deactivate.error}
              onConfirm={(close) => {
                deactivate.mutate(
                  { params: { id: user.id } },
                  {
                    onSuccess: () => {
                      close();
                      onClose();
                    },
                  },
                );
              }}
            />
          </div>
        )}
        <ErrorLine error={change.error} />
      </div>
    </Dialog>
  );
}
