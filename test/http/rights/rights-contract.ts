// The rights of a client over HTTP, on both runtimes: how long raw samples are kept, taking everything away, being erased.
import { dataContract } from './data.ts'
import { erasureContract } from './erasure.ts'
import { removalsContract } from './removals.ts'
import { retentionContract } from './retention.ts'
import type { RightsRuntime } from './rights-runtime.ts'

export function rightsContract(runtime: RightsRuntime): void {
  retentionContract(runtime)
  dataContract(runtime)
  removalsContract(runtime)
  erasureContract(runtime)
}
