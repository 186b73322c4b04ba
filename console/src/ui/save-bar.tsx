import { useState } from 'react';
import { problemOf, type ApiError } from '../lib/problem.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { ErrorLine } from './states.tsx';
import { useText } from './text.ts';

type SaveBarProps = {
  isDirty: boolean;
  isStale: boolean;
  isSaving: boolean;
  error: ApiError | null;
  onSave: (reason: string) => void;
  onDiscard: () => void;
  /** Save again on top of the newer version; the other change is kept in the history. */
  onOverwrite: (reason: string) => void;
};

/** Appears with the first edit: save with a reason, or drop. Tells when somebody else was quicker. */
export function SaveBar(props: SaveBarProps) {
  const t = useText().save;
  const { isDirty, isStale, isSaving, error, onSave, onDiscard, onOverwrite } = props;
  const [reason, setReason] = useState('');
  if (!isDirty) return null;
  const lost = isStale || (error !== null && problemOf(error).code === 'conflict');
  return (
    <section
      aria-label={t.label}
      className="sticky bottom-4 z-20 mt-4 rounded-card bg-surface p-3 shadow-pop"
    >
      {lost ? (
        <div role="alert" className="mb-2 rounded-control bg-warnbg px-3 py-2 text-warn">
          <p className="font-medium">{t.conflict}</p>
          <p>{t.conflictText}</p>
        </div>
      ) : (
        error !== null && (
          <div className="mb-2">
            <ErrorLine error={error} />
          </div>
        )
      )}
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-52 flex-1">
          <TextField
            label={t.reason}
            labelHidden
            placeholder={t.reason}
            value={reason}
            onChange={setReason}
          />
        </div>
        <Button onPress={onDiscard}>{lost ? t.loadTheirs : t.discard}</Button>
        <Button
          variant="primary"
          isPending={isSaving}
          onPress={() => {
            (lost ? onOverwrite : onSave)(reason);
          }}
        >
          {lost ? t.overwrite : t.save}
        </Button>
      </div>
    </section>
  );
}
