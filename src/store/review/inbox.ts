// The list of flags of everybody whom somebody guides: what waits, how much of it, what changed. It says whose flags there
// are; whoever shows one asks for its client.
import { sql, type Expression, type SqlBool } from 'kysely'
import { flagStates, waitingStates, type FlagState } from '../../domain/review/flag-state.ts'
import { raisedLevels, todayKinds, type RaisedLevel } from '../../domain/review/sightings.ts'
import type { Access } from '../access.ts'
import type { Database } from '../database.ts'
import { guidedBy } from '../standing.ts'
import { toFlag, type RaisedFlag } from './flags.ts'

export interface InboxFilter {
  /** `waiting`: nobody is done with it. */
  readonly state: FlagState | 'waiting' | 'all'
  readonly level?: RaisedLevel | undefined
  readonly kind?: string | undefined
  readonly groupId?: string | undefined
  readonly clientId?: string | undefined
}

export interface InboxFlag extends RaisedFlag {
  readonly firstName: string
  /** How often its rule held again since. */
  readonly seenAgain: number
  /** When somebody looked at it first; null where nobody did. */
  readonly openedAtMs: number | null
}

/** What asks for contact today first, then the highest level, and of those what waits longest.
 *  @param afterId the last one of the page before
 *  @returns null where there is no such one */
export async function listInbox(
  db: Database,
  access: Access,
  filter: InboxFilter,
  limit: number,
  afterId: string | null,
): Promise<InboxFlag[] | null> {
  let query = inboxOf(db, access)
    .select((eb) => [
      eb
        .selectFrom('flag_event')
        .select((inner) => inner.fn.countAll<number>().as('count'))
        .whereRef('flag_event.flag_id', '=', 'flag.id')
        .where('act', '=', 'seen_again')
        .as('seen_again'),
      eb
        .selectFrom('flag_event')
        .select((inner) => inner.fn.min('flag_event.at_ms').as('at_ms'))
        .whereRef('flag_event.flag_id', '=', 'flag.id')
        .where('act', '=', 'opened')
        .as('opened_at_ms'),
    ])
    .orderBy(urgency, 'desc')
    .orderBy('flag.raised_at_ms')
    .orderBy('flag.about_ms')
    .orderBy('flag.id')
    .limit(limit)
  if (filter.state === 'waiting') query = query.where('flag.state', 'in', waitingStates)
  else if (filter.state !== 'all') query = query.where('flag.state', '=', filter.state)
  if (filter.level !== undefined) query = query.where('flag.level', '=', filter.level)
  if (filter.kind !== undefined) query = query.where('flag.kind', '=', filter.kind)
  if (filter.clientId !== undefined) query = query.where('flag.client_id', '=', filter.clientId)
  const { groupId } = filter
  if (groupId !== undefined)
    query = query.where((eb) =>
      eb(
        'flag.client_id',
        'in',
        eb.selectFrom('group_client').select('group_client.client_id').where('group_client.group_id', '=', groupId),
      ),
    )
  if (afterId !== null) {
    const after = await inboxOf(db, access)
      .select(urgency.as('urgency'))
      .where('flag.id', '=', afterId)
      .executeTakeFirst()
    if (after === undefined) return null
    query = query.where(isAfter(after))
  }
  const rows = await query.execute()
  return rows.map((row) => ({
    ...toFlag(row),
    firstName: row.first_name,
    seenAgain: row.seen_again ?? 0,
    openedAtMs: row.opened_at_ms,
  }))
}

export interface InboxCounts {
  readonly byState: Readonly<Record<FlagState, number>>
  /** Of those that wait. */
  readonly byLevel: Readonly<Record<RaisedLevel, number>>
  /** Flags that ask for contact today and that nobody has opened. */
  readonly unopenedToday: number
  /** Handed to the asker, and waiting. */
  readonly assignedToMe: number
}

/** How many there are of all that somebody guides. Numbers alone: it says of nobody that they have one. */
export async function countInbox(db: Database, access: Access): Promise<InboxCounts> {
  const rows = await inboxOf(db, access)
    .clearSelect()
    .select(['flag.state', 'flag.level', urgency.as('urgency')])
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>(sql`flag.assigned_to = ${access.personId}`).as('mine'),
      eb.fn.sum<number>(isUnopened).as('unopened'),
    ])
    .groupBy(['flag.state', 'flag.level', 'urgency'])
    .execute()
  const sum = (of: readonly (typeof rows)[number][], pick: 'count' | 'mine' | 'unopened') =>
    of.reduce((total, row) => total + (row[pick] ?? 0), 0)
  const open = rows.filter(({ state }) => waitingStates.some((one) => one === state))
  const levelCount = (level: RaisedLevel) =>
    sum(
      open.filter((row) => row.level === level),
      'count',
    )
  const stateCount = (state: FlagState) =>
    sum(
      rows.filter((row) => row.state === state),
      'count',
    )
  return {
    byState: Object.fromEntries(flagStates.map((state) => [state, stateCount(state)])) as Record<FlagState, number>,
    byLevel: Object.fromEntries(raisedLevels.map((level) => [level, levelCount(level)])) as Record<RaisedLevel, number>,
    unopenedToday: sum(
      open.filter((row) => row.urgency === TODAY),
      'unopened',
    ),
    assignedToMe: sum(open, 'mine'),
  }
}

/** How often each rule was right in the eyes of who reviewed it. */
export async function countByKind(
  db: Database,
  access: Access,
): Promise<{ readonly kind: string; readonly state: FlagState; readonly count: number }[]> {
  const rows = await inboxOf(db, access)
    .clearSelect()
    .select(['flag.kind', 'flag.state'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    // Nobody said of these that they were right.
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('flag_event')
            .select('flag_event.seq')
            .whereRef('flag_event.flag_id', '=', 'flag.id')
            .whereRef('flag_event.version', '=', 'flag.version')
            .where('flag_event.act', '=', 'over'),
        ),
      ),
    )
    .groupBy(['flag.kind', 'flag.state'])
    .orderBy('flag.kind')
    .execute()
  return rows.map((row) => ({ ...row, state: flagStates.find((state) => state === row.state) ?? 'open' }))
}

/** The latest step of each flag that changed since one, and the number to ask from next time.
 *  @param afterSeq null asks for no changes, only for where to begin */
export async function listChanges(db: Database, access: Access, afterSeq: number | null) {
  const changes = inboxOf(db, access)
    .clearSelect()
    .innerJoin('flag_event', 'flag_event.flag_id', 'flag.id')
    .where('flag_event.act', '<>', 'opened')
  const last = await changes.select((eb) => eb.fn.max('flag_event.seq').as('seq')).executeTakeFirst()
  const rows =
    afterSeq === null
      ? []
      : await changes
          .select(['flag.id', 'flag.version'])
          .where('flag_event.seq', '>', afterSeq)
          .distinct()
          .limit(200)
          .execute()
  return {
    seq: last?.seq ?? 0,
    changed: rows.map(({ id, version }) => ({ flagId: id, version })),
  }
}

/** Flags of clients in the groups in which somebody works by a role that they hold. */
const inboxOf = (db: Database, access: Access) =>
  db
    .selectFrom('flag')
    .innerJoin('client', 'client.id', 'flag.client_id')
    .selectAll('flag')
    .select('client.first_name')
    .where('flag.client_id', 'in', guidedBy(db, access))

const TODAY = 2
const urgency = sql<number>`case when flag.level = 'today' or flag.kind in (${sql.join([...todayKinds])}) then ${TODAY}
  when flag.level = 'look' then 1 else 0 end`
const isUnopened = sql<number>`not exists (select 1 from flag_event where flag_id = flag.id and act = 'opened')`

function isAfter(after: {
  readonly id: string
  readonly urgency: number
  readonly raised_at_ms: number
  readonly about_ms: number
}): Expression<SqlBool> {
  return sql<SqlBool>`(-${urgency}, flag.raised_at_ms, flag.about_ms, flag.id)
    > (${-after.urgency}, ${after.raised_at_ms}, ${after.about_ms}, ${after.id})`
}
