// Ends everything that depends on a person's right, at once and for good: links that they made, flags that were handed
// to them. Every function that changes a standing (role, group, account) calls it, so no route can forget it. If the
// right is given again, nothing comes back.
import type { Database } from '../database.ts'
import { endInvitationsWithoutRight } from './invitations.ts'
import { endResetsWithoutRight } from '../sign-in/resets.ts'
import { handBackFlags } from '../review/hand-back.ts'
import type { Whose } from './relations.ts'

/** Inside `atomically`, after the change. */
export async function endWithRight(db: Database, whose: Whose, nowMs: number): Promise<void> {
  if ('personIds' in whose && whose.personIds.length === 0) return
  await endInvitationsWithoutRight(db, whose, nowMs)
  await endResetsWithoutRight(db, whose)
  await handBackFlags(db, whose, nowMs)
}
