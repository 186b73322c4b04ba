import type { Experiment } from '@assay/server/contract';
import { CircleCheck, CloudOff, LoaderCircle } from 'lucide-react';
import { useCallback } from 'react';
import { useInvalidate } from '../../lib/query.ts';
import { api } from '../../lib/api.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/states.tsx';
import { ArchiveDraft } from './archive-draft.tsx';
import { useAutosave, type SaveState } from './autosave.ts';
import { ChangeSection } from './change-section.tsx';
import { CheckSection } from './check-section.tsx';
import { HypothesisSection } from './hypothesis-section.tsx';
import { MetricsSection } from './metrics-section.tsx';
import { PlanSection } from './plan-section.tsx';
import { Summary } from './summary.tsx';
import { useText } from './text.ts';
import { WhoSection } from './who-section.tsx';

/** Six short sections in the order of thinking, with a summary that grows beside them. */
export function PlanEditor({ experiment }: { experiment: Experiment }) {
  const t = useText();
  const invalidate = useInvalidate();
  const onSaved = useCallback(() => {
    void invalidate(['/api/experiments']);
  }, [invalidate]);
  const { draft, stored, state, error, edit, reopen } = useAutosave(experiment, onSaved);
  const reload = async () => {
    reopen(await api('GET /api/experiments/:key', { params: { key: stored.key } }));
  };
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <h1>{draft.name === '' ? stored.key : draft.name}</h1>
        <code className="mono text-ink3">{stored.key}</code>
        <SavedMark state={state} />
        <span className="ml-auto">
          <ArchiveDraft experiment={stored} />
        </span>
      </div>
      {error !== null && (
        <div className="mb-4 flex flex-col gap-2">
          <ErrorLine error={error} />
          {error.code === 'conflict' && (
            <div className="flex items-center gap-2">
              <span>{t.conflict}</span>
              <Button
                size="chip"
                onPress={() => {
                  void reload();
                }}
              >
                {t.reload}
              </Button>
            </div>
          )}
        </div>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_320px] items-start gap-4 max-[1100px]:grid-cols-1">
        <div className="flex min-w-0 flex-col gap-4">
          <HypothesisSection draft={draft} edit={edit} />
          <ChangeSection draft={draft} edit={edit} self={stored.key} />
          <MetricsSection draft={draft} edit={edit} />
          <WhoSection draft={draft} edit={edit} self={stored.key} />
          <PlanSection draft={draft} edit={edit} />
          <CheckSection draft={draft} stored={stored} isSaved={state === 'saved'} />
        </div>
        <div className="sticky top-[64px] max-[1100px]:static">
          <Summary draft={draft} />
        </div>
      </div>
    </>
  );
}

function SavedMark({ state }: { state: SaveState }) {
  const t = useText().saved;
  const Icon = state === 'saved' ? CircleCheck : state === 'failed' ? CloudOff : LoaderCircle;
  return (
    <span
      role="status"
      className={`inline-flex items-center gap-1.5 text-label ${state === 'failed' ? 'text-lose' : state === 'saved' ? 'text-ok' : 'text-ink3'}`}
    >
      <Icon size={13} aria-hidden="true" />
      {t[state]}
    </span>
  );
}
