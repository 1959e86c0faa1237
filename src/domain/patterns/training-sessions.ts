// Runs of a history as sessions: less than an hour between them is one, seconds that two devices both recorded count once.
// And what counts in the rules of amount, rest and night (G6 to G9).
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { isWalk } from '../sport.ts'
import { gapsBetween, lengthOfSpansS, uniteSpans } from '../time-in-zone/spans.ts'
import type { History, HistoryRun } from './history.ts'
import { localMoment, localMomentBy, type LocalMoment } from './local-day.ts'

/** Runs with less than an hour between them, taken as one (rule G6). */
export interface TrainingSession {
  readonly start: LocalMoment
  readonly endMs: number
  readonly movingMin: number
  readonly runs: readonly HistoryRun[]
}

/** Sessions of at least ten minutes, oldest first, started until `atMs`.
 *  @param counts which runs are looked at */
export function listSessions(
  { runs, timeZone }: Pick<History, 'runs' | 'timeZone'>,
  atMs: number,
  p: PatternParameters = patternDefaults,
  counts: (run: HistoryRun) => boolean = () => true,
): TrainingSession[] {
  const sessions: { start: LocalMoment; endMs: number; runs: HistoryRun[] }[] = []
  for (const { run, start, endMs } of placeRuns(runs, timeZone)) {
    if (run.startedAtMs > atMs || !counts(run)) continue
    const last = sessions.at(-1)
    if (last !== undefined && run.startedAtMs - last.endMs < p.sessionGapMin * 60_000) {
      last.endMs = Math.max(last.endMs, endMs)
      last.runs.push(run)
    } else sessions.push({ start, endMs, runs: [run] })
  }
  return sessions
    .map((session) => ({ ...session, movingMin: movingMinOf(session.runs) }))
    .filter(({ movingMin }) => movingMin >= p.sessionMinMin)
}

/** What counts in G6 to G9: a walk under 45 minutes that was calm and without HARD does not. */
export const countsAsRun = (
  { sport, movingS, verdict, hard }: HistoryRun,
  p: PatternParameters = patternDefaults,
): boolean => {
  const isCalm = verdict === 'calm' || verdict.startsWith('cannot_tell')
  return !(isWalk(sport) && isCalm && !hard && movingS < p.walkCountsMin * 60)
}

interface PlacedRun {
  readonly run: HistoryRun
  readonly start: LocalMoment
  readonly endMs: number
}

/** Each history is asked as of many moments, and calendars are slow. */
const placed = new WeakMap<readonly HistoryRun[], { readonly timeZone: string; readonly runs: readonly PlacedRun[] }>()

/** Oldest first, each with its local start. */
function placeRuns(runs: readonly HistoryRun[], timeZone: string): readonly PlacedRun[] {
  const known = placed.get(runs)
  if (known?.timeZone === timeZone) return known.runs
  const inOrder = runs
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    .map((run) => ({ run, start: startOf(run, timeZone), endMs: run.startedAtMs + run.elapsedS * 1000 }))
  placed.set(runs, { timeZone, runs: inOrder })
  return inOrder
}

const startOf = ({ startedAtMs, localOffsetS }: HistoryRun, timeZone: string): LocalMoment =>
  localOffsetS === null ? localMoment(startedAtMs, timeZone) : localMomentBy(startedAtMs, localOffsetS)

/** Moving time, what lies over each other counted once. */
function movingMinOf(runs: readonly HistoryRun[]): number {
  const [first, ...others] = runs
  if (first === undefined) return 0
  let untilMs = -Infinity
  const overlap = runs.some((run) => {
    const isInOther = run.startedAtMs < untilMs
    untilMs = Math.max(untilMs, run.startedAtMs + run.elapsedS * 1000)
    return isInOther
  })
  if (others.length === 0 || !overlap) return runs.reduce((sum, { movingS }) => sum + movingS, 0) / 60
  const moving = runs.flatMap(({ startedAtMs, elapsedS, pauses }) => {
    const fromS = (startedAtMs - first.startedAtMs) / 1000
    return gapsBetween(uniteSpans(pauses, 0, elapsedS), 0, elapsedS).map(
      ([from, to]) => [from + fromS, to + fromS] as const,
    )
  })
  return lengthOfSpansS(uniteSpans(moving, 0, (endOf(runs) - first.startedAtMs) / 1000)) / 60
}

const endOf = (runs: readonly HistoryRun[]): number =>
  Math.max(...runs.map(({ startedAtMs, elapsedS }) => startedAtMs + elapsedS * 1000))
