/** What the log says of signing in and of accounts, besides the actions of the policy (`src/http/sign-in`). */
export const signInActions = [
  'account.joined',
  'account.link-opened',
  'sign-in.password',
  'sign-in.second-factor',
  'sign-in.backup-code',
  'sign-in.passkey',
  'sign-in.refused',
  'sign-out',
  'account.passkey-added',
  'account.passkey-removed',
  'account.second-factor-begun',
  'account.second-factor-removed',
  'account.password-changed',
  'account.session-ended',
  'account.sessions-ended',
] as const
