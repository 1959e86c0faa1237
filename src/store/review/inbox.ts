// The list of flags of all clients that a person guides. It says whose flags exist; the caller opens the client before
// showing one.
import { sql, type Expression, type SqlBool } from 'kysely'
import { flagStates, waitingStates, type FlagState } from '../../domain/review/flag-state.ts'
import type { RaisedLevel } from '../../domain/review/finding-occurrences.ts'
import type { Access } from '../people/access.ts'
import { closedWord } from '../closed-word.ts'
import type { Database } from '../database.ts'
import { among, question, toAmong } from '../question.ts'
import { toFlag, type Flag } from './flags.ts'
import { countsOf, inboxIn, inboxOf, urgency } from './inbox-counts.ts'

export interface InboxFilter {
  /** `waiting`: nobody is done with it. */
  readonly state: FlagState | 'waiting' | 'all'
  readonly level?: RaisedLevel | undefined
  readonly kind?: string | undefined
  readonly groupId?: string | undefined
  readonly clientId?: string | undefined
}

export interface InboxFlag extends Flag {
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
  const { state, level, kind, clientId } = filter
  const isPlain = state === 'waiting' && [level, kind, clientId, filter.groupId, afterId ?? undefined].every(isAbsent)
  if (isPlain) return showInbox(db, await firstWaiting(db, access.personId, toAmong(access.roles), limit))
  let query = inUrgency(db, access.personId, toAmong(access.roles), limit)
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
      .select(['flag.id', 'flag.raised_at_ms', 'flag.about_ms', urgency.as('urgency')])
      .where('flag.id', '=', afterId)
      .executeTakeFirst()
    if (after === undefined) return null
    query = query.where(isAfter(after))
  }
  return showInbox(db, await query.execute())
}

const isAbsent = (value: unknown): boolean => value === undefined

const inUrgency = (db: Database, personId: string, roles: string, limit: number) =>
  inboxIn(db, personId, roles)
    .select(['flag.id'])
    .orderBy(urgency, 'desc')
    .orderBy('flag.raised_at_ms')
    .orderBy('flag.about_ms')
    .orderBy('flag.id')
    .limit(limit)

/** As most people look at the list. */
const firstWaiting = question((db, personId: string, roles: string, limit: number) =>
  inUrgency(db, personId, roles, limit).where('flag.state', 'in', waitingStates),
)

/** What a list shows of flags; asked of those of one page alone. */
async function showInbox(db: Database, listed: readonly { readonly id: string }[]): Promise<InboxFlag[]> {
  const ids = listed.map(({ id }) => id)
  const rows = ids.length === 0 ? [] : await shownInInbox(db, toAmong(ids))
  const found = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = found.get(id)
    return row === undefined ? [] : [toInboxFlag(row)]
  })
}

type InboxRow = Awaited<ReturnType<typeof shownInInbox>>[number]
const toInboxFlag = (row: InboxRow): InboxFlag => ({
  ...toFlag(row),
  firstName: row.first_name,
  seenAgain: row.seen_again ?? 0,
  openedAtMs: row.opened_at_ms,
})

const shownInInbox = question((db, ids: string) =>
  db
    .selectFrom('flag')
    .innerJoin('client', 'client.id', 'flag.client_id')
    .selectAll('flag')
    .select('client.first_name')
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
    .where('flag.id', 'in', among(ids)),
)

/** How often each rule was right in the eyes of who reviewed it. */
export async function countByKind(
  db: Database,
  access: Access,
): Promise<{ readonly kind: string; readonly state: FlagState; readonly count: number }[]> {
  const all = await countsOf(db, access)
    .select(['kind', 'state'])
    .select((eb) => eb.fn.sum<number>('flags').as('count'))
    .groupBy(['kind', 'state'])
    .orderBy('kind')
    .execute()
  // Nobody said of these that they were right.
  const over = await inboxOf(db, access)
    .innerJoin('flag_event', (join) =>
      join.onRef('flag_event.flag_id', '=', 'flag.id').onRef('flag_event.version', '=', 'flag.version'),
    )
    .select(['flag.kind', 'flag.state'])
    .select((eb) => eb.fn.count<number>('flag.id').distinct().as('count'))
    .where('flag_event.act', '=', 'over')
    .groupBy(['flag.kind', 'flag.state'])
    .execute()
  return all.flatMap(({ kind, state, count }) => {
    const left = count - (over.find((one) => one.kind === kind && one.state === state)?.count ?? 0)
    return left === 0 ? [] : [{ kind, state: closedWord(flagStates, state, 'flag.state'), count: left }]
  })
}

function isAfter(after: {
  readonly id: string
  readonly urgency: number
  readonly raised_at_ms: number
  readonly about_ms: number
}): Expression<SqlBool> {
  return sql<SqlBool>`(-${urgency}, flag.raised_at_ms, flag.about_ms, flag.id)
    > (${-after.urgency}, ${after.raised_at_ms}, ${after.about_ms}, ${after.id})`
}
