// Limits on the number of rows of each kind, as data. People add such rows by requests, and they are read, shown and
// exported whole, so they must not grow without end. Routes check before they add. An imported archive has its own
// limit.
import { sql } from 'kysely'
import type { Database } from './database.ts'

interface Room {
  readonly table: string
  /** Column of whose they are; null counts those of the whole clinic. */
  readonly owner: string | null
  /** Column of when one was added; null where rows do not know it. */
  readonly added: string | null
  /** product choices: far more than anybody writes, and still read at once. Null is no limit. */
  readonly inAll: number | null
  readonly aDay: number | null
}

export const rooms = {
  note: { table: 'note', owner: 'client_id', added: 'at_ms', inAll: 5000, aDay: 300 },
  afterRun: { table: 'after_run', owner: 'client_id', added: null, inAll: 5000, aDay: null },
  restNote: { table: 'rest_note', owner: 'client_id', added: null, inAll: 500, aDay: null },
  plan: { table: 'plan', owner: 'client_id', added: 'created_at_ms', inAll: 500, aDay: 200 },
  zone: { table: 'calm_zone', owner: 'client_id', added: 'created_at_ms', inAll: 500, aDay: 200 },
  sharing: { table: 'sharing', owner: 'client_id', added: 'at_ms', inAll: 2000, aDay: 50 },
  flagStep: { table: 'flag_event', owner: 'flag_id', added: 'at_ms', inAll: 500, aDay: 100 },
  assessment: { table: 'assessment', owner: 'run_id', added: 'assessed_at_ms', inAll: 200, aDay: 50 },
  client: { table: 'client', owner: null, added: 'created_at_ms', inAll: 20_000, aDay: 5000 },
  group: { table: 'care_group', owner: null, added: 'created_at_ms', inAll: 500, aDay: 100 },
  invitation: { table: 'invitation', owner: 'invited_by', added: 'created_at_ms', inAll: null, aDay: 200 },
  brokenGlass: { table: 'break_glass', owner: 'person_id', added: 'at_ms', inAll: null, aDay: 50 },
  handOver: { table: 'hand_over', owner: 'group_run_id', added: 'received_at_ms', inAll: 200, aDay: 50 },
  settings: { table: 'clinic_settings', owner: null, added: 'changed_at_ms', inAll: 2000, aDay: 200 },
} as const satisfies Readonly<Record<string, Room>>
export type RoomKind = keyof typeof rooms

const DAY_MS = 86_400_000

/** Whether one more may be added.
 *  @param ownerId whose it would be; of kinds of the whole clinic it is not looked at */
export async function hasRoom(db: Database, kind: RoomKind, ownerId: string, nowMs: number): Promise<boolean> {
  const { table, owner, added, inAll, aDay }: Room = rooms[kind]
  const isRecent = added === null ? sql`0` : sql`${sql.ref(added)} > ${nowMs - DAY_MS}`
  const whose = owner === null ? sql`1` : sql`${sql.ref(owner)} = ${ownerId}`
  const { rows } = await sql<{ all: number; recent: number }>`
    select count(*) as "all", coalesce(sum(${isRecent}), 0) as recent from ${sql.table(table)} where ${whose}`.execute(
    db,
  )
  const { all, recent } = rows[0] ?? { all: 0, recent: 0 }
  return (inAll === null || all < inAll) && (aDay === null || recent < aDay)
}
