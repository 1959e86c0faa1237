// A stored run as the exports need it: both sources where there are two, the assessment that counts.
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { ExportedRun } from '../../formats/export/exported-run.ts'
import type { ClientAccess } from '../people/access.ts'
import { listAssessments } from './assessments.ts'
import { findRunRecording } from './combinations.ts'
import type { Database } from '../database.ts'
import type { Run } from './runs.ts'
import { findSettings } from '../settings/settings.ts'

/** Null where its samples are gone. */
export async function findExportedRun(db: Database, access: ClientAccess, run: Run): Promise<ExportedRun | null> {
  const { parameters, timeZone } = await findSettings(db)
  const shown = await findRunRecording(db, access, run, overrideParameters(parameters))
  const latest = (await listAssessments(db, access, [run.id])).at(-1)
  if (shown === null || latest === undefined) return null
  const { recording } = shown
  return {
    runId: run.id,
    clientId: run.clientId,
    recording,
    assessment: latest.assessment,
    assessedAtMs: latest.assessedAtMs,
    importedAtMs: run.importedAtMs,
    utcOffsetS: run.startOffsetS ?? recording.localOffsetS ?? zoneOffsetS(recording.startedAtMs, timeZone),
  }
}
