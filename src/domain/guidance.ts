// What a phone guided a runner by at a group run. It travels in the runner's stream, so that the run is judged afterwards by
// what people heard, whatever was changed since.
import type { ParameterOverrides } from './parameters/parameters.ts'
import type { WatchLevel } from './zone/resolve-zone.ts'

export interface Guidance {
  /** Null where the phone knew no zone of this runner. */
  readonly zoneVersionId: string | null
  readonly watchLevel: WatchLevel
  /** What the clinic had changed of the parameters, as far as the phone knew. */
  readonly parameters: ParameterOverrides
  /** Of the phone's own program. */
  readonly ruleVersion: string
  /** When the phone fetched these limits, by the server's clock; null where it does not know. */
  readonly limitsAsOfMs: number | null
  /** The limits themselves: a version may be unknown here, or withdrawn since. */
  readonly ceilingBpm: number | null
  readonly hardBpm: number | null
}
