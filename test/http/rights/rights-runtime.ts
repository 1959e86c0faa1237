// What a runtime gives the tests of a client's rights.
import type { NewClinic } from '../../support/sign-in.ts'

export interface RightsClinic extends NewClinic {
  /** The daily job, as of a moment. */
  readonly retain: (nowMs: number) => Promise<{ readonly runs: number; readonly files: number }>
}
export interface RightsRuntime {
  readonly openNew: () => Promise<RightsClinic>
  readonly fixture: (name: string) => Uint8Array
}
