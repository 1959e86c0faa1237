// Rule F4: how the heart rate falls after the run. From a calm run it falls less, so this is a note and nothing more; a
// health statement: off unless the clinic switched its rule set on.
import { makeFinding, type Finding } from '../finding.ts'
import { flagDefaults, type FlagParameters } from '../parameters/flags.ts'
import type { Prepared } from '../prepare.ts'
import { median } from '../statistics.ts'
import { RUNNING, WALKING, type Gait } from './gait.ts'

export interface Recovery {
  readonly d60Bpm: number | null
  readonly d120Bpm: number | null
  readonly slow: readonly ('slow60' | 'slow120')[]
}

/** The fall after 60 and 120 s. */
export function judgeRecovery(
  endBpm: number,
  after60Bpm: number | null,
  after120Bpm: number | null,
  p: FlagParameters = flagDefaults,
): Recovery {
  const d60Bpm = after60Bpm === null ? null : endBpm - after60Bpm
  const d120Bpm = after120Bpm === null ? null : endBpm - after120Bpm
  const slow: Recovery['slow'][number][] = []
  if (d60Bpm !== null && d60Bpm <= p.recovery60Bpm) slow.push('slow60')
  if (d120Bpm !== null && d120Bpm <= p.recovery120Bpm) slow.push('slow120')
  return { d60Bpm, d120Bpm, slow }
}

/** Rule F4 as a flag: only after a stop that is followed by two minutes of slow walking, from at least 120. */
export function flagRecovery(
  { timesS, smoothedBpm, goodBpm }: Prepared,
  gait: Gait,
  p: FlagParameters = flagDefaults,
): Finding | null {
  const stopS = gait.kind.lastIndexOf(RUNNING) + 1
  const lastS = stopS + 120 + p.recoveryAroundS
  if (stopS === 0 || lastS > gait.kind.length || gait.kind.subarray(stopS, lastS).some((kind) => kind !== WALKING))
    return null
  let endBpm = -Infinity
  for (let i = 0; i < timesS.length; i++)
    if (timesS[i] > stopS - p.recoveryEndS && timesS[i] <= stopS && smoothedBpm[i] > endBpm) endBpm = smoothedBpm[i]
  if (endBpm < p.recoveryMinEndBpm) return null
  const around = (atS: number) => {
    const values: number[] = []
    for (let i = 0; i < timesS.length; i++)
      if (Math.abs(timesS[i] - atS) <= p.recoveryAroundS && !Number.isNaN(goodBpm[i])) values.push(goodBpm[i])
    return median(values)
  }
  const { d60Bpm, d120Bpm, slow } = judgeRecovery(endBpm, around(stopS + 60), around(stopS + 120), p)
  if (slow.length === 0) return null
  return makeFinding('F4.recovery', 'note', { endBpm, d60Bpm, d120Bpm, slow, spansS: [[stopS, lastS]] })
}
