// What rests on somebody's right ends with it, at once and for good: links that they made, flags that were handed to them. Called
// wherever a standing changes (a role, a group, an account), so that no route can forget; given again, nothing comes back.
import type { Database } from '../database.ts'
import { endInvitationsWithoutRight } from './invitations.ts'
import { endResetsWithoutRight } from '../sign-in/resets.ts'
import { handBackFlags } from '../review/hand-back.ts'
import type { Whose } from './standing.ts'

/** Inside `atomically`, after the change. */
export async function endWithRight(db: Database, whose: Whose, nowMs: number): Promise<void> {
  if ('personIds' in whose && whose.personIds.length === 0) return
  await endInvitationsWithoutRight(db, whose, nowMs)
  await endResetsWithoutRight(db, whose)
  await handBackFlags(db, whose, nowMs)
}
