// What every file reader answers: activities, or one problem. Readers never throw, whatever the bytes.
import type { FileProblem } from '../domain/reading-codes.ts'
import type { Recording } from '../domain/recording.ts'

export type FileReading =
  | {
      readonly ok: true
      /** At least one; more than one where the file holds several activities one after another. */
      readonly recordings: readonly Recording[]
    }
  | {
      readonly ok: false
      readonly code: FileProblem
      /** What of the file is meant, in its own words; absent where the code says it all. */
      readonly detail?: string
    }
