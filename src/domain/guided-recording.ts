// A recording with what guided the runner while it was made.
import type { Guidance, GuidedFrom } from './guidance.ts'
import type { Recording } from './recording.ts'

/** The recording that people were guided by while it was made: it alone says which cues were heard. */
export interface GuidedRecording {
  readonly recording: Recording
  readonly guidance: Guidance
  /** Limits that were taken over while it was made, by its own seconds. */
  readonly later: readonly GuidedFrom[]
  /** Its start after that of the run that it is shown in (with a watch's file, say), seconds. */
  readonly offsetS: number
}

/** Null where nobody was guided by it, or nobody wrote down by what. */
export const guidedRecordingOf = (recording: Recording, offsetS = 0): GuidedRecording | null =>
  recording.guidance === undefined
    ? null
    : { recording, guidance: recording.guidance, later: recording.guidedLater ?? [], offsetS }
