/** What the log says besides the actions of the policy and signing in: that something was refused (`src/store/people/access.ts`), and
 *  what calmpace does by itself (`src/store/{retention,audit-strike,audit-reseal,restore}`). */
export const otherActions = [
  'refused',
  'retention.delete',
  'retention.ran',
  'retention.waits',
  'retention.confirmed',
  'log.struck',
  'log.resealed',
  'log.former-head',
  'restore.done',
  'secret.changed',
] as const
