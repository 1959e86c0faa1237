// Of which moment a check-in after a run is. The rules read nights by day (G13), so what is told of a run stands at the run,
// however much later it is told or told anew. The page and the server ask the same.
const DAY_MS = 86_400_000
/** product choice: how long ago somebody still knows how they slept. */
const TELL_BACK_DAYS = 60

/** Whether somebody can still tell how it was then; of what is to come nobody can. */
export const canReportOf = (atMs: number, nowMs: number): boolean =>
  atMs <= nowMs && atMs >= nowMs - TELL_BACK_DAYS * DAY_MS

/** The end of the run; a watch whose clock runs ahead is told of now.
 *  @returns null where the run is too long ago to tell of */
export function selfReportMoment(
  { startedAtMs, elapsedS }: { readonly startedAtMs: number; readonly elapsedS: number },
  nowMs: number,
): number | null {
  const atMs = Math.min(nowMs, Math.round(startedAtMs + elapsedS * 1000))
  return canReportOf(atMs, nowMs) ? atMs : null
}
