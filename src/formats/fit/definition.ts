// One definition message, turned once into what the decode loop needs for each data message of it.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { baseTypeSize } from './base-types.ts'
import { mesg, recordColumns, recordFields } from './profile.ts'

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
  readonly scale: number
  readonly shift: number
}
export interface Definition {
  readonly global: number
  readonly littleEndian: boolean
  /** Bytes of a data message without its header byte, developer fields included. */
  readonly size: number
  readonly fields: readonly Field[]
  readonly timestamp: Field | null
  readonly wanted: readonly WantedField[]
}

/** Read the definition whose header byte is at `at`.
 *  @returns null where the bytes end inside it */
export function readDefinition(
  view: DataView,
  at: number,
  end: number,
  warn: (code: ReadingWarning) => void,
): { readonly definition: Definition; readonly next: number } | null {
  if (at + 6 > end) return null
  const hasDeveloperFields = (view.getUint8(at) & 0x20) !== 0
  const littleEndian = view.getUint8(at + 2) === 0
  const count = view.getUint8(at + 5)
  let next = at + 6 + 3 * count
  if (next + (hasDeveloperFields ? 1 : 0) > end) return null
  const global = view.getUint16(at + 3, littleEndian)
  const fields: Field[] = []
  let size = 0
  for (let p = at + 6; p < next; p += 3) {
    const fieldSize = view.getUint8(p + 1)
    const baseType = view.getUint8(p + 2)
    const one = baseTypeSize(baseType)
    const fits = one > 0 && fieldSize > 0 && fieldSize % one === 0
    fields.push({ number: view.getUint8(p), offset: size, size: fieldSize, baseType, valueSize: fits ? one : 0 })
    size += fieldSize
  }
  if (hasDeveloperFields) {
    const developerFields = view.getUint8(next)
    const from = next + 1
    next = from + 3 * developerFields
    if (next > end) return null
    for (let p = from; p < next; p += 3) size += view.getUint8(p + 1)
  }
  const timestamp = fields.find((field) => field.number === 253 && field.valueSize === 4) ?? null
  const wanted = global === mesg.record ? wantedFields(fields, warn) : []
  return { definition: { global, littleEndian, size, fields, timestamp, wanted }, next }
}

function wantedFields(fields: readonly Field[], warn: (code: ReadingWarning) => void): WantedField[] {
  return recordFields.flatMap(({ column, field, scale, offset }) => {
    const found = fields.find((candidate) => candidate.number === field)
    if (found === undefined) return []
    if (found.valueSize === 0) {
      warn('FIELD_SIZE_MISMATCH')
      return []
    }
    return [{ ...found, column: recordColumns.indexOf(column), scale, shift: offset }]
  })
}
