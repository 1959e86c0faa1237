// What an export needs of a stored run. The caller has already decided that whoever asks may have it.
import type { Assessment } from '../../domain/assessment.ts'
import type { Recording } from '../../domain/recording.ts'

export interface ExportedRun {
  readonly runId: string
  /** The client's id here: a pseudonym. No export holds a name or a date of birth. */
  readonly clientId: string
  readonly recording: Recording
  /** The assessment that counts. */
  readonly assessment: Assessment
  readonly assessedAtMs: number
  readonly importedAtMs: number
  /** Local time minus UTC at its start, seconds, as it is shown: the recording's own, else that of the clinic's zone. */
  readonly utcOffsetS: number
}

/** When a moment of the run was, UTC epoch milliseconds. */
export const atMs = ({ recording }: ExportedRun, elapsedS: number): number => recording.startedAtMs + elapsedS * 1000
