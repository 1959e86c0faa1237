// Which moment a flag is about, and what a client told beside it. `aboutMs` is the end of its run, by which occurrences are put in
// order: nothing that a person reads as the moment.
import { spansIn, type Evidence } from '../evidence.ts'
import type { SpanS } from '../recording.ts'

const DAY_MS = 86_400_000
/** product choice: a check-in so long before a run is of that run, also over midnight. */
const BEFORE_RUN_MS = 6 * 3_600_000
/** product choice: what ended earlier is history when it comes in. It is judged and shown, and raises nothing. */
export const RAISE_BACK_MS = 28 * DAY_MS

/** The run that a flag points at, as far as its moment needs it. */
export interface RunOfFlag {
  readonly id: string
  readonly startedAtMs: number
}

/** The first stretch of the run that the rule used; null where it points at the run as a whole. */
export const firstSpanOf = (evidence: Evidence): SpanS | null => spansIn(evidence)[0] ?? null

/** Where its rule points into the run, else the run's start; without a run the moment of telling. */
export function momentMsOf(
  { evidence, aboutMs }: { readonly evidence: Evidence; readonly aboutMs: number },
  run: RunOfFlag | null,
): number {
  if (run === null) return aboutMs
  return run.startedAtMs + Math.round((firstSpanOf(evidence)?.[0] ?? 0) * 1000)
}

/** Whether something that a client told belongs beside a flag: told of its run, on the local day on which the run began or on
 *  which it ended, or within six hours before it.
 *  @param localOffsetS local time minus UTC where the run was */
export function isReportedBeside(
  report: { readonly atMs: number; readonly runId?: string | null },
  {
    aboutMs,
    run,
    localOffsetS,
  }: { readonly aboutMs: number; readonly run: RunOfFlag | null; readonly localOffsetS: number },
): boolean {
  if (run !== null && report.runId === run.id) return true
  const midnightOf = (atMs: number) => {
    const offsetMs = localOffsetS * 1000
    return Math.floor((atMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs
  }
  const startMs = run?.startedAtMs ?? aboutMs
  const fromMs = run === null ? midnightOf(startMs) : Math.min(midnightOf(startMs), startMs - BEFORE_RUN_MS)
  return report.atMs >= fromMs && report.atMs < midnightOf(aboutMs) + DAY_MS
}
