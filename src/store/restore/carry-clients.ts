// Carries the clients' removals and their last decision about sharing from the stopped database into a restored copy.
// Emergency access since the copy is evidence, and is copied too.
import { makeSystemAccess } from '../people/access.ts'
import { insertSharing, listSharing } from '../self-report/after-runs.ts'
import type { Database } from '../database.ts'
import { importRemovals } from '../rights/import-removals.ts'
import { listRemovals } from '../rights/removals.ts'

export interface CarriedClients {
  readonly removals: number
  readonly sharing: number
  readonly emergencies: number
}

/** Inside `atomically`, after whoever was erased is erased again. */
export async function carryClients(
  db: Database,
  stopped: Database,
  { nowMs, newId }: { readonly nowMs: number; readonly newId: () => string },
): Promise<CarriedClients> {
  let [removals, sharing] = [0, 0]
  for (const { id } of await db.selectFrom('client').select('id').orderBy('id').execute()) {
    const access = makeSystemAccess(id, 'data.import')
    const wordOf = ({ atMs, agreed }: { readonly atMs: number; readonly agreed: boolean }) => `${atMs} ${agreed}`
    const said = new Set((await listSharing(db, access)).map(wordOf))
    const words = (await listSharing(stopped, access)).filter((one) => !said.has(wordOf(one)))
    for (const word of words) await insertSharing(db, access, word)
    sharing += words.length
    const known = new Set((await listRemovals(db, access)).map((one) => JSON.stringify(one)))
    const since = (await listRemovals(stopped, access)).filter((one) => !known.has(JSON.stringify(one)))
    await importRemovals(db, { access, nowMs, newId }, { removals: since })
    removals += since.length
  }
  return { removals, sharing, emergencies: await carryEmergencies(db, stopped) }
}

/** @returns how many of the copy had ended by then */
async function carryEmergencies(db: Database, stopped: Database): Promise<number> {
  const here = new Map((await db.selectFrom('break_glass').selectAll().execute()).map((row) => [row.id, row]))
  const clients = new Set((await db.selectFrom('client').select('id').execute()).map(({ id }) => id))
  let ended = 0
  for (const row of await stopped.selectFrom('break_glass').selectAll().execute()) {
    const before = here.get(row.id)
    if (before === undefined) {
      const isKnown = row.client_id !== null && clients.has(row.client_id)
      await db
        .insertInto('break_glass')
        .values(isKnown ? row : { ...row, client_id: null, reason: null })
        .execute()
    } else if (row.until_ms < before.until_ms) {
      await db.updateTable('break_glass').set({ until_ms: row.until_ms }).where('id', '=', row.id).execute()
      ended++
    }
  }
  return ended
}
