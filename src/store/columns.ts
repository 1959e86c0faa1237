// Turns a recording's columns into compressed bytes and back, exactly. Layout: a JSON list of columns, then their raw
// values.
import { deflateSync, strFromU8, strToU8 } from 'fflate'
import type { HeartRateColumns, MotionColumns, Recording, RecordingHead, RrColumns } from '../domain/recording.ts'
import { inflateBeginning, inflateRaw } from './inflate-raw.ts'

type Column = Float64Array | Float32Array | Uint8Array
interface Entry {
  readonly name: string
  readonly type: 'f64' | 'f32' | 'u8'
  readonly length: number
}
export type Columns = Pick<Recording, 'heartRate' | 'motion' | 'rr'>

/** A recording as it is stored: what is no column, and its columns, compressed. */
export interface PackedRecording {
  readonly head: RecordingHead
  readonly packed: Uint8Array
}

export function packRecording({ heartRate, motion, rr, ...head }: Recording): PackedRecording {
  return { head, packed: packColumns({ heartRate, motion, rr }) }
}

/** @throws where the bytes are not what `packColumns` wrote: a broken store, not bad input */
export const unpackRecording = ({ head, packed }: PackedRecording): Recording => ({
  ...head,
  ...takeColumns(inflateRaw(packed)),
})

/** What the list of columns is packed in, far more than it takes; it comes to a thousandfold at most. */
const LIST_BYTES = 1024

/** How many bytes its columns are once they are opened. Their list tells it, and only that is opened; Infinity where it is longer
 *  than any that we write. @throws as `unpackRecording` */
export function openedBytes({ packed }: PackedRecording): number {
  const bytes = inflateBeginning(packed, LIST_BYTES)
  const listBytes = bytes.length < 4 ? Infinity : lengthOfList(bytes)
  if (bytes.length < 4 + listBytes) return Infinity
  return readList(bytes).reduce((sum, { type, length }) => sum + length * BYTES_OF[type], 0)
}

/** Columns of a recording, compressed. */
export const packColumns = (columns: Columns): Uint8Array => deflateSync(layColumns(columns), { level: 1 })

/** Columns one behind the other, behind a list of what they are. */
export function layColumns({ heartRate, motion, rr }: Columns): Uint8Array {
  const groups: Record<string, object> = { heartRate, motion, rr }
  const columns = Object.entries(groups).flatMap(([group, members]) =>
    Object.entries(members).map(([name, column]: [string, Column]) => ({ name: `${group}.${name}`, column })),
  )
  const entries: Entry[] = columns.map(({ name, column }) => ({ name, type: typeOf(column), length: column.length }))
  const head = strToU8(JSON.stringify(entries))
  const size = columns.reduce((sum, { column }) => sum + column.byteLength, 0)
  const bytes = new Uint8Array(4 + head.length + size)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  let at = 4 + head.length
  for (const { column } of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += column.byteLength
  }
  return bytes
}

/** Columns that come from elsewhere: null where they are not as `layColumns` writes them, or cannot be a recording's. */
export function readColumns(bytes: Uint8Array): Columns | null {
  try {
    const columns = takeColumns(bytes)
    return isRecording(columns) ? columns : null
  } catch {
    return null
  }
}

const BYTES_OF = { f64: 8, f32: 4, u8: 1 } as const
const ARRAY_OF = { f64: Float64Array, f32: Float32Array, u8: Uint8Array } as const
const lengthOfList = (bytes: Uint8Array): number => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
const readList = (bytes: Uint8Array): readonly Entry[] =>
  JSON.parse(strFromU8(bytes.subarray(4, 4 + lengthOfList(bytes)))) as Entry[]

/** All columns lie in one buffer, each where numbers of eight bytes may begin: a buffer for each of a dozen costs more than its numbers. */
function takeColumns(bytes: Uint8Array): Columns {
  const entries = readList(bytes)
  // What lies there first: no room is made for what a list only claims.
  const claimed = entries.reduce((sum, { type, length }) => sum + length * BYTES_OF[type], 4 + lengthOfList(bytes))
  if (!entries.every(({ length }) => Number.isSafeInteger(length) && length >= 0) || !(claimed <= bytes.length))
    throw new Error('columns are shorter than their list says')
  const groups: Record<string, Record<string, Column>> = { heartRate: {}, motion: {}, rr: {} }
  const buffer = new ArrayBuffer(entries.reduce((sum, entry) => sum + alignedBytes(entry), 0))
  const all = new Uint8Array(buffer)
  let [from, to] = [4 + lengthOfList(bytes), 0]
  for (const entry of entries) {
    const { name, type, length } = entry
    const byteLength = length * BYTES_OF[type]
    all.set(bytes.subarray(from, from + byteLength), to)
    const [group = '', column = ''] = name.split('.')
    const members = groups[group]
    if (members === undefined) throw new Error(`unknown column ${name}`)
    members[column] = new ARRAY_OF[type](buffer, to, length)
    from += byteLength
    to += alignedBytes(entry)
  }
  return {
    heartRate: groups['heartRate'] as unknown as HeartRateColumns,
    motion: groups['motion'] as unknown as MotionColumns,
    rr: groups['rr'] as unknown as RrColumns,
  }
}

const alignedBytes = ({ type, length }: Entry): number => Math.ceil((length * BYTES_OF[type]) / 8) * 8

/** Every column that a recording has and no other, each group of one length; the times of all but beats rise. */
function isRecording({ heartRate, motion, rr }: Columns): boolean {
  const { contactLost, rrCount, ...measured } = heartRate
  const isGroup = (group: object, names: readonly string[]): boolean => {
    const { elapsedS, ...others } = group as { readonly elapsedS?: unknown } & Record<string, unknown>
    if (!(elapsedS instanceof Float64Array)) return false
    const columns = Object.entries(others)
    return (
      columns.length === names.length &&
      columns.every(
        ([name, column]) => names.includes(name) && column instanceof Float32Array && column.length === elapsedS.length,
      )
    )
  }
  const motionNames = ['cadencePerMin', 'speedMPerS', 'altitudeM', 'distanceM', 'temperatureC']
  const fits = (column: unknown) =>
    column === undefined || (column instanceof Uint8Array && column.length === heartRate.elapsedS.length)
  const beats = rrCount?.reduce((sum, count) => sum + count, 0) ?? rr.rrMs.length
  return (
    fits(contactLost) &&
    fits(rrCount) &&
    beats === rr.rrMs.length &&
    isGroup(measured, ['bpm']) &&
    isGroup(motion, motionNames) &&
    isGroup(rr, ['rrMs']) &&
    isRising(heartRate.elapsedS) &&
    isRising(motion.elapsedS)
  )
}

const isRising = (times: Float64Array): boolean =>
  times.every((at, i) => Number.isFinite(at) && (i === 0 || at > times[i - 1]))

const typeOf = (column: Column): Entry['type'] =>
  column instanceof Float64Array ? 'f64' : column instanceof Float32Array ? 'f32' : 'u8'
