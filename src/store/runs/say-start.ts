// A person sets the date of a run whose device had a wrong date (rule T4). The run moves there. It is compared with the
// runs of that time, judged again by the zone of that time, and the flags of the day on which it came in are checked
// again.
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { ClientAccess } from '../people/access.ts'
import { findCombination } from './combinations.ts'
import type { Database } from '../database.ts'
import { judgeAsShown } from './judge-shown.ts'
import { raiseFlags } from '../review/raise-flags.ts'
import { setStart } from './run-dates.ts'
import { findPacked, type Run } from './runs.ts'
import { findSecondSource, joinAsSecond } from './second-source.ts'
import { findSettings } from '../settings/settings.ts'
import { reviseStarts } from '../clients/start-rates.ts'
import { lookForTwins } from './twins.ts'

interface Saying {
  readonly nowMs: number
  readonly newId: () => string
}

/** Inside `atomically`. @param run with a dating */
export async function sayStart(
  db: Database,
  access: ClientAccess<'run.date'>,
  run: Run,
  startedAtMs: number,
  { nowMs, newId }: Saying,
): Promise<void> {
  const { timeZone } = await findSettings(db)
  const startOffsetS = zoneOffsetS(startedAtMs, timeZone)
  await setStart(db, access, run, { startedAtMs, startOffsetS, saidAtMs: nowMs })
  const shownId = await placeAmongOthers(db, access, { ...run, head: { ...run.head, startedAtMs } }, nowMs)
  await judgeAsShown(db, { access, nowMs, newId }, run.id)
  if (shownId !== run.id) await judgeAsShown(db, { access, nowMs, newId }, shownId)
  const moved = [run.head.startedAtMs, startedAtMs]
  await reviseStarts(db, access, Math.min(...moved), { nowMs, newId, changedToMs: Math.max(...moved) })
  await raiseFlags(db, access, run.head.startedAtMs, { nowMs, newId, movedRunId: run.id })
  await raiseFlags(db, access, startedAtMs, { nowMs, newId, movedRunId: run.id })
}

/** Where it lies now another may be the same run: a phone's recording is put together with it, a second file is asked about.
 *  @returns the run that it is shown with */
async function placeAmongOthers(
  db: Database,
  access: ClientAccess<'run.date'>,
  run: Run,
  nowMs: number,
): Promise<string> {
  const combination = await findCombination(db, access, run.id)
  if (combination !== null) return combination.runId
  const recording = await findPacked(db, access, run)
  const second = recording && (await findSecondSource(db, access, recording))
  if (second === null) {
    await lookForTwins(db, access, run.id, nowMs)
    return run.id
  }
  await joinAsSecond(db, access, second, run.id, nowMs)
  return second.run.id
}
