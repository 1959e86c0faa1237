// A recording's columns as compressed bytes and back, exactly. Layout: a JSON list of columns, then their raw values.
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate'
import type { HeartRateColumns, MotionColumns, Recording, RrColumns } from '../domain/recording.ts'

type Column = Float64Array | Float32Array | Uint8Array
interface Entry {
  readonly name: string
  readonly type: 'f64' | 'f32' | 'u8'
  readonly length: number
}
/** The part of a recording that is no column: stored as JSON beside them. */
export type RecordingHead = Omit<Recording, 'heartRate' | 'motion' | 'rr'>

/** Columns of a recording, compressed. */
export function packColumns({ heartRate, motion, rr }: Recording): Uint8Array {
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
  return deflateSync(bytes, { level: 1 })
}

/** Put head and columns together again.
 *  @throws where the bytes are not what `packColumns` wrote: a broken store, not bad input */
export function unpackColumns(head: RecordingHead, packed: Uint8Array): Recording {
  const bytes = inflateSync(packed)
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  const entries = JSON.parse(strFromU8(bytes.subarray(4, 4 + headLength))) as Entry[]
  const groups: Record<string, Record<string, Column>> = { heartRate: {}, motion: {}, rr: {} }
  let at = 4 + headLength
  for (const { name, type, length } of entries) {
    const byteLength = length * (type === 'f64' ? 8 : type === 'f32' ? 4 : 1)
    const { buffer } = bytes.slice(at, at + byteLength)
    const [group = '', column = ''] = name.split('.')
    const members = groups[group]
    if (members === undefined) throw new Error(`unknown column ${name}`)
    members[column] =
      type === 'f64' ? new Float64Array(buffer) : type === 'f32' ? new Float32Array(buffer) : new Uint8Array(buffer)
    at += byteLength
  }
  return {
    ...head,
    heartRate: groups['heartRate'] as unknown as HeartRateColumns,
    motion: groups['motion'] as unknown as MotionColumns,
    rr: groups['rr'] as unknown as RrColumns,
  }
}

const typeOf = (column: Column): Entry['type'] =>
  column instanceof Float64Array ? 'f64' : column instanceof Float32Array ? 'f32' : 'u8'
