// Counts the flags of all clients that a person guides, and says which changed. It returns numbers and ids only, and so
// tells nothing about a client. Pages ask every few seconds, so it does not read the flags one by one.
import { sql, type RawBuilder } from 'kysely'
import { flagStates, waitingStates, type FlagState } from '../../domain/review/flag-state.ts'
import { raisedLevels, todayKinds, type RaisedLevel } from '../../domain/review/finding-occurrences.ts'
import type { Access } from '../people/access.ts'
import { inBatches, type Database } from '../database.ts'
import { guidedIn } from '../people/relations.ts'
import { question, toAmong } from '../question.ts'

export interface WaitingCounts {
  readonly waiting: number
  /** Of those that wait. */
  readonly byLevel: Readonly<Record<RaisedLevel, number>>
  /** Flags that ask for contact today and that nobody has opened. */
  readonly unopenedToday: number
  /** Handed to the asker, and waiting. */
  readonly assignedToMe: number
}
export interface InboxCounts extends WaitingCounts {
  readonly byState: Readonly<Record<FlagState, number>>
}

/** How many wait of all that somebody guides. */
export async function countWaiting(db: Database, access: Access): Promise<WaitingCounts> {
  const roles = toAmong(access.roles)
  const [row] = await waitingOf(db, access.personId, roles)
  const [mine] = await assignedTo(db, access.personId, roles)
  if (row === undefined || mine === undefined) throw new Error('a count is one row')
  const byLevel = Object.fromEntries(raisedLevels.map((level) => [level, row[level] ?? 0]))
  return {
    waiting: row.waiting ?? 0,
    byLevel: byLevel as Record<RaisedLevel, number>,
    unopenedToday: row.unopened ?? 0,
    assignedToMe: mine.count,
  }
}

const waitingOf = question((db, personId: string, roles: string) =>
  countsIn(db, personId, roles)
    .select((eb) => [
      eb.fn.sum<number>('flags').as('waiting'),
      ...raisedLevels.map((level) => sumWhere(sql`level = ${level}`).as(level)),
      eb.fn.sum<number>(sql`case ${urgencyOf('flag_count')} when ${TODAY} then unopened else 0 end`).as('unopened'),
    ])
    .where('state', 'in', waitingStates),
)

const assignedTo = question((db, personId: string, roles: string) =>
  inboxIn(db, personId, roles)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('flag.assigned_to', '=', personId)
    .where('flag.state', 'in', waitingStates),
)

/** How many there are of all that somebody guides, also of those that are done. */
export async function countInbox(db: Database, access: Access): Promise<InboxCounts> {
  const [row] = await statesOf(db, access.personId, toAmong(access.roles))
  if (row === undefined) throw new Error('a count is one row')
  const byState = Object.fromEntries(flagStates.map((state) => [state, row[state] ?? 0]))
  return { ...(await countWaiting(db, access)), byState: byState as Record<FlagState, number> }
}

const statesOf = question((db, personId: string, roles: string) =>
  countsIn(db, personId, roles).select(flagStates.map((state) => sumWhere(sql`state = ${state}`).as(state))),
)

/** Of everybody whom somebody guides, as the database keeps count: a few rows of each client, whatever the years. */
export const countsOf = (db: Database, access: Access) => countsIn(db, access.personId, toAmong(access.roles))
const countsIn = (db: Database, personId: string, roles: string) =>
  db.selectFrom('flag_count').where('flag_count.client_id', 'in', guidedIn(db, personId, roles))

const sumWhere = (holds: RawBuilder<unknown>) => sql<number | null>`sum(flags) filter (where ${holds})`

/** Steps that are looked through at once; whoever is behind further than that asks again from there. */
const MOST_STEPS = 200

/** Flags of those whom somebody guides that changed since a step, and the number to ask from next time. It stays as it is as
 *  long as nothing of theirs changed: a page that sees another one loads its list anew.
 *  @param afterSeq null asks for no changes, only for where to begin */
export async function listChanges(db: Database, access: Access, afterSeq: number | null) {
  if (afterSeq === null) {
    const last = await db
      .selectFrom('flag_event')
      .select((eb) => eb.fn.max('seq').as('seq'))
      .executeTakeFirst()
    return { seq: last?.seq ?? 0, changed: [] }
  }
  const steps = await db
    .selectFrom('flag_event')
    .select(['seq', 'flag_id'])
    .where('seq', '>', afterSeq)
    .where('act', '<>', 'opened')
    .orderBy('seq')
    .limit(MOST_STEPS)
    .execute()
  const flags = await inBatches([...new Set(steps.map((step) => step.flag_id))], (some) =>
    inboxOf(db, access).select(['flag.id', 'flag.version']).where('flag.id', 'in', some).execute(),
  )
  const own = new Set(flags.map(({ id }) => id))
  const last = steps.length === MOST_STEPS ? steps.at(-1) : steps.findLast((step) => own.has(step.flag_id))
  return { seq: last?.seq ?? afterSeq, changed: flags.map(({ id, version }) => ({ flagId: id, version })) }
}

/** Flags of clients in the groups in which somebody works by a role that they hold. */
export const inboxOf = (db: Database, access: Access) => inboxIn(db, access.personId, toAmong(access.roles))

/** The same for a question. */
export const inboxIn = (db: Database, personId: string, roles: string) =>
  db.selectFrom('flag').where('flag.client_id', 'in', guidedIn(db, personId, roles))

const TODAY = 2
const urgencyOf = (table: 'flag' | 'flag_count') => sql<number>`case
  when ${sql.table(table)}.level = 'today' or ${sql.table(table)}.kind in (${sql.join([...todayKinds])}) then ${TODAY}
  when ${sql.table(table)}.level = 'look' then 1 else 0 end`
export const urgency = urgencyOf('flag')
