// Compares a restored copy with the stopped database: how far their logs are the same, and which clients were erased
// since. No list of erased clients is needed: a client who is in the copy and not in that database was erased there.
import type { Database } from '../database.ts'
import type { Tables } from '../tables.ts'

/** The line of a copy that says what was done after it was put back. */
export const RESTORED = 'restore.done'

export type Compared =
  | {
      readonly ok: true
      /** When the last line was written that both have: so old is the copy at least. */
      readonly copiedAtMs: number
      readonly erased: readonly string[]
    }
  | { readonly ok: false; readonly reason: 'foreign' | 'other_way_round' | 'done_already' }

type Line = Pick<Tables['audit'], 'at_ms' | 'action' | 'client_id' | 'whom_salt' | 'detail_json'>

/** @param copy that was put back; it may have gone on by itself for a while
 *  @param stopped the database that ran until then */
export async function compareLogs(copy: Database, stopped: Database): Promise<Compared> {
  const [before, after] = [await readLines(copy), await readLines(stopped)]
  // From where the copy has lines of its own they are two logs.
  const apart = before.findIndex((line, at) => line.at_ms !== after[at]?.at_ms || line.action !== after[at]?.action)
  const length = apart === -1 ? before.length : apart
  const [last, ownHere, ownThere] = [before[length - 1], before.slice(length), after.slice(length)]
  if (last === undefined) return { ok: false, reason: 'foreign' }
  if (ownHere.some(({ action, detail_json }) => action === RESTORED && isCarried(detail_json)))
    return { ok: false, reason: 'done_already' }
  // Whichever went on first is the one that ran until the other was put back.
  const [here, there] = [ownHere[0], ownThere[0]]
  if (here !== undefined && (there === undefined || here.at_ms < there.at_ms))
    return { ok: false, reason: 'other_way_round' }
  const erased = await listErased(copy, stopped, before.slice(0, length), after)
  return erased === null ? { ok: false, reason: 'foreign' } : { ok: true, copiedAtMs: last.at_ms, erased }
}

/** Whether that line tells of a database from which something was carried over. */
const isCarried = (detail: string): boolean => 'stoppedHead' in (JSON.parse(detail) as object)

const readLines = (db: Database): Promise<Line[]> =>
  db.selectFrom('audit').select(['at_ms', 'action', 'client_id', 'whom_salt', 'detail_json']).orderBy('seq').execute()

/** @returns null where somebody is missing there out of whose lines nobody was struck */
async function listErased(
  copy: Database,
  stopped: Database,
  common: readonly Line[],
  after: readonly Line[],
): Promise<string[] | null> {
  const idsOf = async (db: Database) => (await db.selectFrom('client').select('id').execute()).map(({ id }) => id)
  const [here, there] = [new Set(await idsOf(copy)), new Set(await idsOf(stopped))]
  const erased = new Set<string>()
  for (const [at, { client_id: id }] of common.entries()) {
    if (id === null || !here.has(id) || there.has(id)) continue
    if (after[at]?.whom_salt !== null) return null
    erased.add(id)
  }
  return [...erased]
}
