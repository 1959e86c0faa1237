// Streams of every kind for properties, and what a phone says while it writes one down.
import fc from 'fast-check'
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { Cue } from '../../src/domain/cue.ts'
import { startMonitor, takeEvent } from '../../src/domain/monitor/monitor.ts'
import { defaultParameters } from '../../src/domain/parameters/parameters.ts'
import type { StreamEntry } from '../../src/formats/runner-stream/entry.ts'
import { elapsedS, newRunner, takeEntry } from '../../src/formats/runner-stream/runner.ts'
import { madeStream, STREAM_START_MS } from './stream.ts'

const parameters = { ...defaultParameters.quality, ...defaultParameters.monitor }
const heartRates = fc.array(fc.option(fc.integer({ min: 90, max: 190 }), { freq: 6 }), {
  minLength: 30,
  maxLength: 500,
})
const hands = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.constantFrom('acknowledge', 'snooze', 'told', 'pause', 'resume')),
  { maxLength: 8 },
)

/** A run from its start to its stop with holes, pauses and hands, some of them after the stop. */
export const anyStream: fc.Arbitrary<StreamEntry[]> = fc.tuple(heartRates, hands).map(([rates, made]) => {
  // Ten seconds at one heart rate, so that there is something to say.
  const bpmAt = (s: number) => rates[Math.floor(s / 10) % rates.length] ?? null
  const extra = made.map(([ms, kind]) => ({ kind, atMs: STREAM_START_MS + ms, by: 'therapist' }))
  const all = madeStream(rates.length, bpmAt, extra)
  return all.filter(({ atMs }, i) => i === 0 || atMs > (all[i - 1]?.atMs ?? 0))
})

/** What a phone says that takes the entries one by one and looks at the clock in between. */
export function cuesOnPhone(entries: readonly StreamEntry[], zone: CalmZone, looksEveryMs: number): Cue[] {
  const runner = newRunner()
  const monitor = startMonitor({
    zone,
    extraWatch: false,
    arrivalWindowS: 0,
    sensorFacts: { sensor: 'chest', sport: 'running', notifications: true },
    parameters,
  })
  const cues: Cue[] = []
  const emit = (cue: Cue) => void cues.push(cue)
  let lookedMs = 0
  for (const entry of entries) {
    if (runner.phase === 'running' || runner.phase === 'paused')
      for (let atMs = Math.max(lookedMs, runner.startedAtMs ?? 0); atMs < entry.atMs; atMs += looksEveryMs) {
        takeEvent(monitor, { kind: 'time', atS: elapsedS(runner, atMs) }, emit)
        lookedMs = atMs
      }
    const event = takeEntry(runner, entry)
    if (event !== null && event.kind !== 'told') takeEvent(monitor, event, emit)
    if (entry.kind === 'stop') takeEvent(monitor, { kind: 'end', atS: elapsedS(runner, entry.atMs) }, emit)
  }
  return cues
}
