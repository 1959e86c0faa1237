// A client's history as the pattern rules see it. Facts come in as arguments, the moment of judging too.
import type { Verdict } from '../assessment.ts'
import type { CheckInResult } from '../check-in/check-in.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { localMoment, type LocalMoment } from './local-day.ts'

export interface HistoryRun {
  readonly id: string
  readonly startedAtMs: number
  readonly elapsedS: number
  /** Only moving time counts. */
  readonly movingS: number
  readonly verdict: Verdict
  readonly calmShare: number | null
  readonly calmS: number
  readonly goodS: number
  /** HARD or NOT_EASING from good data (flag F9). */
  readonly urgent: boolean
  /** CR10, null where nobody asked. */
  readonly rpe: number | null
}

/** What a client told on one day, only where they agreed to share it; null is "not told". */
export interface HistoryCheckIn {
  readonly atMs: number
  readonly result: CheckInResult
  /** Hours of the night before. */
  readonly sleepH: number | null
  readonly mood: number | null
  readonly energy: number | null
  readonly painNrs: number | null
  /** "I skipped meals to run, or ran to make up for eating." */
  readonly mealsForRunning: boolean
  /** The therapist's note: upset when a rest day was advised. */
  readonly upsetByRest: boolean
}

export interface AgreedPlan {
  readonly weekMin: number | null
  /** 1 is Monday; null where no days were agreed. */
  readonly weekdays: readonly number[] | null
}

export interface History {
  /** In any order; doubles taken out. */
  readonly runs: readonly HistoryRun[]
  readonly checkIns: readonly HistoryCheckIn[]
  readonly plan: AgreedPlan
  readonly timeZone: string
}

/** Runs with less than an hour between them, taken as one (rule G6). */
export interface Session {
  readonly start: LocalMoment
  readonly endMs: number
  readonly movingMin: number
  readonly runs: readonly HistoryRun[]
}

/** Sessions of at least ten minutes, oldest first, started until `atMs`. */
export function listSessions(
  { runs, timeZone }: Pick<History, 'runs' | 'timeZone'>,
  atMs: number,
  p: PatternParameters = patternDefaults,
): Session[] {
  const sessions: { start: LocalMoment; endMs: number; movingMin: number; runs: HistoryRun[] }[] = []
  const inOrder = runs.filter((run) => run.startedAtMs <= atMs).sort((a, b) => a.startedAtMs - b.startedAtMs)
  for (const run of inOrder) {
    const endMs = run.startedAtMs + run.elapsedS * 1000
    const last = sessions.at(-1)
    if (last !== undefined && run.startedAtMs - last.endMs < p.sessionGapMin * 60_000) {
      last.endMs = Math.max(last.endMs, endMs)
      last.movingMin += run.movingS / 60
      last.runs.push(run)
    } else
      sessions.push({
        start: localMoment(run.startedAtMs, timeZone),
        endMs,
        movingMin: run.movingS / 60,
        runs: [run],
      })
  }
  return sessions.filter((session) => session.movingMin >= p.sessionMinMin)
}
