// Loads the runs that flags point at, as far as the moment of a flag needs them, and says which runs each flag is
// about.
import type { RunOfFlag } from '../../domain/review/moment-of-flag.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import { findSettings } from '../settings/settings.ts'
import { listEventsOf, type Flag } from './flags.ts'

export interface PlacedRun extends RunOfFlag {
  /** Local time minus UTC at its start. */
  readonly localOffsetS: number
  /** Nobody has said yet when it was (rule T4). */
  readonly isUndated: boolean
}

/** By id. A run that is shown with a second source begins with the earlier one. Whose they are, the flags say: they are asked
 *  for first. */
export async function findRunsOfFlags(
  db: Database,
  flags: readonly Pick<Flag, 'runId'>[],
): Promise<ReadonlyMap<string, PlacedRun>> {
  const { timeZone } = await findSettings(db)
  const ids = [...new Set(flags.flatMap(({ runId }) => runId ?? []))]
  const rows = ids.length === 0 ? [] : await placesOf(db, toAmong(ids))
  return new Map(
    rows.map((row) => {
      const startedAtMs = Math.min(row.started_at_ms, row.other_started_at_ms ?? row.started_at_ms)
      const localOffsetS = row.start_offset_s ?? zoneOffsetS(startedAtMs, timeZone)
      const isUndated = row.file_started_at_ms !== null && row.date_said_at_ms === null
      return [row.id, { id: row.id, startedAtMs, localOffsetS, isUndated }]
    }),
  )
}

const placesOf = question((db, runIds: string) =>
  db
    .selectFrom('run')
    .leftJoin('combination', 'combination.run_id', 'run.id')
    .leftJoin('run as other', 'other.id', 'combination.other_run_id')
    .select(['run.id', 'run.started_at_ms', 'run.start_offset_s', 'other.started_at_ms as other_started_at_ms'])
    .select(['run.file_started_at_ms', 'run.date_said_at_ms'])
    .where('run.id', 'in', among(runIds)),
)

/** Local time minus UTC of the practice at a moment. */
export const findOffsetS = async (db: Database, atMs: number): Promise<number> =>
  zoneOffsetS(atMs, (await findSettings(db)).timeZone)

/** Every run that a flag was raised for or seen again at. */
export async function listRunIdsOf(
  db: Database,
  access: ClientAccess,
  flags: readonly Flag[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const events = await listEventsOf(
    db,
    access,
    flags.map(({ id }) => id),
  )
  return new Map(
    flags.map(({ id, runId }) => {
      const seenIn = events.filter(({ flagId }) => flagId === id).map((event) => event.runId)
      return [id, [...new Set([runId, ...seenIn])].filter((one) => one !== null)]
    }),
  )
}
