export const session = {
  tagline: 'A/B tests and feature flags',
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    go: 'Sign in',
    wrong: 'E-mail or password is not right.',
    ended: 'Your session has ended. Sign in and you are back where you were.',
    forgot: 'Forgot it? An admin can set a new password in Settings, People.',
  },
  first: {
    title: 'Set up Assay',
    text: 'You are the first here. This account becomes the admin; more people can follow.',
    name: 'Your name',
    email: 'E-mail',
    password: 'Password',
    passwordHint: 'At least 12 characters.',
    short: (missing: number) => `${missing} more ${missing === 1 ? 'character' : 'characters'}.`,
    go: 'Create admin',
    noToken: 'Open the set-up link',
    noTokenText:
      'The server printed a one-time link when it started. Open that link in this browser: it proves that this server is yours.',
    noTokenWhere: 'Look for a line like this in its output:',
    done: 'This server is set up already.',
    toSignIn: 'Go to sign-in',
  },
};
