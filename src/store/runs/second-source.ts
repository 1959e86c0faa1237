// Shows a recording as the second source of a run without a question: a strap's and a watch's recording of the same
// time, if nothing contradicts it. Called when one comes in, moves, or gets its date.
import type { ClientAccess } from '../people/access.ts'
import { findOtherSource, insertCombination } from './combinations.ts'
import type { Database } from '../database.ts'
import type { Run } from './runs.ts'
import { findSettings } from '../settings/settings.ts'
import { answerAsOne } from './twins.ts'
import { isOneWithoutAsking, type Twin } from '../../domain/sources/twins.ts'
import type { PackedRecording } from '../columns.ts'
import { work } from '../work/work.ts'

export interface SecondSource {
  /** The run that it is shown with. */
  readonly run: Run
  readonly twin: Twin
}

/** What this recording is the second source of. */
export async function findSecondSource(
  db: Database,
  access: ClientAccess,
  recording: PackedRecording,
): Promise<SecondSource | null> {
  const { parameters: overrides } = await findSettings(db)
  const found = await findOtherSource(db, access, recording, overrides)
  if (found === null) return null
  const twin = await work(db, 'findTwin', { one: found.recording, other: recording, overrides })
  return twin && isOneWithoutAsking(twin) ? { run: found.run, twin } : null
}

/** Both are one run from now on, by the clocks of both. Taken apart again, they are a question for a person. */
export async function joinAsSecond(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'run.date'>,
  { run, twin }: SecondSource,
  otherRunId: string,
  atMs: number,
): Promise<void> {
  await insertCombination(db, access, { runId: run.id, otherRunId, combinedAtMs: atMs, shiftS: 0 })
  await answerAsOne(db, access, { ...twin, runId: run.id, otherRunId }, { atMs, byPersonId: null })
}
