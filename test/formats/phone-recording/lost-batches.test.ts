import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/assess.ts'
import type { CalmZone } from '../../../src/domain/calm-zone.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import { encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { FoldEntry, StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { toFoldEntries } from '../../../src/formats/phone-recording/fold-entries.ts'
import { newRunnerState, applyEntry, type RunnerPhase } from '../../../src/formats/phone-recording/runner-state.ts'
import type { NumberedBatch } from '../../../src/formats/phone-recording/batch.ts'
import { readStreamFile, writeStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import { anyStream, cuesOnPhone } from '../../support/any-stream.ts'
import { madeStream, measurement, STREAM_START_MS } from '../../support/stream.ts'

const zone: CalmZone = { source: 'manual', ceilingBpm: 132, floorBpm: null, hardBpm: 162 }
const at = (s: number) => STREAM_START_MS + s * 1000
const beat = (s: number, bpm = 120): StreamEntry => ({
  kind: 'notification',
  atMs: at(s),
  bytes: measurement({ bpm }),
})

const beatsFrom = (s: number, count: number, bpm = 120): StreamEntry[] =>
  Array.from({ length: count }, (_, i) => beat(s + i, bpm))

interface Kept {
  readonly number: number
  readonly entries: readonly StreamEntry[]
}
const cut = (entries: readonly StreamEntry[], every: number): Kept[] =>
  Array.from({ length: Math.ceil(entries.length / every) }, (_, i) => ({
    number: i + 1,
    entries: entries.slice(i * every, (i + 1) * every),
  }))
const toBatch = ({ number, entries }: Kept): NumberedBatch => ({
  recorderId: 'phone',
  number,
  bytes: encodeBatch(entries),
})
const fileOf = (kept: readonly Kept[]): Uint8Array => writeStreamFile(kept.map(toBatch))
function read(batches: readonly (readonly StreamEntry[] | null)[]): Recording {
  const kept = batches.flatMap((entries, i) => (entries === null ? [] : [{ number: i + 1, entries }]))
  const reading = readStreamFile(fileOf(kept))
  if (!reading.ok) throw new Error(reading.code)
  const [recording] = reading.recordings
  if (recording === undefined) throw new Error('no recording')
  return recording
}

/** What a phone writes down: notifications, pauses and hands of whoever runs, each with the phase that it came in. */
function asPhoneWrites(entries: readonly StreamEntry[]): { entry: StreamEntry; phase: RunnerPhase }[] {
  const runner = newRunnerState()
  return entries.flatMap((entry) => {
    const { phase } = runner
    const isGoing = phase === 'running' || phase === 'paused'
    if (entry.kind === 'notification' && !isGoing) return []
    if (entry.kind === 'pause' && phase !== 'running') return []
    if (entry.kind === 'resume' && phase !== 'paused') return []
    applyEntry(runner, entry)
    return [{ entry, phase }]
  })
}

/** Every notification but those that may have waited in a queue (rule I). */
function heardOf(entries: readonly FoldEntry[]): number[] {
  const runner = newRunnerState()
  return entries.flatMap((entry) => {
    applyEntry(runner, entry)
    return entry.kind === 'notification' && runner.signal.arrivals.doubt === null ? [entry.atMs] : []
  })
}

const timesOf = ({ startedAtMs, heartRate }: Recording): number[] =>
  Array.from(heartRate.elapsedS, (atS) => Math.round(startedAtMs + atS * 1000))

describe('a stream of which batches are lost', () => {
  it('is a run of whatever notifications are there, all of them at their own time and nothing else', () => {
    fc.assert(
      fc.property(
        anyStream,
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        (entries, every, drops, dropsFirst) => {
          const written = asPhoneWrites(entries)
          const batches = cut(
            written.map(({ entry }) => entry),
            every,
          )
          const kept = batches.filter(({ number }) => !(drops[number % drops.length] || (dropsFirst && number === 1)))
          const onPhone = toFoldEntries(kept.map(toBatch)).entries
          const beats = kept.flatMap((one) => one.entries).filter(({ kind }) => kind === 'notification')
          const reading = readStreamFile(fileOf(kept))
          if (!reading.ok) {
            expect(beats).toHaveLength(0)
            return
          }
          const [recording] = reading.recordings
          if (recording === undefined) throw new Error('no recording')
          // A phone that lost them on its own disk comes to the same.
          expect(assess(recording, zone).cues).toEqual(cuesOnPhone(onPhone, zone, 1000))
          expect(timesOf(recording)).toEqual(heardOf(onPhone))
          const times = new Set(beats.map(({ atMs }) => atMs))
          expect(timesOf(recording).every((ms) => times.has(ms))).toBe(true)
          const hadStart = kept.some((one) => one.entries.some(({ kind }) => kind === 'start'))
          expect(recording.warnings.includes('START_MISSING')).toBe(!hadStart)
          // Nobody who ran is taken to have paused.
          const ran = new Set(written.filter(({ phase }) => phase === 'running').map(({ entry }) => entry.atMs))
          for (const atMs of timesOf(recording).filter((ms) => ran.has(ms))) {
            const atS = (atMs - recording.startedAtMs) / 1000
            expect(recording.pauses.filter(([fromS, toS]) => atS >= fromS && atS < toS)).toEqual([])
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('holds a pause that nobody is known to have ended to its very last beat', () => {
    const pause: StreamEntry = { kind: 'pause', atMs: STREAM_START_MS + 5001 }
    const entries = madeStream(13, () => 175, [pause]).filter(({ kind }) => kind !== 'stop')
    const recording = read([entries])
    expect(recording.pauses).toHaveLength(1)
    expect(assess(recording, zone).cues).toEqual(cuesOnPhone(entries, zone, 1000))
  })

  it('begins at the first heart rate behind the hole where the start is lost, of an unknown strap, and is judged', () => {
    const hard = madeStream(1800, () => 175)
    const batches = cut(hard, 100)
    const recording = read([null, ...batches.slice(1).map(({ entries }) => entries)])
    const first = batches[1]?.entries[0]
    expect(recording).toMatchObject({
      startedAtMs: first?.atMs,
      sensor: 'unknown',
      device: null,
      localOffsetS: null,
      warnings: ['BATCHES_MISSING', 'START_MISSING', 'STRAP_MISSING'],
    })
    expect(recording.heartRate.bpm).toHaveLength(1703)
    const { verdict, cues, flags } = assess(recording, zone)
    expect(verdict).toBe('too_hard')
    expect(cues[0]?.[1]).toBe('HARD')
    expect(flags.some(({ kind, level }) => kind === 'F9.hard' && level === 'attention')).toBe(true)
  })

  it('keeps the strap that is known, and the start where that is', () => {
    const head: StreamEntry[] = [
      { kind: 'strap', atMs: at(-2), sensor: 'arm', device: 'Band' },
      { kind: 'start', atMs: at(0) },
    ]
    const recording = read([head, null, beatsFrom(60, 5)])
    expect(recording).toMatchObject({ startedAtMs: at(0), sensor: 'arm', device: 'Band', warnings: expect.any(Array) })
    expect(recording.warnings).toEqual(['BATCHES_MISSING', 'NOT_STOPPED'])
  })

  it('ends a pause with the hole that may hold its end: a lost press silences nobody', () => {
    const head: StreamEntry[] = [
      { kind: 'strap', atMs: at(-2), sensor: 'chest', device: null },
      { kind: 'start', atMs: at(0) },
      beat(1),
      { kind: 'pause', atMs: at(10) },
    ]
    const recording = read([head, null, beatsFrom(40, 60, 175)])
    expect(recording.pauses).toEqual([[10, 40]])
    expect(recording.warnings).toContain('RESUME_MISSING')
    expect(assess(recording, zone).cues.map(([, kind]) => kind)).toEqual(['HARD'])
  })

  it('keeps a pause whose begin is there where its run began in the hole', () => {
    const recording = read([
      null,
      [{ kind: 'pause', atMs: at(10) }, beat(12), { kind: 'resume', atMs: at(30) }, beat(31)],
    ])
    expect(recording).toMatchObject({ startedAtMs: at(10), pauses: [[0, 20]] })
  })

  it('goes on where beats come behind a stop that must have been taken back in the hole', () => {
    const head: StreamEntry[] = [
      { kind: 'strap', atMs: at(-2), sensor: 'chest', device: null },
      { kind: 'start', atMs: at(0) },
      beat(1),
      { kind: 'stop', atMs: at(2) },
    ]
    const recording = read([head, null, [...beatsFrom(60, 3), { kind: 'stop', atMs: at(63) }]])
    expect(recording.elapsedS).toBe(63)
    expect(timesOf(recording)).toEqual([at(1), at(60), at(61), at(62)])
    expect(recording.warnings).toEqual(['BATCHES_MISSING', 'CONTINUED_MISSING', 'STOP_TAKEN_BACK'])
  })

  it('takes a batch that cannot be read for a lost one', () => {
    const batches = cut(
      madeStream(100, () => 120),
      20,
    )
    const bytes = batches.map(({ entries }) => encodeBatch(entries))
    const file = writeStreamFile(
      bytes.map((one, i) => ({ recorderId: 'phone', number: i + 1, bytes: i === 0 ? one.subarray(0, 30) : one })),
    )
    const reading = readStreamFile(file)
    expect(reading.ok && reading.recordings[0]?.warnings).toEqual(['DAMAGED', 'START_MISSING', 'STRAP_MISSING'])
    expect(reading.ok && reading.recordings[0]?.heartRate.bpm).toHaveLength(83)
  })

  it('drops nothing of two recorders that wrote in one millisecond', () => {
    const one = encodeBatch([
      { kind: 'strap', atMs: at(-2), sensor: 'chest', device: null },
      { kind: 'start', atMs: at(0) },
      ...beatsFrom(1, 3),
    ])
    const told: StreamEntry = { kind: 'told', atMs: at(2), by: 'other' }
    const other = encodeBatch([told, { kind: 'stop', atMs: at(3) }])
    const reading = readStreamFile(
      writeStreamFile([
        { recorderId: 'a', number: 1, bytes: one },
        { recorderId: 'b', number: 1, bytes: other },
      ]),
    )
    if (!reading.ok) throw new Error(reading.code)
    const [recording] = reading.recordings
    expect(recording).toMatchObject({ hands: [[2.001, 'told', 'other']], elapsedS: 3.001, warnings: [] })
    expect(recording?.heartRate.bpm).toHaveLength(3)
  })
})
