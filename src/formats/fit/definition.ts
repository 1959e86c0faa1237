// One definition message, turned once into what the decode loop needs for each data message of it.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { baseTypeSize } from './base-types.ts'
import { mesg, messagesRead, recordColumns, recordFields } from './profile.ts'

export interface Field {
  readonly number: number
  readonly offset: number
  readonly size: number
  readonly baseType: number
  /** Bytes of one value; 0 for an unknown type or a size that the type does not allow. */
  readonly valueSize: number
}
export interface WantedField extends Field {
  /** Index into `recordColumns`. */
  readonly column: number
  /** A value is `raw * unit - shift`. In a column of 32 bits that is what dividing by the scale gives. */
  readonly unit: number
  readonly shift: number
}
export interface Definition {
  readonly global: number
  readonly littleEndian: boolean
  /** Bytes of a data message without its header byte, developer fields included. */
  readonly size: number
  /** Empty where no field of this message is read. */
  readonly fields: readonly Field[]
  /** Offset of the `timestamp` field; -1 where there is none. */
  readonly timestampAt: number
  readonly wanted: readonly WantedField[]
  /** Where the definition itself stands in the bytes: `[at, next)`. */
  readonly at: number
  readonly next: number
}

const TIMESTAMP = 253

/** Read the definition whose header byte is at `at`.
 *  @returns null where the bytes end inside it */
export function readDefinition(
  bytes: Uint8Array,
  at: number,
  end: number,
  warn: (code: ReadingWarning) => void,
): Definition | null {
  if (at + 6 > end) return null
  const hasDeveloperFields = (bytes[at] & DEVELOPER_FIELDS) !== 0
  const littleEndian = bytes[at + 2] === 0
  const global = littleEndian ? bytes[at + 3] | (bytes[at + 4] << 8) : (bytes[at + 3] << 8) | bytes[at + 4]
  const native = at + 6 + 3 * bytes[at + 5]
  if (native + (hasDeveloperFields ? 1 : 0) > end) return null
  const next = hasDeveloperFields ? native + 1 + 3 * bytes[native] : native
  if (next > end) return null
  let size = 0
  let timestampAt = -1
  for (let p = at + 6; p < native; p += 3) {
    if (bytes[p] === TIMESTAMP && timestampAt < 0 && valueSizeAt(bytes, p) === 4) timestampAt = size
    size += bytes[p + 1]
  }
  for (let p = native + 1; p < next; p += 3) size += bytes[p + 1]
  const fields = messagesRead.has(global) ? readFields(bytes, at + 6, native) : []
  const wanted = global === mesg.record ? wantedFields(fields, warn) : []
  return { global, littleEndian, size, fields, timestampAt, wanted, at, next }
}

const DEVELOPER_FIELDS = 0x20

/** Whether the definition at `at` is one that is known already, for whichever local type. */
export function isRepeated(bytes: Uint8Array, known: Definition, at: number, end: number): boolean {
  const length = known.next - known.at
  if (at + length > end || ((bytes[at] ^ bytes[known.at]) & DEVELOPER_FIELDS) !== 0) return false
  // The field counts, which the length follows from, are among what is compared.
  for (let i = 1; i < length; i++) if (bytes[at + i] !== bytes[known.at + i]) return false
  return true
}

function valueSizeAt(bytes: Uint8Array, place: number): number {
  const size = bytes[place + 1]
  const one = baseTypeSize(bytes[place + 2])
  return one > 0 && size > 0 && size % one === 0 ? one : 0
}

function readFields(bytes: Uint8Array, from: number, to: number): Field[] {
  const fields: Field[] = []
  let offset = 0
  for (let p = from; p < to; p += 3) {
    const [number, size, baseType] = [bytes[p], bytes[p + 1], bytes[p + 2]]
    fields.push({ number, offset, size, baseType, valueSize: valueSizeAt(bytes, p) })
    offset += size
  }
  return fields
}

function wantedFields(fields: readonly Field[], warn: (code: ReadingWarning) => void): WantedField[] {
  return recordFields.flatMap(({ column, field, scale, offset }) => {
    const found = fields.find((candidate) => candidate.number === field)
    if (found === undefined) return []
    if (found.valueSize === 0) {
      warn('FIELD_SIZE_MISMATCH')
      return []
    }
    return [{ ...found, column: recordColumns.indexOf(column), unit: 1 / scale, shift: offset }]
  })
}
