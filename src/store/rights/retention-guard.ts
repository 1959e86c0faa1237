// Retention that runs by itself, with a guard: it deletes for good, and knows by nothing but the machine's clock that a time is over.
import { cameLately, whyRetentionWaits, type RetentionFacts } from '../../domain/retention.ts'
import { appendAudit } from '../audit/audit.ts'
import type { Database, Store } from '../database.ts'
import { findSettings, listSettings } from '../settings/settings.ts'
import { countWithSamples, eachExpired, retentionLine, runRetention, type RetentionReport } from './retention.ts'

const WAIT_LINE_EVERY_MS = 20 * 3_600_000

export interface WaitingRetention {
  readonly why: 'clock' | 'many'
  readonly due: number
  readonly kept: number
  readonly ranAtMs: number | null
}

/** What retention would do now. */
export async function lookAtRetention(
  store: Store,
  nowMs: number,
  rest: () => Promise<void> = async () => undefined,
): Promise<RetentionFacts> {
  const { retentionDays } = await findSettings(store.db)
  let due = 0
  for await (const runs of eachExpired(store.db, retentionDays, nowMs)) {
    due += runs.filter(({ importedAtMs }) => !cameLately(importedAtMs, nowMs)).length
    await rest()
  }
  // What is yet to come, by a clock that ran ahead, hides no word of today.
  const confirmed = [await lastOf(store.db, 'retention.confirmed'), await chosenAtMs(store.db)]
    .filter((atMs) => atMs !== null)
    .filter((atMs) => atMs <= nowMs)
  return {
    nowMs,
    ranAtMs: await lastOf(store.db, 'retention.ran'),
    waitedAtMs: await lastOf(store.db, 'retention.waits'),
    confirmedAtMs: confirmed.length === 0 ? null : Math.max(...confirmed),
    due,
    kept: await countWithSamples(store.db),
  }
}

/** When somebody last chose how long readings are kept; null where nobody did. Another setting is no word for it. */
async function chosenAtMs(db: Database): Promise<number | null> {
  const versions = await listSettings(db)
  return (
    versions.find(({ retentionDays }, at) => retentionDays !== versions[at + 1]?.retentionDays)?.changedAtMs ?? null
  )
}

/** Run it, or wait and write down why.
 *  @returns what went, or why nothing did */
export async function retainGuarded(
  store: Store,
  nowMs: number,
  rest?: () => Promise<void>,
): Promise<RetentionReport | WaitingRetention> {
  const facts = await lookAtRetention(store, nowMs, rest)
  const why = whyRetentionWaits(facts)
  if (why === null) return runRetention(store, nowMs, rest)
  const { due, kept, ranAtMs, waitedAtMs } = facts
  // At each start, but one line a day: the first of them says since when.
  if (waitedAtMs === null || Math.abs(nowMs - waitedAtMs) >= WAIT_LINE_EVERY_MS)
    await store.atomically((db) => appendAudit(db, retentionLine('retention.waits', null, { why, due, kept }, nowMs)))
  return { why, due, kept, ranAtMs }
}

/** A person who keeps the machine says that its clock is right and what is due may go. */
export const confirmRetention = (store: Store, nowMs: number): Promise<void> =>
  store.atomically((db) => appendAudit(db, retentionLine('retention.confirmed', null, {}, nowMs)))

/** By the log's order, not by its moments: a clock that ran ahead wrote moments that are yet to come. */
async function lastOf(db: Database, action: string): Promise<number | null> {
  const row = await db
    .selectFrom('audit')
    .select('at_ms')
    .where('action', '=', action)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.at_ms ?? null
}
