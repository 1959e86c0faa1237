// A stored run for the exports: both sources if there are two, and the current assessment.
import type { Database } from '../database.ts'
import type { ClientAccess } from '../people/access.ts'
import { findSettings } from '../settings/settings.ts'
import { listAssessments } from './assessments.ts'
import { findPackedRun } from './combinations.ts'
import type { PackedExport } from './packed-export.ts'
import type { Run } from './runs.ts'

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
