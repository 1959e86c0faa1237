// Removes a run, for a person or for an archive that says that a person removed it. A run that was its other source is
// shown and judged again, flags that depended on it are over, and no older archive brings it back.
import type { ClientAccess } from '../people/access.ts'
import { deleteCombination, findCombination } from './combinations.ts'
import type { Database } from '../database.ts'
import { judgeAsShown } from './judge-shown.ts'
import { nameOfRun, noteRemoval } from '../rights/removals.ts'
import type { RemovedBy } from '../review/end-of-removed-run.ts'
import { raiseFlags } from '../review/raise-flags.ts'
import { findSha256 } from './run-files.ts'
import { deleteRun, findRun, hasSamples, type Run } from './runs.ts'
import { reviseStarts } from '../clients/start-rates.ts'
import { lookForTwins } from './twins.ts'

const DAY_MS = 86_400_000

export interface Removing {
  readonly by: RemovedBy
  /** Where it was removed earlier, elsewhere. */
  readonly removedAtMs?: number
  readonly nowMs: number
  readonly newId: () => string
}

/** Inside `atomically`. */
export async function removeRun(
  db: Database,
  access: ClientAccess<'run.remove'>,
  run: Run,
  { by, nowMs, newId, removedAtMs = nowMs }: Removing,
): Promise<void> {
  const what = nameOfRun(await findSha256(db, access, run.fileId), run.part)
  await noteRemoval(db, access, { kind: 'run', what, atMs: removedAtMs, runId: run.id, byClient: by.isClient })
  const combination = await findCombination(db, access, run.id)
  const standsBehind = combination?.otherRunId === run.id ? combination.runId : null
  if (standsBehind !== null) await deleteCombination(db, access, standsBehind)
  await deleteRun(db, access, run, nowMs, by)
  const shown = standsBehind === null ? null : await findRun(db, access, standsBehind)
  // Where its samples are gone too, what was judged stays as it is.
  if (shown !== null && (await hasSamples(db, access, shown))) {
    await judgeAsShown(db, { access, nowMs, newId }, shown.id)
    await lookForTwins(db, access, shown.id, nowMs)
    await raiseFlags(db, access, shown.head.startedAtMs, { nowMs, newId })
  }
  // What rested on it is over; what stood behind it counts from now on and raises what is its own.
  const removed = { runId: run.id, personId: by.personId }
  await reviseStarts(db, access, run.head.startedAtMs, { nowMs, newId })
  await raiseFlags(db, access, run.head.startedAtMs - DAY_MS, { nowMs, newId, removed })
}
