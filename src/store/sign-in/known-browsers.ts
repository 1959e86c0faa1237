// Browsers in which a person signed in before, by the hash of a token in their cookie. Tries in such a browser are
// counted apart from tries elsewhere with the same name. The token opens nothing.
import type { Database } from '../database.ts'
import { sha256Hex } from '../sha256.ts'

/** product choice: from the last time that somebody signed in there. */
export const KNOWN_FOR_MS = 90 * 86_400_000
/** product choice: of one person; the one that was used longest ago goes. */
const MOST = 20

export async function isKnownBrowser(db: Database, token: string, email: string, nowMs: number): Promise<boolean> {
  const row = await db
    .selectFrom('known_browser')
    .innerJoin('person', 'person.id', 'known_browser.person_id')
    .select('person.id')
    .where('token_sha256', '=', await sha256Hex(token))
    .where('person.email', '=', email)
    .where('last_at_ms', '>', nowMs - KNOWN_FOR_MS)
    .executeTakeFirst()
  return row !== undefined
}

/** Inside `atomically` only. */
export async function rememberBrowser(db: Database, token: string, personId: string, nowMs: number): Promise<void> {
  await db
    .deleteFrom('known_browser')
    .where('last_at_ms', '<=', nowMs - KNOWN_FOR_MS)
    .execute()
  await db
    .insertInto('known_browser')
    .values({ token_sha256: await sha256Hex(token), person_id: personId, last_at_ms: nowMs })
    .onConflict((conflict) => conflict.columns(['token_sha256', 'person_id']).doUpdateSet({ last_at_ms: nowMs }))
    .execute()
  const rows = await db
    .selectFrom('known_browser')
    .select('token_sha256')
    .where('person_id', '=', personId)
    .orderBy('last_at_ms', 'desc')
    .execute()
  for (const { token_sha256 } of rows.slice(MOST))
    await db
      .deleteFrom('known_browser')
      .where('person_id', '=', personId)
      .where('token_sha256', '=', token_sha256)
      .execute()
}

/** After a new password, or where all sessions of somebody end. */
export async function forgetBrowsers(db: Database, personId: string): Promise<void> {
  await db.deleteFrom('known_browser').where('person_id', '=', personId).execute()
}
