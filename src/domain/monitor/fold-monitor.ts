// The monitor over a whole recording, as it would have spoken live.
import type { Cue } from '../cue.ts'
import type { Recording } from '../recording.ts'
import { uniteSpans } from '../time-in-zone/spans.ts'
import { startMonitor, takeEvent, type MonitorConfig, type MonitorEvent } from './monitor.ts'

export interface FoldedMonitor {
  readonly cues: readonly Cue[]
  /** The live mark number of each heart-rate row (see `markLive`). */
  readonly liveMarks: Uint8Array
}

/** Fold the monitor over the events of a recording. */
export function foldMonitor(
  recording: Recording,
  config: Omit<MonitorConfig, 'sensorFacts' | 'arrivalWindowS'>,
): FoldedMonitor {
  const cues: Cue[] = []
  const liveMarks = new Uint8Array(recording.heartRate.bpm.length)
  let row = 0
  const state = startMonitor({ ...config, arrivalWindowS: 0, sensorFacts: sensorFactsOf(recording) })
  for (const event of monitorEvents(recording, config.parameters.holdMaxS))
    takeEvent(
      state,
      event,
      (cue) => cues.push(cue),
      (mark) => (liveMarks[row++] = mark),
    )
  return { cues, liveMarks }
}

export const sensorFactsOf = ({ sensor, sport, format }: Recording): MonitorConfig['sensorFacts'] => ({
  sensor,
  sport,
  notifications: format === 'strap',
})

/** A recording as the events that a live monitor would have had, in order of time.
 *  @param holdS how old a cadence may be to stand beside a heart rate */
export function* monitorEvents(recording: Recording, holdS: number): Generator<MonitorEvent> {
  const { heartRate, motion, rr, elapsedS } = recording
  let pause = 0
  let moved = 0
  let beat = 0
  const marksOfPauses = uniteSpans(recording.pauses, 0, elapsedS).flatMap(([fromS, toS]) => [
    { kind: 'pause' as const, atS: fromS },
    { kind: 'resume' as const, atS: toS },
  ])
  for (let i = 0; i < heartRate.bpm.length; i++) {
    const atS = heartRate.elapsedS[i]
    for (; pause < marksOfPauses.length && marksOfPauses[pause].atS <= atS; pause++) yield marksOfPauses[pause]
    while (moved < motion.elapsedS.length && motion.elapsedS[moved] <= atS) moved++
    const firstBeat = beat
    while (beat < rr.rrMs.length && rr.elapsedS[beat] <= atS) beat++
    const bpm = heartRate.bpm[i]
    const cadence =
      moved > 0 && atS - motion.elapsedS[moved - 1] <= holdS ? motion.cadencePerMin[moved - 1] : Number.NaN
    yield {
      kind: 'sample',
      atS,
      bpm: Number.isNaN(bpm) ? null : bpm,
      contactLost: heartRate.contactLost?.[i] === 1,
      rrMs: beat > firstBeat ? Array.from(rr.rrMs.subarray(firstBeat, beat)) : noBeats,
      cadencePerMin: Number.isNaN(cadence) ? null : cadence,
    }
  }
  yield* marksOfPauses.slice(pause)
  yield { kind: 'end', atS: elapsedS }
}

const noBeats: readonly number[] = []
