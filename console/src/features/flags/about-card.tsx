import type { Flag } from '@assay/server/contract';
import { useNavigate } from '@tanstack/react-router';
import { useChange } from '../../lib/query.ts';
import { Card } from '../../ui/card.tsx';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { Checkbox } from '../../ui/toggle.tsx';
import { toast } from '../../ui/toast.tsx';
import type { PartProps } from './editor.tsx';
import { useText } from './text.ts';

const purposes: readonly Flag['purpose'][] = ['release', 'experiment', 'operational', 'permission'];

export function AboutCard({ flag, draft, onChange, isReadOnly }: PartProps & { flag: Flag }) {
  const t = useText();
  return (
    <Card title={t.editor.about}>
      <div className="flex flex-col gap-3 px-4 pb-4">
        <TextField
          label={t.editor.name}
          value={draft.name}
          isReadOnly={isReadOnly}
          onChange={(name) => {
            onChange({ ...draft, name });
          }}
        />
        <TextField
          label={t.editor.description}
          rows={3}
          value={draft.description}
          isReadOnly={isReadOnly}
          onChange={(description) => {
            onChange({ ...draft, description });
          }}
        />
        <TextField
          label={t.editor.owner}
          value={draft.owner}
          isReadOnly={isReadOnly}
          onChange={(owner) => {
            onChange({ ...draft, owner });
          }}
        />
        <Select
          label={t.editor.purpose}
          value={draft.purpose}
          isDisabled={isReadOnly}
          onChange={(purpose) => {
            onChange({ ...draft, purpose });
          }}
          options={purposes.map((id) => ({ id, label: t.purposes[id] }))}
        />
        <Checkbox
          value={draft.clientVisible}
          isDisabled={isReadOnly}
          onChange={(clientVisible) => {
            onChange({ ...draft, clientVisible });
          }}
        >
          {t.editor.visibility}
        </Checkbox>
        {!isReadOnly && <Archive flag={flag} />}
      </div>
    </Card>
  );
}

function Archive({ flag }: { flag: Flag }) {
  const t = useText().editor;
  const navigate = useNavigate();
  const archive = useChange('DELETE /api/flags/:key');
  return (
    <div>
      <ConfirmButton
        label={t.archive}
        text={t.archiveText}
        keep={t.keep}
        isPending={archive.isPending}
        error={archive.error}
        onConfirm={() => {
          archive.mutate(
            { params: { key: flag.key }, query: {}, ifMatch: flag.revision },
            {
              onSuccess: () => {
                toast(t.archived);
                void navigate({ to: '/flags' });
              },
            },
          );
        }}
      />
    </div>
  );
}
