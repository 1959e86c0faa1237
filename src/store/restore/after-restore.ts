// Runs after a backup was restored. It ends what ended since the copy was made, as far as the stopped database is there
// to tell, and closes every way in that the copy had open. One line of the log says so, with the head of the stopped
// log.
import { makeSystemAccess } from '../people/access.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Database } from '../database.ts'
import { eraseClient } from '../rights/erase-client.ts'
import { carryAccounts, type CarriedAccounts } from './carry-accounts.ts'
import { carryClients, type CarriedClients } from './carry-clients.ts'
import { RESTORED } from './compare-logs.ts'
import { endWaysIn, type Ended } from './end-ways-in.ts'

export interface Stopped {
  readonly db: Database
  /** Of its log, which was checked. */
  readonly head: string
  readonly lines: number
  readonly copiedAtMs: number
  /** Ids of clients. */
  readonly erased: readonly string[]
}
export interface Carried extends CarriedAccounts, Omit<CarriedClients, 'emergencies'> {
  readonly erased: number
}

/** Inside `atomically`; after it, `Store.compact`.
 *  @param stopped null where that database is lost
 *  @returns `carried` is null without it */
export async function endAfterRestore(
  db: Database,
  stopped: Stopped | null,
  clock: { readonly nowMs: number; readonly newId: () => string },
): Promise<{ readonly carried: Carried | null; readonly ended: Ended }> {
  const { nowMs } = clock
  const carried = stopped === null ? null : await carryOver(db, stopped, clock)
  const shut = await endWaysIn(db, nowMs)
  const ended = { ...shut, emergencies: shut.emergencies + (carried?.emergencies ?? 0) }
  const counts = carried === null ? null : { ...carried.counts }
  const from = stopped === null ? {} : { stoppedHead: stopped.head, stoppedLines: stopped.lines, carried: counts }
  const by = { personId: null, clientId: null, rule: 'restore', cameFrom: null }
  await appendAudit(db, { atMs: nowMs, action: RESTORED, ...by, detail: { ended, ...from } })
  return { carried: carried?.counts ?? null, ended }
}

async function carryOver(
  db: Database,
  stopped: Stopped,
  clock: { readonly nowMs: number; readonly newId: () => string },
): Promise<{ readonly counts: Carried; readonly emergencies: number }> {
  const { nowMs } = clock
  for (const clientId of stopped.erased) {
    const by = { personId: null, rule: 'restore', cameFrom: null, detail: {} }
    await appendAudit(db, { atMs: nowMs, action: 'data.erase', clientId, ...by })
    await eraseClient(db, makeSystemAccess(clientId, 'data.erase'), nowMs)
  }
  const accounts = await carryAccounts(db, stopped.db, stopped.copiedAtMs, nowMs)
  const { emergencies, ...clients } = await carryClients(db, stopped.db, clock)
  return { counts: { erased: stopped.erased.length, ...accounts, ...clients }, emergencies }
}
