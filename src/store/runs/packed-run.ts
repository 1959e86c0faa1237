// A stored run with its other source, packed and unpacked. Pure, so that it can be unpacked in any thread.
import { guidedRecordingOf, type GuidedRecording } from '../../domain/guided-recording.ts'
import type { Parameters } from '../../domain/parameters/parameters.ts'
import type { Recording } from '../../domain/recording.ts'
import { combineRecordings, type Combined } from '../../domain/sources/combine.ts'
import { unpackRecording, type PackedRecording } from '../columns.ts'

export interface PackedRun {
  readonly own: PackedRecording
  /** The second source, by the clock of the first; null where it is alone. */
  readonly other: PackedRecording | null
}

export interface OpenedRun {
  /** What is judged and shown: of both sources where there are two. */
  readonly recording: Recording
  readonly combined: Combined | null
  /** The source that somebody was guided by. */
  readonly heard: GuidedRecording | null
}

/** When what is shown begins. */
export const startOfPacked = ({ own, other }: PackedRun): number =>
  Math.min(own.head.startedAtMs, other?.head.startedAtMs ?? Infinity)

export function openRun({ own, other }: PackedRun, p: Parameters): OpenedRun {
  const first = unpackRecording(own)
  if (other === null) return { recording: first, combined: null, heard: guidedRecordingOf(first) }
  const second = unpackRecording(other)
  const combined = combineRecordings(first, second, p)
  const { recording } = combined
  const startOf = ({ startedAtMs }: Recording) => (startedAtMs - recording.startedAtMs) / 1000
  return {
    recording,
    combined,
    heard: guidedRecordingOf(first, startOf(first)) ?? guidedRecordingOf(second, startOf(second)),
  }
}
