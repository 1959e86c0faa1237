// One made run as the FIT file of a watch: written by the product's own writer, so that its reader reads what it reads of watches.
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { Recording, SpanS } from '../../domain/recording.ts'
import { writeFit } from '../../formats/fit/write-fit.ts'
import { chanceOf, wandering } from './chance.ts'
import { DEMO_TIME_ZONE, type DemoRun } from './made-clients.ts'
import { liveRun, type MadeSecond } from './made-heart.ts'

/** A wrist follows the heart so many seconds behind. */
const WRIST_TAU_S = 7

export function madeWatchFile(run: DemoRun): Uint8Array {
  const { startedAtMs, effort, device, signal, clockOffS } = run
  const heart = liveRun(effort)
  const bpm =
    signal === 'none' ? [] : device === 'watch with strap' ? heart.map(roundedBpm) : atWrist(heart, effort.seed)
  const pauses = pausesOf(run)
  const rows = heart.map((_, s) => s).filter((s) => !pauses.some(([fromS, toS]) => s > fromS && s < toS))
  const beating = rows.filter((s) => bpm[s] !== undefined)
  const column = (pick: (second: MadeSecond) => number) => Float32Array.from(rows, (s) => pick(heart[s] ?? stood))
  const absent = () => new Float32Array(rows.length).fill(Number.NaN)
  let wayM = 0
  const recording: Recording = {
    format: 'fit',
    startedAtMs: startedAtMs + clockOffS * 1000,
    elapsedS: heart.length - 1,
    localOffsetS: zoneOffsetS(startedAtMs, DEMO_TIME_ZONE),
    sport: effort.activity === 'walk' ? 'walking' : 'running',
    subSport: null,
    sensor: signal === 'none' ? 'unknown' : device === 'watch with strap' ? 'chest' : 'wrist',
    device: 'Made watch',
    heartRate: { elapsedS: Float64Array.from(beating), bpm: Float32Array.from(beating, (s) => bpm[s] ?? 0) },
    motion: {
      elapsedS: Float64Array.from(rows),
      cadencePerMin: column(({ stepsPerMin }) => stepsPerMin),
      speedMPerS: column(({ speedMPerS }) => speedMPerS),
      altitudeM: absent(),
      distanceM: column(({ speedMPerS }) => (wayM += speedMPerS)),
      temperatureC: absent(),
    },
    rr: { elapsedS: new Float64Array(0), rrMs: new Float32Array(0) },
    pauses,
    summary: { meanHeartRateBpm: null, maxHeartRateBpm: null, timerS: null, distanceM: null },
    warnings: [],
  }
  const bytes = writeFit(recording)
  if (bytes === null) throw new Error('a made run without a second')
  return bytes
}

const stood: MadeSecond = { bpm: 0, speedMPerS: 0, stepsPerMin: 0, isTold: false }
const roundedBpm = ({ bpm }: MadeSecond): number => Math.round(bpm)

function atWrist(heart: readonly MadeSecond[], seed: string): number[] {
  const off = wandering(chanceOf('wrist', seed), 1, 45)
  let shown = heart[0]?.bpm ?? 0
  return heart.map(({ bpm }) => {
    shown += (bpm - shown) / WRIST_TAU_S
    return Math.round(shown + off())
  })
}

/** Some stop for a road or a talk. */
function pausesOf({ effort: { seed, lengthS } }: DemoRun): SpanS[] {
  const chance = chanceOf('pause', seed)
  if (lengthS < 1200 || !chance.happens(0.2)) return []
  const fromS = chance.whole(300, lengthS - 400)
  return [[fromS, fromS + chance.whole(25, 100)]]
}
