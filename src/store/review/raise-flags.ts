// Puts before a person what the rules say of a client since something changed: a run came in or was judged again, or the
// client told something. Looks at each moment since then as it was at that moment, so that the order in which files come
// changes nothing. Looking twice changes nothing either.
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import type { History } from '../../domain/patterns/history.ts'
import { findPatternFlags, type PatternFlag } from '../../domain/patterns/pattern-flags.ts'
import { sortSightings, toldKinds, toSightings, type Sighting } from '../../domain/review/sightings.ts'
import type { ClientAccess } from '../access.ts'
import { listAssessments } from '../assessments.ts'
import type { Database } from '../database.ts'
import { findHistory } from '../history.ts'
import { listPlans, toAgreedPlan } from '../plans.ts'
import { findSettings } from '../settings.ts'
import { insertFlag, insertSeenAgain, listKnownFlags } from './flags.ts'

const DAY_MS = 86_400_000
/** product choice: what is older is history when it comes in. It is judged and shown, and raises nothing. */
const RAISE_BACK_MS = 28 * DAY_MS
/** The pattern rules look back so far, so a run can change what they say until so long after it. */
const REACH_MS = 15 * DAY_MS

export interface Raising {
  readonly nowMs: number
  readonly newId: () => string
}

/** Inside `atomically`.
 *  @param changedFromMs the beginning of the earliest run, or the moment of telling, that changed */
export async function raiseFlags(
  db: Database,
  access: ClientAccess,
  changedFromMs: number,
  { nowMs, newId }: Raising,
): Promise<void> {
  const fromMs = Math.max(changedFromMs, nowMs - RAISE_BACK_MS)
  // A clock that ran ahead hides nothing.
  const untilMs = Math.max(Math.min(nowMs, changedFromMs + REACH_MS), changedFromMs + DAY_MS)
  if (fromMs > untilMs) return
  const { timeZone, ruleSets, parameters } = await findSettings(db)
  const p = overrideParameters(parameters).pattern
  const judge = (history: History, atMs: number) => findPatternFlags(history, atMs, ruleSets, p)
  const sightings = await findSightings(db, access, [fromMs, untilMs], judge)
  if (sightings.length === 0) return
  const known = await listKnownFlags(db, access, fromMs - REACH_MS)
  const raisings = sortSightings(sightings, known, timeZone, p)
  for (const raising of raisings) {
    const there = known.find(({ id }) => id === raising.flagId)
    const flag = there ?? { id: newId(), state: 'open' as const, version: 0 }
    if (raising.flagId === null) await insertFlag(db, access, flag.id, raising.sighting, nowMs)
    for (const again of raising.seenAgain) await insertSeenAgain(db, flag, again, nowMs)
  }
}

interface AsOf {
  readonly atMs: number
  readonly runId: string | null
}

/** @param judge what the patterns of a history say as of a moment */
async function findSightings(
  db: Database,
  access: ClientAccess,
  [fromMs, untilMs]: readonly [number, number],
  judge: (history: History, atMs: number) => readonly PatternFlag[],
): Promise<Sighting[]> {
  const history = await findHistory(db, access, untilMs)
  const runs = history.runs
    .map((run) => ({ ...run, endedAtMs: run.startedAtMs + run.elapsedS * 1000 }))
    .filter(({ endedAtMs, startedAtMs }) => endedAtMs >= fromMs && startedAtMs <= untilMs)
  const ofRuns = await runSightings(db, access, runs)
  const moments: AsOf[] = [
    ...runs.map(({ id, endedAtMs }) => ({ atMs: endedAtMs, runId: id })),
    ...history.checkIns
      .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
      .map(({ atMs }) => ({ atMs, runId: null })),
  ]
  const plans = await listPlans(db, access)
  return [
    ...ofRuns,
    ...moments.flatMap(({ atMs, runId }) => {
      const plan = toAgreedPlan(plans.find(({ validFromMs }) => validFromMs <= atMs) ?? null)
      const seen = toSightings(judge({ ...history, plan }, atMs), runId, atMs)
      return runId === null ? seen.filter(({ kind }) => toldKinds.has(kind)) : seen
    }),
  ]
}

/** What the assessment that counts says of each run. */
async function runSightings(
  db: Database,
  access: ClientAccess,
  runs: readonly { readonly id: string; readonly endedAtMs: number }[],
): Promise<Sighting[]> {
  const assessments = await listAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  return runs.flatMap(({ id, endedAtMs }) => {
    const latest = assessments.findLast(({ runId }) => runId === id)
    return toSightings(latest?.assessment.flags ?? [], id, endedAtMs)
  })
}
