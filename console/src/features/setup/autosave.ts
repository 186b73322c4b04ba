import type { Experiment } from '@assay/server/contract';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../lib/api.ts';
import { problemOf, type ApiError } from '../../lib/problem.ts';
import { closePlan, openPlan, type PlanDraft } from './model.ts';

const pause = 700;
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed';
type Autosave = {
  draft: PlanDraft;
  stored: Experiment;
  state: SaveState;
  error: ApiError | null;
  edit: (draft: PlanDraft) => void;
  /** Opens this version and drops what was not saved. */
  reopen: (experiment: Experiment) => void;
};
type Work = {
  stored: Experiment;
  draft: PlanDraft;
  isSaving: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** Saves a draft shortly after each edit and when the page is left; one save at a time, each on top of the one before. */
export function useAutosave(
  experiment: Experiment,
  onSaved: (experiment: Experiment) => void,
): Autosave {
  const [stored, setStored] = useState(experiment);
  const [draft, setDraft] = useState(() => openPlan(experiment));
  const [state, setState] = useState<SaveState>('saved');
  const [error, setError] = useState<ApiError | null>(null);
  const work = useRef<Work>({ stored: experiment, draft, isSaving: false, timer: undefined });

  const save = async () => {
    const now = work.current;
    now.timer = undefined;
    if (now.isSaving) return;
    now.isSaving = true;
    setState('saving');
    const sent = now.draft;
    try {
      now.stored = await api(
        'PUT /api/experiments/:key',
        { params: { key: now.stored.key }, query: {}, body: closePlan(now.stored, sent) },
        { ifMatch: now.stored.revision },
      );
      now.isSaving = false;
      setStored(now.stored);
      setError(null);
      if (now.draft === sent) setState('saved');
      else wait();
      onSaved(now.stored);
    } catch (thrown) {
      now.isSaving = false;
      setError(problemOf(thrown));
      setState('failed');
    }
  };
  const wait = () => {
    clearTimeout(work.current.timer);
    work.current.timer = setTimeout(() => {
      void save();
    }, pause);
    setState('waiting');
  };
  // Left and entered again while the last save was on its way: what it stored comes in after the page has opened.
  if (experiment.revision > stored.revision && state === 'saved') {
    setStored(experiment);
    setDraft(openPlan(experiment));
  }
  useEffect(() => {
    if (state === 'saved') Object.assign(work.current, { stored, draft });
  }, [state, stored, draft]);
  const latestSave = useRef(save);
  useEffect(() => {
    latestSave.current = save;
  });
  useEffect(() => {
    const { current } = work;
    return () => {
      if (current.timer === undefined) return;
      clearTimeout(current.timer);
      void latestSave.current();
    };
  }, []);

  return {
    draft,
    stored,
    state,
    error,
    edit: (next) => {
      work.current.draft = next;
      setDraft(next);
      if (!work.current.isSaving) wait();
    },
    reopen: (next) => {
      clearTimeout(work.current.timer);
      const opened = openPlan(next);
      work.current = { stored: next, draft: opened, isSaving: false, timer: undefined };
      setStored(next);
      setDraft(opened);
      setError(null);
      setState('saved');
    },
  };
}
