/** What the log says besides the actions of the policy and signing in: that something was refused (`src/store/access.ts`), and
 *  what calmpace does by itself (`src/store/retention.ts`). */
export const otherActions = ['refused', 'retention.delete', 'retention.ran'] as const
