import type { Experiment } from '@assay/server/contract';
import { useNavigate } from '@tanstack/react-router';
import { Archive } from 'lucide-react';
import { useChange } from '../../lib/query.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { toast } from '../../ui/toast.tsx';
import { useText } from './text.ts';

export function ArchiveDraft({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const navigate = useNavigate();
  const archive = useChange('DELETE /api/experiments/:key');
  return (
    <ConfirmButton
      label={t.archive}
      icon={<Archive size={15} aria-hidden="true" />}
      variant="ghost"
      size="normal"
      text={t.archiveText}
      keep={t.keep}
      isPending={archive.isPending}
      error={archive.error}
      onConfirm={() => {
        archive.mutate(
          { params: { key: experiment.key }, query: {}, ifMatch: experiment.revision },
          {
            onSuccess: () => {
              toast(t.archived);
              void navigate({ to: '/experiments', search: {} });
            },
          },
        );
      }}
    />
  );
}
