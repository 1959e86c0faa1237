// A made runner for practice: what their heart does at each second, and the bytes that their strap would send.
// The same seed and second give the same bytes. It is no model of a person, and nothing may be concluded from it.
import { encodeHeartRateMeasurement } from '../formats/strap/write-heart-rate-measurement.ts'

export const madeKinds = ['calm', 'drifting', 'no_stop', 'drops_out'] as const
export type MadeKind = (typeof madeKinds)[number]

interface Shape {
  readonly restBpm: number
  readonly runBpm: number
  /** bpm for each minute of running. */
  readonly driftPerMin: number
  readonly mostBpm: number
}
/** Plausible, no more than that; all product choice. */
const shapes: Readonly<Record<MadeKind, Shape>> = {
  calm: { restBpm: 72, runBpm: 122, driftPerMin: 0, mostBpm: 140 },
  drifting: { restBpm: 76, runBpm: 126, driftPerMin: 0.8, mostBpm: 152 },
  no_stop: { restBpm: 80, runBpm: 134, driftPerMin: 4, mostBpm: 184 },
  drops_out: { restBpm: 74, runBpm: 124, driftPerMin: 0.2, mostBpm: 140 },
}
/** A run-walk: running until this second of each `CYCLE_S`, then walking; not for who knows no stop. */
const RUN_S = 120
const CYCLE_S = 180
/** From and to which second of each `DROP_CYCLE_S` a strap that drops out has no skin contact, and then no link. */
const DROP_CYCLE_S = 150
const CONTACT_LOST_S = 90
const LINK_LOST_S = 100

export interface MadeRunner {
  readonly kind: MadeKind
  readonly seed: number
  /** Seconds since the beginning. */
  readonly atS: number
  readonly heartRateBpm: number
  /** Since the last beat, s. */
  readonly sinceBeatS: number
  /** RR intervals that ended in this second, 1/1024 s, oldest first. */
  readonly rr1024: readonly number[]
}

export const startRunner = (kind: MadeKind, seed: number): MadeRunner => ({
  kind,
  seed,
  atS: 0,
  heartRateBpm: shapes[kind].restBpm,
  sinceBeatS: 0,
  rr1024: [],
})

/** Of many, the four kinds in turn. */
export const kindOfNumber = (number: number): MadeKind => madeKinds[number % madeKinds.length] ?? 'calm'

/** One second later. */
export function stepRunner(runner: MadeRunner): MadeRunner {
  const atS = runner.atS + 1
  const heartRateBpm = runner.heartRateBpm + (goalBpm(runner, atS) - runner.heartRateBpm) / 25
  const rr1024: number[] = []
  let sinceBeatS = runner.sinceBeatS + 1
  for (let beat = 0; ; beat++) {
    const rrS = (60 / heartRateBpm) * (1 + 0.03 * noise(runner.seed, atS * 8 + beat))
    if (sinceBeatS < rrS) break
    sinceBeatS -= rrS
    rr1024.push(Math.round(rrS * 1024))
  }
  return { ...runner, atS, heartRateBpm, sinceBeatS, rr1024 }
}

function goalBpm({ kind, seed }: MadeRunner, atS: number): number {
  const { restBpm, runBpm, driftPerMin, mostBpm } = shapes[kind]
  const walks = kind !== 'no_stop' && atS % CYCLE_S >= RUN_S
  const effort = Math.min(mostBpm, runBpm + (driftPerMin * atS) / 60)
  return (walks ? (restBpm + effort) / 2 : effort) + 6 * noise(seed, atS)
}

/** Whether the strap has a link at this second. */
export const isReachable = ({ kind, atS }: MadeRunner): boolean =>
  kind !== 'drops_out' || atS % DROP_CYCLE_S < LINK_LOST_S

/** The notification (0x2A37) of this second. */
export function notificationOf(runner: MadeRunner): Uint8Array<ArrayBuffer> {
  if (runner.kind === 'drops_out' && runner.atS % DROP_CYCLE_S >= CONTACT_LOST_S)
    return encodeHeartRateMeasurement({ heartRateBpm: 0, contact: 'no' })
  const { rr1024 } = runner
  return encodeHeartRateMeasurement({ heartRateBpm: Math.round(runner.heartRateBpm), contact: 'yes', rr1024 })
}

/** -1 to 1, the same for the same two numbers. */
function noise(seed: number, n: number): number {
  let x = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35)
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 31 - 1
}
