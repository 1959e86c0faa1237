// `calmpace erase-again FOLDER`: in a copy that was put back, erases whom the database of FOLDER, which ran until then, has erased
// since the copy was made. Nobody needs to have kept whom: a client that the copy has and that database has not was erased there.
import { openStore, openToRead } from '../node/open-store.ts'
import { makeSystemAccess } from '../store/access.ts'
import { appendAudit } from '../store/audit.ts'
import { verifyAudit } from '../store/audit-chain.ts'
import type { Database } from '../store/database.ts'
import { eraseClient } from '../store/erase-client.ts'
import { findDatabase } from './open-data.ts'

const foreign = 'is not where this copy comes from, or is older than it; nobody was erased'

/** @param dataFolder of the copy that was put back
 *  @param stoppedFolder of the database that ran until then
 *  @returns the exit code: 0 everybody is erased, 1 nobody was */
export async function eraseAgain(
  dataFolder: string,
  stoppedFolder: string,
  nowMs: number,
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 1> {
  const [copy, stopped] = [findDatabase(dataFolder), findDatabase(stoppedFolder)]
  const missing = copy.ok ? stopped : copy
  if (!copy.ok || !stopped.ok) {
    complain(missing.ok ? '' : missing.reason)
    return 1
  }
  try {
    const { db, close } = openToRead(stopped.value)
    const store = await openStore(dataFolder)
    try {
      const check = await verifyAudit(db)
      if (!check.ok) throw new Error(`the log in ${stoppedFolder} is not whole; nobody was erased`)
      const erased = await listErasedSince(store.db, db)
      if (erased === null) throw new Error(`${stoppedFolder} ${foreign}`)
      for (const clientId of erased)
        await store.atomically(async (db) => {
          const by = { personId: null, rule: 'restore', cameFrom: null, detail: {} }
          await appendAudit(db, { atMs: nowMs, action: 'data.erase', clientId, ...by })
          await eraseClient(db, makeSystemAccess(clientId, 'data.erase'), nowMs)
        })
      await store.compact?.()
      print(`erased again: ${erased.length}`)
      return 0
    } finally {
      await store.close()
      await close()
    }
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return 1
  }
}

/** Of the lines that both have: whose go on there in nobody's name was erased there, and is there no more.
 *  @returns null where they have none, or where somebody is missing out of whose lines nobody was struck */
async function listErasedSince(earlier: Database, later: Database): Promise<string[] | null> {
  const before = await earlier.selectFrom('audit').selectAll().orderBy('seq').execute()
  const after = await later.selectFrom('audit').selectAll().orderBy('seq').execute()
  // From where the copy has lines of its own they are two logs.
  const apart = before.findIndex((line, at) => line.at_ms !== after[at]?.at_ms || line.action !== after[at]?.action)
  const common = apart === -1 ? before : before.slice(0, apart)
  if (common.length === 0) return null
  const idsOf = async (db: Database) => (await db.selectFrom('client').select('id').execute()).map(({ id }) => id)
  const [here, there] = [new Set(await idsOf(earlier)), new Set(await idsOf(later))]
  const isMissing = (id: string | null): id is string => id !== null && here.has(id) && !there.has(id)
  const erased = new Set<string>()
  for (const [at, { client_id }] of common.entries())
    if (isMissing(client_id)) {
      if (after[at]?.whom_salt !== null) return null
      erased.add(client_id)
    }
  return [...erased]
}
