// What is odd about the time of a recording, seen from the clinic: called when a file comes in, and by the command line.
// The reader warns of what the file itself shows (a clock of 1989, times that go back); this needs a now and a place.
import { isImplausibleStart } from './dating.ts'
import { zoneOffsetS } from './patterns/local-day.ts'
import type { ReadingWarning } from './reading-codes.ts'
import type { Recording, RecordingHead } from './recording.ts'

/** Clocks of watch and server may differ by this without a word. */
const CLOCKS_DIFFER_MS = 5 * 60_000
const HOUR_S = 3600

/** @param nowMs the moment of coming in
 *  @param timeZone IANA name of the clinic; null where no place is known
 *  @param isHistory taken at its word, however old (rule T4) */
export function findTimeWarnings(
  { startedAtMs, elapsedS, localOffsetS }: Pick<Recording, 'startedAtMs' | 'elapsedS' | 'localOffsetS'>,
  nowMs: number,
  timeZone: string | null,
  isHistory = false,
): ReadingWarning[] {
  const warnings: ReadingWarning[] = []
  const endedAtMs = startedAtMs + elapsedS * 1000
  if (endedAtMs > nowMs + CLOCKS_DIFFER_MS) warnings.push('TIME_IN_FUTURE')
  if (!isHistory && isImplausibleStart(startedAtMs, nowMs)) return [...warnings, 'CLOCK_IMPLAUSIBLE']
  if (timeZone === null) return warnings
  const hereS = zoneOffsetS(startedAtMs, timeZone)
  if (zoneOffsetS(endedAtMs, timeZone) !== hereS) warnings.push('CLOCK_CHANGED')
  // Any other difference is a run somewhere else.
  if (localOffsetS !== null && Math.abs(localOffsetS - hereS) === HOUR_S) warnings.push('CLOCK_HOUR_OFF')
  return warnings
}

/** The recording with what is odd about its time told after what its reader told. */
export const withTimeWarnings = <R extends RecordingHead>(
  recording: R,
  nowMs: number,
  timeZone: string | null,
  isHistory = false,
): R => ({
  ...recording,
  warnings: [...new Set([...recording.warnings, ...findTimeWarnings(recording, nowMs, timeZone, isHistory)])],
})
