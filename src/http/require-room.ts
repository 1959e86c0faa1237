// Checks before a route adds a row whether the limit allows one more (src/store/room.ts).
import type { Database } from '../store/database.ts'
import { hasRoom, type RoomKind } from '../store/room.ts'
import { ProblemError } from './problem.ts'

/** @param ownerId whose it would be
 *  @throws ProblemError LIST_FULL; nothing is added then */
export async function requireRoom(db: Database, kind: RoomKind, ownerId: string, nowMs: number): Promise<void> {
  if (!(await hasRoom(db, kind, ownerId, nowMs))) throw new ProblemError('LIST_FULL')
}
