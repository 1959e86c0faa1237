// A stored run as the exports need it: both sources where there are two, the assessment that counts.
import { overrideParameters, type ParameterOverrides } from '../../domain/parameters/parameters.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { ExportedRun } from '../../formats/export/exported-run.ts'
import type { Database } from '../database.ts'
import type { ClientAccess } from '../people/access.ts'
import { findSettings } from '../settings/settings.ts'
import { listAssessments } from './assessments.ts'
import { findPackedRun } from './combinations.ts'
import { openRun, type PackedRun } from './packed-run.ts'
import type { Run } from './runs.ts'

/** As it is stored: opening it takes a while. */
export interface PackedExport extends Omit<ExportedRun, 'recording' | 'utcOffsetS'> {
  readonly run: PackedRun
  readonly overrides: ParameterOverrides
  readonly startOffsetS: number | null
  /** The clinic's. */
  readonly timeZone: string
}

/** Null where its samples are gone. */
export async function findPackedExport(db: Database, access: ClientAccess, run: Run): Promise<PackedExport | null> {
  const { parameters: overrides, timeZone } = await findSettings(db)
  const found = await findPackedRun(db, access, run)
  const latest = (await listAssessments(db, access, [run.id])).at(-1)
  if (found === null || latest === undefined) return null
  const { assessment, assessedAtMs } = latest
  const { id: runId, clientId, importedAtMs, startOffsetS } = run
  return {
    runId,
    clientId,
    assessment,
    assessedAtMs,
    importedAtMs,
    run: found.packed,
    overrides,
    startOffsetS,
    timeZone,
  }
}

export function openExport({ run, overrides, startOffsetS, timeZone, ...facts }: PackedExport): ExportedRun {
  const { recording } = openRun(run, overrideParameters(overrides))
  const utcOffsetS = startOffsetS ?? recording.localOffsetS ?? zoneOffsetS(recording.startedAtMs, timeZone)
  return { ...facts, recording, utcOffsetS }
}
