import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import { readFile } from '../../../src/formats/read-file.ts'
import { decodeBatch, encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { NumberedBatch } from '../../../src/formats/phone-recording/batch.ts'
import {
  isWhole,
  readStreamBatches,
  readStreamFile,
  writeStreamFile,
} from '../../../src/formats/phone-recording/stream-file.ts'
import { toRecording } from '../../../src/formats/phone-recording/to-recording.ts'
import { newRunnerState, applyEntry } from '../../../src/formats/phone-recording/runner-state.ts'
import { anyStream, cuesOnPhone } from '../../support/any-stream.ts'
import { guided, madeStream, measurement, STREAM_START_MS } from '../../support/stream.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }

function cut(entries: readonly StreamEntry[], every: number): NumberedBatch[] {
  const batches: NumberedBatch[] = []
  for (let at = 0; at < entries.length; at += every)
    batches.push({ recorderId: 'phone', number: batches.length + 1, bytes: encodeBatch(entries.slice(at, at + every)) })
  return batches
}

describe('a runner’s stream', () => {
  it('gives the cues that the phone gave, whatever the heart rates, holes, hands, stops taken back and looks', () => {
    fc.assert(
      fc.property(anyStream, fc.integer({ min: 200, max: 5000 }), (entries, looksEveryMs) => {
        const recording = toRecording(entries)
        expect(recording).not.toBeNull()
        if (recording === null) return
        expect(assess(recording, zone).cues).toEqual(cuesOnPhone(entries, zone, looksEveryMs))
      }),
      { numRuns: 150 },
    )
  })

  it('gives the same file and recording whatever the cutting, order and doubling of its batches', () => {
    fc.assert(
      fc.property(anyStream, fc.integer({ min: 1, max: 80 }), fc.infiniteStream(fc.nat()), (entries, every, random) => {
        const whole = toRecording(entries)
        const batches = cut(entries, every)
        const mixed = [...batches, ...batches.filter(() => (random.next().value ?? 0) % 3 === 0)]
          .map((batch) => ({ batch, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ batch }) => batch)
        const file = writeStreamFile(mixed)
        expect(file).toEqual(writeStreamFile(batches))
        expect(readStreamFile(file)).toEqual({ ok: true, recordings: [whole] })
      }),
      { numRuns: 40 },
    )
  })

  it('says what is missing and invents nothing where a batch has not come', () => {
    const batches = cut(
      madeStream(100, () => 120),
      20,
    ).filter(({ number }) => number !== 3)
    expect(isWhole(batches)).toBe(false)
    const reading = readFile('run.cprs', writeStreamFile(batches))
    if (!reading.ok) throw new Error(reading.code)
    const [recording] = reading.recordings
    expect(recording?.warnings).toEqual(['BATCHES_MISSING'])
    // The two after the hole may have waited (rule I): their time is not believed.
    expect(recording?.heartRate.bpm).toHaveLength(78)
    expect(recording?.elapsedS).toBe(100)
  })

  it('keeps what came all at once in the file, judges none of it, and says so', () => {
    const before = madeStream(100, (s) => (s < 50 ? 110 : null)).filter(({ kind }) => kind !== 'stop')
    const burst = Array.from({ length: 40 }, (_, i): StreamEntry => ({
      kind: 'notification',
      atMs: STREAM_START_MS + 90_000 + i,
      bytes: measurement({ bpm: 175, rrMs: [343 + (i % 5)] }),
    }))
    const after = Array.from({ length: 9 }, (_, i): StreamEntry => ({
      kind: 'notification',
      atMs: STREAM_START_MS + 90_700 + i * 1000,
      bytes: measurement({ bpm: 111 + (i % 2), rrMs: [540] }),
    }))
    const entries: StreamEntry[] = [...before, ...burst, ...after, { kind: 'stop', atMs: STREAM_START_MS + 100_000 }]
    const file = writeStreamFile(cut(entries, 20))
    const kept = readStreamBatches(file).batches.flatMap(({ bytes }) => {
      const decoded = decodeBatch(bytes)
      return decoded.ok ? decoded.entries : []
    })
    expect(kept).toEqual(entries)
    const reading = readStreamFile(file)
    if (!reading.ok) throw new Error(reading.code)
    const [recording] = reading.recordings
    expect(recording?.warnings).toEqual(['NOTIFICATIONS_LATE'])
    expect(recording?.heartRate.bpm).toHaveLength(50 + 8)
    expect(Math.max(...(recording?.heartRate.bpm ?? []))).toBe(112)
    expect([...(recording?.rr.elapsedS ?? [])].filter((atS) => atS > 50 && atS < 91)).toEqual([])
    expect(recording && assess(recording, zone).cues.map(([, kind]) => kind)).toEqual(['NO_SIGNAL', 'SIGNAL_BACK'])
  })

  it('keeps what came before a cut, and says that the end is missing', () => {
    const file = writeStreamFile(
      cut(
        madeStream(100, () => 120),
        20,
      ),
    )
    const reading = readStreamFile(file.subarray(0, file.length - 10))
    if (!reading.ok) throw new Error(reading.code)
    expect(reading.recordings[0]?.warnings).toEqual(['TRUNCATED', 'NOT_STOPPED'])
  })

  it('is no activity where nobody started', () => {
    const entries = madeStream(5, () => 120).filter(({ kind }) => kind !== 'start' && kind !== 'stop')
    expect(readStreamFile(writeStreamFile(cut(entries, 3)))).toEqual({ ok: false, code: 'NOT_ACTIVITY' })
  })

  it('never throws, whatever the bytes behind its beginning', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => readFile('x', Uint8Array.from([0x63, 0x70, 0x72, 0x73, 1, ...bytes]))).not.toThrow()
      }),
    )
  })

  it('hears a strap that was handed over from its moment on, and nothing of a strap that was taken away', () => {
    const at = (s: number) => STREAM_START_MS + s * 1000
    const beat = (s: number, bpm: number): StreamEntry => ({
      kind: 'notification',
      atMs: at(s),
      bytes: measurement({ bpm }),
    })
    const entries: StreamEntry[] = [
      { kind: 'strap', atMs: at(-1), sensor: 'chest', device: 'A' },
      { kind: 'start', atMs: at(0) },
      beat(1, 120),
      { kind: 'strap', atMs: at(2), sensor: null, device: null },
      beat(3, 121),
      { kind: 'strap', atMs: at(4), sensor: 'wrist', device: 'B' },
      beat(5, 122),
      { kind: 'stop', atMs: at(6) },
      beat(7, 123),
    ]
    const recording = toRecording(entries)
    expect([...(recording?.heartRate.bpm ?? [])]).toEqual([120, 122])
    expect(recording?.sensor).toBe('chest')
    expect(recording?.device).toBe('A, B')
  })

  it('goes on where a stop was taken back: what came between is a hole, and no pause', () => {
    const stopAndGoOn: StreamEntry[] = [
      { kind: 'pause', atMs: STREAM_START_MS + 95_000 },
      { kind: 'stop', atMs: STREAM_START_MS + 100_000 },
      { kind: 'continued', atMs: STREAM_START_MS + 130_000 },
    ]
    const recording = toRecording(madeStream(200, () => 120, stopAndGoOn))
    expect(recording?.elapsedS).toBe(200)
    expect(recording?.pauses).toEqual([[95, 100]])
    expect(recording?.warnings).toEqual(['STOP_TAKEN_BACK'])
    const { heartRate, rr } = recording ?? {}
    for (const times of [heartRate?.elapsedS, rr?.elapsedS]) {
      expect(times?.filter((atS) => atS > 100 && atS < 130)).toHaveLength(0)
      expect(times?.filter((atS) => atS > 130).length).toBeGreaterThan(65)
    }
    expect(recording && assess(recording, zone).cues.map(([, kind]) => kind)).toEqual(['NO_SIGNAL', 'SIGNAL_BACK'])
  })

  it('ends at the last thing heard where nobody stopped it, whatever the phone wrote down by itself afterwards', () => {
    const at = (second: number) => STREAM_START_MS + second * 1000
    const byItself: StreamEntry[] = [
      { kind: 'pause', atMs: at(61) },
      { kind: 'missed', atMs: at(9000), sinceMs: at(61) },
      { kind: 'strap', atMs: at(9001), sensor: 'unknown', device: null },
      { kind: 'ended_by_itself', atMs: at(20_000) },
      // Another page may come to it as well.
      { kind: 'ended_by_itself', atMs: at(20_001) },
    ]
    const running = madeStream(60, () => 120).filter(({ kind }) => kind !== 'stop')
    const recording = toRecording([...running, ...byItself])
    expect(recording).toMatchObject({ elapsedS: 61, pauses: [], warnings: ['ENDED_BY_ITSELF', 'RECORDER_ASLEEP'] })
    expect(recording?.heartRate.bpm).toHaveLength(60)
    // Whoever goes on after all has a run that is stopped by a hand.
    const goesOn: StreamEntry[] = [
      { kind: 'continued', atMs: at(20_002) },
      { kind: 'stop', atMs: at(20_003) },
    ]
    expect(toRecording([...running, ...byItself, ...goesOn])?.warnings).toEqual(['STOP_TAKEN_BACK', 'RECORDER_ASLEEP'])
  })

  it('may start after all who was said not to run, and runs on to the end where no second stop came', () => {
    const start = STREAM_START_MS
    const notAfterAll: StreamEntry[] = [
      { kind: 'stop', atMs: start - 1900 },
      { kind: 'continued', atMs: start - 1800 },
      { kind: 'continued', atMs: start + 61_000 },
    ]
    const recording = toRecording(madeStream(60, () => 120, notAfterAll))
    expect(recording).toMatchObject({ startedAtMs: start, elapsedS: 61, warnings: ['NOT_STOPPED', 'STOP_TAKEN_BACK'] })
    expect(recording?.heartRate.bpm).toHaveLength(60)
  })

  it('knows what guided the run: what was written last before the start', () => {
    const runner = newRunnerState()
    const written = [
      guided(STREAM_START_MS - 2500, { ceilingBpm: 120 }),
      guided(STREAM_START_MS - 1500, { ceilingBpm: 125, watchLevel: 'extra' }),
      guided(STREAM_START_MS + 1500, { ceilingBpm: 150 }),
    ]
    for (const entry of madeStream(5, () => 120, written)) applyEntry(runner, entry)
    expect(runner.guidance).toMatchObject({ ceilingBpm: 125, watchLevel: 'extra', hardBpm: 162 })
    expect(runner.guidance).not.toHaveProperty('atMs')
  })

  it('goes on unbroken where the clock was set, and says so', () => {
    const set: StreamEntry = { kind: 'clock', atMs: STREAM_START_MS + 20_000, setMs: -60_000 }
    expect(toRecording(madeStream(60, () => 120, [set]))).toEqual({
      ...toRecording(madeStream(60, () => 120)),
      warnings: ['CLOCK_SET'],
    })
  })

  it('keeps who told, acknowledged and snoozed', () => {
    const told: StreamEntry = { kind: 'told', atMs: STREAM_START_MS + 40_000, by: 'therapist' }
    expect(toRecording(madeStream(60, () => 150, [told]))?.hands).toEqual([[40, 'told', 'therapist']])
  })
})
