export const ui = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Try again',
  loading: 'Loading…',
  breadcrumbs: 'You are here',
  requestId: 'Request',
  names: {
    name: 'Name',
    key: 'Key',
    keyHint: 'Lower-case letters, digits, dots and dashes. It never changes: code refers to it.',
    keyWrong: 'Start with a letter or digit; then letters, digits, . _ -',
  },
  save: {
    label: 'Unsaved changes',
    reason: 'Why this change? (kept in the history)',
    save: 'Save',
    discard: 'Discard',
    conflict: 'Somebody saved a newer version meanwhile.',
    conflictText:
      'Load it and your edits are dropped, or save yours on top: the other version stays in the history.',
    loadTheirs: 'Load newest',
    overwrite: 'Save mine on top',
  },
  history: {
    revision: (n: number) => `Version ${n}`,
    current: 'current',
    by: (who: string) => `by ${who}`,
    more: (n: number) => `and ${n} more changes`,
    revert: 'Make current again',
    revertTitle: (n: number) => `Go back to version ${n}?`,
    revertText: 'It becomes the newest version; nothing in between is lost.',
    reason: 'Why? (kept in the history)',
    keep: 'Keep the current one',
  },
  errors: {
    invalid: { title: 'That is not valid yet', next: 'Correct what is named below and try again.' },
    unauthenticated: { title: 'You are signed out', next: 'Sign in again to go on.' },
    forbidden: {
      title: 'Your role may not do this',
      next: 'An admin can change your role in Settings, People.',
    },
    not_found: {
      title: 'There is nothing at this address',
      next: 'It may have been renamed or archived. Go back to the list and look there.',
    },
    conflict: {
      title: 'Somebody changed it meanwhile',
      next: 'Load the newest version, look at it, then make your change again.',
    },
    locked: {
      title: 'It is locked while the experiment runs',
      next: 'Amend the running plan with a reason, or stop the experiment first.',
    },
    too_large: { title: 'That is too large', next: 'Send less at once.' },
    rate_limited: { title: 'Too many tries', next: 'Wait a minute, then try again.' },
    unavailable: {
      title: 'The server is busy',
      next: 'It sheds load to keep accepted events safe. Try again in a moment.',
    },
    internal: {
      title: 'Something broke on our side',
      next: 'Try again. If it stays, look for the request id in the server log.',
    },
    offline: {
      title: 'The server does not answer',
      next: 'Check that it is running and that you are connected.',
    },
  },
};
