// Everything that a person can add to has an end: one more than there may be is refused with a code, changes nothing, and is
// nobody else's affair.
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { hasRoom, rooms, type RoomKind } from '../../src/store/room.ts'
import { closeClinics, openClinic, type NodeClinic } from '../support/node-clinic.ts'
import { send } from '../support/sign-in.ts'
import { handOverOf } from './access/access-table.ts'
import { expectJson } from '../support/expect-json.ts'
import { askAs, makeWorld, type Standing, type World } from '../support/world.ts'

afterAll(closeClinics)

interface Adding {
  readonly who: Standing
  readonly ask: (world: World) => readonly [path: string, init: RequestInit]
  readonly status: number
  /** Columns that no two rows share. */
  readonly own: readonly string[]
}
const plan = { weekdays: [1, 3], runMin: 30, intervals: null, reason: null }
const reason = 'valt flauw in het bos, wat is haar grens?'
const settings = { timeZone: 'Europe/Amsterdam', parameters: {}, ruleSets: [], reason: 'besluit' }
const adding: Readonly<Record<RoomKind, Adding>> = {
  note: {
    who: 'self',
    ask: ({ noor }) => [`/api/clients/${noor}/notes`, send('POST', { text: 'hoe?' })],
    status: 201,
    own: ['id'],
  },
  afterRun: {
    who: 'self',
    ask: ({ noor }) => [`/api/clients/${noor}/after-runs`, send('POST', { mood: 6 })],
    status: 201,
    own: ['id'],
  },
  restNote: {
    who: 'therapist',
    ask: ({ noor }) => [`/api/clients/${noor}/rest-notes`, send('POST', { kind: 'upset' })],
    status: 201,
    own: ['id'],
  },
  plan: {
    who: 'therapist',
    ask: ({ noor }) => [`/api/clients/${noor}/plans`, send('POST', plan)],
    status: 201,
    own: ['id'],
  },
  zone: {
    who: 'therapist',
    ask: ({ noor }) => [
      `/api/clients/${noor}/zones`,
      send('POST', { inputs: { restBpm: 60 }, reason: 'x', confirmed: ['CEILING_RISES', 'HARD_RISES'] }),
    ],
    status: 201,
    own: ['id'],
  },
  sharing: {
    who: 'self',
    ask: ({ noor }) => [`/api/clients/${noor}/sharing`, send('PUT', { agreed: true })],
    status: 200,
    own: ['at_ms'],
  },
  flagStep: {
    who: 'therapist',
    ask: ({ flagId }) => [
      `/api/flags/${flagId}/steps`,
      send('POST', { act: 'comment', seenVersion: 1, note: 'gezien' }),
    ],
    status: 201,
    own: ['seq'],
  },
  assessment: {
    who: 'therapist',
    ask: ({ runId }) => [`/api/runs/${runId}/assessments`, { method: 'POST' }],
    status: 201,
    own: ['seq', 'id'],
  },
  client: {
    who: 'therapist',
    ask: () => ['/api/clients', send('POST', { firstName: 'Kim', birthYear: 1990 })],
    status: 201,
    own: ['id', 'person_id'],
  },
  group: {
    who: 'administrator',
    ask: () => ['/api/groups', send('POST', { name: 'Nieuw' })],
    status: 201,
    own: ['id'],
  },
  invitation: {
    who: 'therapist',
    ask: ({ noor }) => [`/api/clients/${noor}/invitations`, { method: 'POST' }],
    status: 201,
    own: ['id', 'token_sha256'],
  },
  brokenGlass: {
    who: 'therapistGlass',
    ask: ({ noor }) => ['/api/break-glass', send('POST', { clientId: noor, reason })],
    status: 201,
    own: ['id'],
  },
  handOver: {
    who: 'therapist',
    ask: (world) => [`/api/group-runs/${world.groupRunId}/hand-overs`, send('POST', handOverOf(world))],
    status: 200,
    own: ['id'],
  },
  settings: {
    who: 'administrator',
    ask: () => ['/api/settings', send('PUT', { ...settings, seenVersion: 0 })],
    status: 200,
    own: ['version'],
  },
}

const rowsOf = async ({ store }: NodeClinic, table: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(store.db)
  return rows[0]?.count ?? 0
}

/** Copies of the newest row until there are so many, made just now or a week ago. @returns whose they are */
async function fill(clinic: NodeClinic, kind: RoomKind, copies: number, atMs: number): Promise<string> {
  const { table, owner, added } = rooms[kind]
  const { rows } = await sql<
    Record<string, unknown>
  >`select * from ${sql.table(table)} order by rowid desc limit 1`.execute(clinic.store.db)
  const [row] = rows
  if (row === undefined) throw new Error(`nothing of ${kind}`)
  const columns = Object.keys(row)
  const own = adding[kind].own
  const valueAt = (column: string) => {
    if (column === 'at_ms' && own.includes('at_ms')) return sql`${atMs} - n`
    if (column === added) return sql`${atMs}`
    if (column === 'seq' || column === 'version') return sql`1000000 + n`
    if (column === 'person_id' && kind === 'client') return sql`null`
    if (own.includes(column)) return sql`'made-' || n`
    return sql`${row[column]}`
  }
  await sql`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${copies})
    insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
    select ${sql.join(columns.map(valueAt))} from numbers`.execute(clinic.store.db)
  return owner === null ? '' : String(row[owner])
}

const cases = (Object.keys(rooms) as RoomKind[]).flatMap((kind) => {
  const { inAll, aDay } = rooms[kind]
  return [
    ...(inAll === null ? [] : [[kind, 'in all', inAll] as const]),
    ...(aDay === null ? [] : [[kind, 'a day', aDay] as const]),
  ]
})

describe('what a person adds to', () => {
  it.each(cases)('%s: one more than %s (%i) is refused, and nothing is added', async (kind, which, most) => {
    const nowMs = Date.now()
    const clinic = await openClinic({ nowMs: () => nowMs })
    const world = await makeWorld(clinic)
    const { who, ask, status } = adding[kind]
    const { table } = rooms[kind]
    const add = () => askAs(clinic.ask, world, who)(...ask(world))
    const toggle = async () => {
      // The same word is not written twice: it is taken back in between, which is never refused.
      if (kind === 'sharing')
        await expectJson(
          askAs(clinic.ask, world, who)(`/api/clients/${world.noor}/sharing`, send('PUT', { agreed: false })),
        )
    }
    await toggle()
    await expectJson(add(), status)
    const owner = await fill(clinic, kind, most, which === 'in all' ? nowMs - 7 * 86_400_000 : nowMs)
    await toggle()
    const before = await rowsOf(clinic, table)
    expect(await expectJson(add(), 422)).toMatchObject({ code: 'LIST_FULL' })
    expect(await rowsOf(clinic, table)).toBe(before)
    expect(await hasRoom(clinic.store.db, kind, 'somebody else', nowMs)).toBe(rooms[kind].owner !== null)
    // What was added today is no hindrance tomorrow.
    const tomorrowMs = nowMs + 90_000_000
    expect(await hasRoom(clinic.store.db, kind, owner, tomorrowMs)).toBe(which === 'a day')
  })
})
