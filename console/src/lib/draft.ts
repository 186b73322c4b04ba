import { useState } from 'react';

type Versioned = { readonly revision: number };
export type Draft<T, D> = {
  /** The stored version that the draft was opened from. */
  readonly base: T;
  readonly draft: D;
  readonly isDirty: boolean;
  /** Somebody saved a newer version while this one was edited. */
  readonly isStale: boolean;
  readonly set: (draft: D) => void;
  /** Drops the edits and opens this version. */
  readonly reopen: (stored: T) => void;
};

/** Edits on a stored definition. An untouched draft follows the newest version; a touched one stays until saved or dropped. */
export function useDraft<T extends Versioned, D>(latest: T, open: (stored: T) => D): Draft<T, D> {
  const opened = (stored: T) => ({ base: stored, draft: open(stored), isDirty: false });
  const [state, setState] = useState(() => opened(latest));
  const isNewer = latest.revision > state.base.revision;
  if (isNewer && !state.isDirty) setState(opened(latest));
  return {
    ...state,
    isStale: isNewer && state.isDirty,
    set: (draft) => {
      setState({ base: state.base, draft, isDirty: true });
    },
    reopen: (stored) => {
      setState(opened(stored));
    },
  };
}
