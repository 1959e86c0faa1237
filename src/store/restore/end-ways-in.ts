// Ends every way into a restored copy, except a password with its second factor and a passkey. Otherwise ended or used
// links and sessions would work again. This always happens.
import { sql } from 'kysely'
import type { Database } from '../database.ts'

export interface Ended {
  readonly sessions: number
  readonly links: number
  readonly browsers: number
  readonly emergencies: number
}

/** Inside `atomically`. */
export async function endWaysIn(db: Database, nowMs: number): Promise<Ended> {
  const sessions = await db.deleteFrom('session').returning('id').execute()
  // What was begun at signing in, and a code of an app: neither is older than minutes.
  await sql`delete from verification`.execute(db)
  await db.deleteFrom('used_code').execute()
  const browsers = await db.deleteFrom('known_browser').returning('person_id').execute()
  const links = await db
    .updateTable('invitation')
    .set({ ended_at_ms: nowMs, ending: 'taken_back' })
    .where('used_at_ms', 'is', null)
    .where('ended_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .returning('id')
    .execute()
  const resets = await db.deleteFrom('reset_link').where('used_at_ms', 'is', null).returning('id').execute()
  const emergencies = await db
    .updateTable('break_glass')
    .set({ until_ms: nowMs })
    .where('until_ms', '>', nowMs)
    .returning('id')
    .execute()
  return {
    sessions: sessions.length,
    links: links.length + resets.length,
    browsers: browsers.length,
    emergencies: emergencies.length,
  }
}
