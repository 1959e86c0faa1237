// What must hold of a damaged file: it is refused or carries a warning, and all samples before its first damaged byte are
// there and equal to the undamaged file's. Called by the fuzz test and by the long fuzz run.
import { assess } from '../../src/domain/assess.ts'
import type { Recording } from '../../src/domain/recording.ts'
import type { FileReading } from '../../src/formats/file-reading.ts'
import { readFit } from '../../src/formats/fit/read-fit.ts'
import { isWhole, listMessages, type Message } from './fit-messages.ts'
import { firstDamagedByte } from './mutations.ts'

const RECORD = 20
const SESSION = 18
const STORED_HEART_RATE = 132
const SLOW_MS = 1000
/** 1989-12-31T00:00:00Z in UTC epoch seconds. */
const FIT_EPOCH_S = 631065600
const zone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 165 } as const

/** What is compared. Cadence is not: whether it counts steps or turns is told by the session behind all records. */
const columns = ['heartRate', 'speedMPerS', 'altitudeM', 'distanceM', 'temperatureC'] as const
type Column = (typeof columns)[number]

interface Sample {
  readonly column: Column
  readonly atMs: number
  readonly value: number
}
/** A sample of the undamaged file, and behind which byte nothing has a say in it any more. */
interface KnownSample extends Sample {
  readonly decidedAt: number
}
export interface KnownFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** By `decidedAt`. */
  readonly samples: readonly KnownSample[]
}

/** Read an undamaged file once, for many damages of it. */
export function knowFile(name: string, bytes: Uint8Array): KnownFile {
  const messages = listMessages(bytes)
  const endOfSecond = new Map<number, number>()
  for (const { global, time, end } of messages) if (global === RECORD && time !== null) endOfSecond.set(time, end)
  const storedAt = endOfStored(messages)
  const samples = recordingsOf(readFit(bytes)).flatMap((recording) =>
    samplesOf(recording).map((sample) => {
      const end = endOfSecond.get(sample.atMs / 1000 - FIT_EPOCH_S)
      if (end === undefined) throw new Error(`${name}: no record ends at ${sample.atMs}`)
      return { ...sample, decidedAt: sample.column === 'heartRate' ? Math.max(end, storedAt) : end }
    }),
  )
  return { name, bytes, samples: samples.toSorted((a, b) => a.decidedAt - b.decidedAt) }
}

/** A strap's stored heart rates fill records, or replace them where the session's average says so: with any of them in the
 *  file a heart rate is decided only behind the last of those messages. */
function endOfStored(messages: readonly Message[]): number {
  if (!messages.some(({ global }) => global === STORED_HEART_RATE)) return 0
  return Math.max(
    ...messages.filter(({ global }) => global === STORED_HEART_RATE || global === SESSION).map(({ end }) => end),
  )
}

const recordingsOf = (reading: FileReading): readonly Recording[] => (reading.ok ? reading.recordings : [])

const columnOf = ({ heartRate, motion }: Recording, column: Column): Float32Array =>
  column === 'heartRate' ? heartRate.bpm : motion[column]
const timesOf = ({ heartRate, motion }: Recording, column: Column): Float64Array =>
  column === 'heartRate' ? heartRate.elapsedS : motion.elapsedS

/** All values there are; of heart rates those above 0. */
function samplesOf(recording: Recording): Sample[] {
  return columns.flatMap((column) => {
    const times = timesOf(recording, column)
    return Array.from(columnOf(recording, column), (value, i) => ({
      column,
      atMs: recording.startedAtMs + 1000 * times[i],
      value,
    })).filter(({ value }) => (column === 'heartRate' ? value > 0 : !Number.isNaN(value)))
  })
}

/** @returns what does not hold, in words; null where all does */
export function findFault(known: KnownFile, damaged: Uint8Array): string | null {
  const from = firstDamagedByte(known.bytes, damaged)
  if (from === null) return null
  const started = process.threadCpuUsage().user
  const reading = readFit(damaged)
  for (const recording of recordingsOf(reading)) assess(recording, zone)
  const tookMs = (process.threadCpuUsage().user - started) / 1000
  if (tookMs > SLOW_MS) return `took ${Math.round(tookMs)} ms`
  const warned = recordingsOf(reading).some(({ warnings }) => warnings.length > 0)
  if (reading.ok && !warned && !isWhole(damaged)) return 'is read without a warning'
  return findLostSample(known, recordingsOf(reading), from)
}

/** Before this a device's clock was not set. */
const CLOCK_SET_MS = 1000 * (0x10000000 + FIT_EPOCH_S)

/** Exception: a clock that was never set, and behind the damage more records that seem to have a set one. Which of the two
 *  is the run nobody can tell; the more are taken, and the rest is warned about. */
const isOutnumbered = (atMs: number, { warnings }: Recording): boolean =>
  atMs < CLOCK_SET_MS && warnings.includes('STRAY_POINTS')

const STEP_MS = 600_000
/** Exception: where the damage leaves a few records far from the rest they are strays (rule T1), and warned about. */
const isStray = (atMs: number, { warnings, startedAtMs, elapsedS }: Recording): boolean =>
  warnings.includes('STRAY_POINTS') && (atMs < startedAtMs - STEP_MS || atMs > startedAtMs + elapsedS * 1000 + STEP_MS)

function findLostSample({ samples }: KnownFile, recordings: readonly Recording[], from: number): string | null {
  const found = recordings.map((recording) => ({
    recording,
    heartRateRows: rowsByTime(recording, recording.heartRate.elapsedS),
    motionRows: rowsByTime(recording, recording.motion.elapsedS),
  }))
  for (const { column, atMs, value, decidedAt } of samples) {
    if (decidedAt > from) return null
    const now = found.map(({ recording, heartRateRows, motionRows }) => {
      const row = (column === 'heartRate' ? heartRateRows : motionRows).get(atMs)
      return row === undefined ? undefined : columnOf(recording, column)[row]
    })
    if (now.includes(value) || recordings.some((one) => isOutnumbered(atMs, one) || isStray(atMs, one))) continue
    return `damaged from byte ${from}: ${column} ${value}, decided at byte ${decidedAt}, became ${now.join() || 'nothing'}`
  }
  return null
}

const rowsByTime = ({ startedAtMs }: Recording, elapsedS: Float64Array): ReadonlyMap<number, number> =>
  new Map(Array.from(elapsedS, (atS, row) => [startedAtMs + 1000 * atS, row] as const))
