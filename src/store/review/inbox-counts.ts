// How many flags there are of everybody whom somebody guides, and which changed. Numbers and ids alone: it says of nobody that
// they have one. Pages ask every few seconds, so nothing here looks at flags that nobody waits for any more one by one.
import { sql } from 'kysely'
import { flagStates, waitingStates, type FlagState } from '../../domain/review/flag-state.ts'
import { raisedLevels, todayKinds, type RaisedLevel } from '../../domain/review/finding-occurrences.ts'
import type { Access } from '../people/access.ts'
import { inBatches, type Database } from '../database.ts'
import { guidedBy } from '../people/standing.ts'

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
  const row = await inboxOf(db, access)
    .select((eb) => [
      eb.fn.countAll<number>().as('waiting'),
      ...raisedLevels.map((level) => eb.fn.sum<number>(eb('flag.level', '=', level)).as(level)),
      eb.fn.sum<number>(sql`flag.assigned_to = ${access.personId}`).as('mine'),
      eb.fn.sum<number>(sql`case ${urgency} when ${TODAY} then ${isUnopened} else 0 end`).as('unopened'),
    ])
    .where('flag.state', 'in', waitingStates)
    .executeTakeFirstOrThrow()
  const byLevel = Object.fromEntries(raisedLevels.map((level) => [level, row[level] ?? 0]))
  return {
    waiting: row.waiting,
    byLevel: byLevel as Record<RaisedLevel, number>,
    unopenedToday: row.unopened ?? 0,
    assignedToMe: row.mine ?? 0,
  }
}

/** How many there are of all that somebody guides, also of those that are done. */
export async function countInbox(db: Database, access: Access): Promise<InboxCounts> {
  const row = await inboxOf(db, access)
    .select((eb) => flagStates.map((state) => eb.fn.sum<number>(eb('flag.state', '=', state)).as(state)))
    .executeTakeFirstOrThrow()
  const byState = Object.fromEntries(flagStates.map((state) => [state, row[state] ?? 0]))
  return { ...(await countWaiting(db, access)), byState: byState as Record<FlagState, number> }
}

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
export const inboxOf = (db: Database, access: Access) =>
  db.selectFrom('flag').where('flag.client_id', 'in', guidedBy(db, access))

const TODAY = 2
export const urgency = sql<number>`case when flag.level = 'today' or flag.kind in (${sql.join([...todayKinds])}) then ${TODAY}
  when flag.level = 'look' then 1 else 0 end`
const isUnopened = sql<number>`not exists (select 1 from flag_event where flag_id = flag.id and act = 'opened')`
