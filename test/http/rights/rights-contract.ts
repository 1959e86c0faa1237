// The rights of a client over HTTP, on both runtimes: how long raw samples are kept, taking everything away, being erased.
import type { NewClinic } from '../../support/sign-in.ts'
import { dataContract } from './data.ts'
import { erasureContract } from './erasure.ts'
import { removalsContract } from './removals.ts'
import { retentionContract } from './retention.ts'

export interface RightsClinic extends NewClinic {
  /** The daily job, as of a moment. */
  readonly retain: (nowMs: number) => Promise<{ readonly runs: number; readonly files: number }>
}
export interface RightsRuntime {
  readonly openNew: () => Promise<RightsClinic>
  readonly fixture: (name: string) => Uint8Array
}

export function rightsContract(runtime: RightsRuntime): void {
  retentionContract(runtime)
  dataContract(runtime)
  removalsContract(runtime)
  erasureContract(runtime)
}
