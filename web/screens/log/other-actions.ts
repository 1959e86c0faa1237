/** What the log says besides the actions of the policy and signing in: that something was refused (`src/store/access.ts`), and
 *  what calmpace does by itself (`src/store/{retention,audit-strike,audit-reseal}.ts`). */
export const otherActions = [
  'refused',
  'retention.delete',
  'retention.ran',
  'log.struck',
  'log.resealed',
  'log.former-head',
] as const
