// The existing flags that the raising of new flags needs: their contents, their occurrences, whether a person touched
// them, and how they were closed.
import { isClosed, waitingStates } from '../../domain/review/flag-state.ts'
import type { KnownRow, Seen } from '../../domain/review/rows.ts'
import { raisedLevels } from '../../domain/review/finding-occurrences.ts'
import type { ClientAccess } from '../people/access.ts'
import type { Database } from '../database.ts'
import { listEventsOf, listFlagsOfClient, type FlagEvent, type Flag } from './flags.ts'

export type StoredRow = KnownRow & Pick<Flag, 'state' | 'version'>

/** Those that wait, and those that are about a moment since then or were closed since then. */
export async function listKnownRows(db: Database, access: ClientAccess, sinceMs: number): Promise<StoredRow[]> {
  const closedSince = await db
    .selectFrom('flag_event')
    .innerJoin('flag', 'flag.id', 'flag_event.flag_id')
    .select('flag.id')
    .where('flag.client_id', '=', access.clientId)
    .where('flag_event.at_ms', '>=', sinceMs)
    .execute()
  const recent = new Set(closedSince.map(({ id }) => id))
  const flags = (await listFlagsOfClient(db, access)).filter(
    ({ id, state, aboutMs }) => aboutMs >= sinceMs || recent.has(id) || waitingStates.some((one) => one === state),
  )
  const events = Map.groupBy(
    await listEventsOf(
      db,
      access,
      flags.map(({ id }) => id),
    ),
    ({ flagId }) => flagId,
  )
  return flags.map((flag) => toRow(flag, events.get(flag.id) ?? []))
}

function toRow(flag: Flag, events: readonly FlagEvent[]): StoredRow {
  const { id, kind, level, state, version, evidence, ruleVersion, runId, aboutMs } = flag
  const closing = events.findLast(({ act }) => act === 'resolve' || act === 'false_alarm' || act === 'over')
  return {
    id,
    kind,
    level,
    state,
    version,
    shown: { level, evidence, ruleVersion, runId, aboutMs },
    seen: events.filter(isTelling).map((event) => toSeen(flag, event)),
    closed: isClosed(state)
      ? { atMs: closing?.atMs ?? aboutMs, asUnfounded: state === 'false_alarm', asOver: closing?.act === 'over' }
      : null,
    isTouched: events.some(({ personId }) => personId !== null),
  }
}

const isTelling = ({ act }: FlagEvent): boolean => act === 'raised' || act === 'seen_again'

/** Flags of earlier versions kept less of what was seen. */
function toSeen(flag: Flag, { runId, detail }: FlagEvent): Seen {
  const { level, aboutMs, evidence, ruleVersion } = detail
  return {
    runId,
    aboutMs: Number(aboutMs ?? flag.aboutMs),
    level: raisedLevels.find((one) => one === level) ?? flag.level,
    evidence: typeof evidence === 'object' && evidence !== null ? { ...evidence } : null,
    ruleVersion: typeof ruleVersion === 'string' ? ruleVersion : null,
  }
}
