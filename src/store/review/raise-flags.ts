// Raises flags for a client after a change: a run came in, was judged again or removed, or the client reported
// something. It looks at each moment since then as it was at that moment, so the order of files changes nothing.
// Running it twice changes nothing either.
import { overrideParameters } from '../../domain/parameters/parameters.ts'
import { patternFlagKinds, type FlagKind } from '../../domain/finding.ts'
import type { History } from '../../domain/patterns/history.ts'
import { findPatternFlags, type PatternFlag } from '../../domain/patterns/pattern-flags.ts'
import { reachDays } from '../../domain/patterns/view.ts'
import { echoKinds } from '../../domain/review/echoes.ts'
import { RAISE_BACK_MS } from '../../domain/review/moment-of-flag.ts'
import { restsOn, reviseRows, type KnownRow, type Seen } from '../../domain/review/rows.ts'
import {
  isNewAt,
  selfReportKinds,
  toOccurrences,
  type FindingOccurrence,
} from '../../domain/review/finding-occurrences.ts'
import type { ClientAccess } from '../people/access.ts'
import { listLatestAssessments } from '../runs/assessments.ts'
import type { Database } from '../database.ts'
import { findHistory } from './history.ts'
import { listPlans, toAgreedPlan } from '../clients/plans.ts'
import { findSettings } from '../settings/settings.ts'
import { applyChanges } from './apply-changes.ts'
import { listKnownRows } from './known-rows.ts'

const DAY_MS = 86_400_000

export interface Raising {
  readonly nowMs: number
  readonly newId: () => string
  /** The beginning of the latest run that changed, where several did: a file or an archive may hold years. */
  readonly changedToMs?: number
  /** A run that was removed since, or that a person said is none: what rested on it and holds no more is over. */
  readonly removed?: { readonly runId: string; readonly personId: string | null }
  /** A run of which a person said when it was: its rows move along, however long ago that is. */
  readonly movedRunId?: string
}

/** Inside `atomically`.
 *  @param changedFromMs the beginning of the earliest run, or the moment of telling, that changed */
export async function raiseFlags(
  db: Database,
  access: ClientAccess,
  changedFromMs: number,
  raising: Raising,
): Promise<void> {
  const { nowMs, removed, changedToMs = changedFromMs, movedRunId = null } = raising
  const { timeZone, ruleSets, parameters } = await findSettings(db)
  const p = overrideParameters(parameters).pattern
  const reachMs = reachDays(p) * DAY_MS
  const fromMs = Math.max(changedFromMs, nowMs - RAISE_BACK_MS)
  // A clock that ran ahead hides nothing.
  const untilMs = Math.max(Math.min(nowMs, changedToMs + reachMs), changedToMs + DAY_MS)
  if (fromMs > untilMs && removed === undefined && movedRunId === null) return
  const judge = (history: History, atMs: number) => findPatternFlags(history, atMs, ruleSets, p)
  const { occurrences, runIds } = await findOccurrences(db, access, [fromMs, untilMs], movedRunId, judge)
  const known = await listKnownRows(db, access, fromMs - reachMs)
  const revision = {
    timeZone,
    isAsked: (kind: FlagKind, { runId }: Pick<Seen, 'runId'>) =>
      looksAtOtherRuns(kind) && runId !== null && (runIds.has(runId) || runId === movedRunId),
    isGone: ({ runId }: Pick<Seen, 'runId'>) => removed !== undefined && runId === removed.runId,
    mayBeOver: (row: KnownRow) =>
      removed === undefined
        ? (looksAtOtherRuns(row.kind) || echoKinds.has(row.kind)) && !row.isTouched
        : mayEnd(row, removed.runId),
  }
  await applyChanges(db, access, known, reviseRows(occurrences, known, revision, p), raising)
}

const patternKinds: ReadonlySet<FlagKind> = new Set(patternFlagKinds)
/** Rows of the run itself, as long as it is there, and patterns that rested on it or that nobody touched. Of a run that is
 *  removed `endRowsOfRemovedRun` knows its own. */
const mayEnd = (row: KnownRow, runId: string): boolean =>
  looksAtOtherRuns(row.kind) ? !row.isTouched || restsOn(row, runId) : row.seen.some((one) => one.runId === runId)

/** A run that comes in or goes changes what it says of others: patterns of weeks, and the heart rate before a start against
 *  that of earlier runs. What a client told is over by nothing but a person. */
const looksAtOtherRuns = (kind: FlagKind): boolean =>
  (patternKinds.has(kind) && !selfReportKinds.has(kind)) || kind === 'F8.start'

interface AsOf {
  readonly atMs: number
  readonly runId: string | null
}

/** @param movedRunId looked at by itself whenever it was
 *  @param judge what the patterns of a history say as of a moment */
async function findOccurrences(
  db: Database,
  access: ClientAccess,
  [fromMs, untilMs]: readonly [number, number],
  movedRunId: string | null,
  judge: (history: History, atMs: number) => readonly PatternFlag[],
): Promise<{ readonly occurrences: readonly FindingOccurrence[]; readonly runIds: ReadonlySet<string> }> {
  const history = await findHistory(db, access, untilMs)
  const ended = history.runs.map((run) => ({ ...run, endedAtMs: run.startedAtMs + run.elapsedS * 1000 }))
  const runs = ended.filter(({ endedAtMs, startedAtMs }) => endedAtMs >= fromMs && startedAtMs <= untilMs)
  const moved = ended.filter((run) => run.id === movedRunId && !runs.includes(run))
  const ofRuns = await runOccurrences(db, access, [...runs, ...moved])
  const moments: AsOf[] = [
    ...runs.map(({ id, endedAtMs }) => ({ atMs: endedAtMs, runId: id })),
    ...history.checkIns
      .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
      .map(({ atMs }) => ({ atMs, runId: null })),
  ]
  const plans = await listPlans(db, access)
  // Runs of no known date all end at the moment at which they came in: each moment is asked once.
  const judged = new Map<number, readonly PatternFlag[]>()
  const judgeOnce = (atMs: number) => {
    const plan = toAgreedPlan(plans.find(({ validFromMs }) => validFromMs <= atMs) ?? null)
    const flags = judged.get(atMs) ?? judge({ ...history, plan }, atMs)
    judged.set(atMs, flags)
    return flags
  }
  const ofWeeks = moments.flatMap(({ atMs, runId }) => toOccurrences(judgeOnce(atMs), runId, atMs).filter(isNewAt))
  // What does not count any more, since it is another one's double, is asked too: nothing holds at its moment.
  const doubles = history.doubles.filter(
    ({ startedAtMs, elapsedS }) => startedAtMs + elapsedS * 1000 >= fromMs && startedAtMs <= untilMs,
  )
  return { occurrences: [...ofRuns, ...ofWeeks], runIds: new Set([...runs, ...doubles].map(({ id }) => id)) }
}

/** What the assessment that counts says of each run. */
async function runOccurrences(
  db: Database,
  access: ClientAccess,
  runs: readonly { readonly id: string; readonly endedAtMs: number }[],
): Promise<FindingOccurrence[]> {
  const latest = await listLatestAssessments(
    db,
    access,
    runs.map(({ id }) => id),
  )
  const flagsOf = new Map(latest.map(({ runId, assessment }) => [runId, assessment.flags]))
  return runs.flatMap(({ id, endedAtMs }) => toOccurrences(flagsOf.get(id) ?? [], id, endedAtMs))
}
