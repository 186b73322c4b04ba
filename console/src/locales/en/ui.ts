export const ui = {
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  retry: 'Try again',
  loading: 'Loading…',
  breadcrumbs: 'You are here',
  requestId: 'Request',
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
