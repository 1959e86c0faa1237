// What a phone guided a runner by at a group run. It travels in the runner's stream, so that the run is judged afterwards by
// what people heard, whatever was changed since.
import type { Limits } from './calm-zone.ts'
import {
  findParameterProblems,
  monitorParametersOf,
  overrideParameters,
  type ParameterOverrides,
} from './parameters/parameters.ts'
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

/** By what somebody was guided from a moment on, seconds since the start of the recording. */
export type GuidedFrom = readonly [atS: number, guidance: Guidance]

/** What of a judgement may differ from what guided the run. */
export const guidanceDifferences = ['ceiling', 'hard', 'watch_level', 'parameters', 'changed_in_run'] as const
export type GuidanceDifference = (typeof guidanceDifferences)[number]

export interface JudgedBy {
  readonly zone: Limits
  readonly watchLevel: WatchLevel
  readonly parameters: ParameterOverrides
}

/** Where a judgement goes by something else than the phone did. */
export function compareGuidance(
  guidance: Guidance,
  { zone, watchLevel, parameters }: JudgedBy,
  later: readonly GuidedFrom[] = [],
): GuidanceDifference[] {
  const live = (overrides: ParameterOverrides) => JSON.stringify(monitorParametersOf(overrideParameters(overrides)))
  const differs: Readonly<Record<GuidanceDifference, boolean>> = {
    ceiling: guidance.ceilingBpm !== zone.ceilingBpm,
    hard: guidance.hardBpm !== zone.hardBpm,
    watch_level: guidance.watchLevel !== watchLevel,
    parameters: live(guidedParameters(guidance)) !== live(parameters),
    changed_in_run: later.length > 0,
  }
  return guidanceDifferences.filter((one) => differs[one])
}

/** Those that can be: what a stream says may come from anywhere. */
export function guidedParameters({ parameters }: Guidance): ParameterOverrides {
  const problems = new Set(findParameterProblems(parameters).map(({ name }) => name))
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !problems.has(name)))
}
