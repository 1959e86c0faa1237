// Rule T4 on one recording that comes in: what is odd about its time is told, and where its date cannot be right it counts as
// one of the day on which it came in. Called by imports and by the command line.
import { canBeHistory, isImplausibleStart, startOfComingIn, type Dating } from './dating.ts'
import type { Recording, RecordingHead } from './recording.ts'
import { withTimeWarnings } from './time-warnings.ts'

export interface DatedRecording<R extends RecordingHead = Recording> {
  readonly recording: R
  /** Null where its own date is taken. */
  readonly dating: Dating | null
}

/** @param read as its file has it
 *  @param cameInAtMs the moment of coming in
 *  @param timeZone of the clinic
 *  @param ofHistory whether it came with a history: then what can be part of it is taken at its word */
export function dateRecording<R extends RecordingHead>(
  read: R,
  cameInAtMs: number,
  timeZone: string,
  ofHistory = false,
): DatedRecording<R> {
  const { startedAtMs, elapsedS } = read
  const atItsWord = ofHistory && canBeHistory(startedAtMs, cameInAtMs)
  const recording = withTimeWarnings(read, cameInAtMs, timeZone, atItsWord)
  if (atItsWord || !isImplausibleStart(startedAtMs, cameInAtMs)) return { recording, dating: null }
  return {
    recording: { ...recording, startedAtMs: startOfComingIn(elapsedS, cameInAtMs, timeZone) },
    dating: { fileStartedAtMs: startedAtMs, saidAtMs: null },
  }
}
