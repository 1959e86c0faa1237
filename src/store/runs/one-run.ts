// A person's answer about two runs that may be one (rule T5): one run, two runs, or no answer any more. Two recordings
// of one run are shown as one. Each answer changes the flags from then on and can be taken back.
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { clockIsSure } from '../../domain/recording.ts'
import { combinationShiftS } from '../../domain/sources/twins.ts'
import type { ClientAccess } from '../people/access.ts'
import { deleteCombination, findCombination, insertCombination } from './combinations.ts'
import type { Database } from '../database.ts'
import { judgeAsShown } from './judge-shown.ts'
import { raiseFlags } from '../review/raise-flags.ts'
import { findRun, hasSamples, type Run } from './runs.ts'
import { findSettings } from '../settings/settings.ts'
import { writeAnswer, type StoredTwin } from './twins.ts'

export interface Saying {
  readonly access: ClientAccess<'run.same' | 'run.decide'>
  readonly personId: string
  readonly nowMs: number
  readonly newId: () => string
}

/** Inside `atomically`.
 *  @param isOneRun null takes back what was said */
export async function sayOneRun(
  db: Database,
  saying: Saying,
  twin: StoredTwin,
  isOneRun: boolean | null,
): Promise<void> {
  const { access, personId, nowMs } = saying
  const runs = [await findRun(db, access, twin.runId), await findRun(db, access, twin.otherRunId)]
  const [first, second] = runs
  if (!first || !second) throw new Error('a pair of runs that are not there')
  await writeAnswer(db, access, twin, isOneRun === null ? null : { isOneRun, atMs: nowMs, byPersonId: personId })
  if (isOneRun === true) await combine(db, saying, twin, first, second)
  else await separate(db, saying, first, second)
  const fromMs = Math.min(first.head.startedAtMs, second.head.startedAtMs)
  await raiseFlags(db, access, fromMs, saying)
}

/** Shown is the one whose clock is the surer, else the one that was there first. What is shown with a third one stays so: then
 *  the two count once, and no more. */
async function combine(db: Database, saying: Saying, twin: StoredTwin, first: Run, second: Run): Promise<void> {
  const { access, nowMs } = saying
  for (const run of [first, second])
    if ((await findCombination(db, access, run.id)) !== null || !(await hasSamples(db, access, run))) return
  const { source } = overrideParameters((await findSettings(db)).parameters)
  const shiftS = combinationShiftS(twin, source)
  const isSecondSurer = clockIsSure(second.head) && !clockIsSure(first.head)
  const [shown, behind] = isSecondSurer ? [second, first] : [first, second]
  const combination = { runId: shown.id, otherRunId: behind.id, combinedAtMs: nowMs }
  await insertCombination(db, access, { ...combination, shiftS: isSecondSurer && shiftS !== 0 ? -shiftS : shiftS })
  await judgeAsShown(db, saying, shown.id)
}

async function separate(db: Database, saying: Saying, first: Run, second: Run): Promise<void> {
  const { access } = saying
  const combination = await findCombination(db, access, first.id)
  if (combination === null || ![combination.runId, combination.otherRunId].includes(second.id)) return
  await deleteCombination(db, access, combination.runId)
  await judgeAsShown(db, saying, combination.runId)
}
