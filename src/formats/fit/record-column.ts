// One column of the records of a part, straight from their bytes. The three types that nearly all files use have loops of
// their own: a switch for each value costs more than the value.
import { readBaseType, UINT16, UINT32, UINT8 } from './base-types.ts'
import type { Definition, WantedField } from './definition.ts'
import { recordColumns, type RecordColumn } from './profile.ts'

/** The records of one definition: which of the part's records each is, and where its fields begin. */
export interface RecordGroup {
  readonly definition: Definition
  readonly rows: Int32Array
  readonly places: Int32Array
}

/** One value for each of `length` records, multiplied by `times`; NaN where one has none. */
export function readColumn(
  view: DataView,
  groups: readonly RecordGroup[],
  length: number,
  name: RecordColumn,
  times: number,
): Float32Array {
  const column = recordColumns.indexOf(name)
  const values = new Float32Array(length).fill(Number.NaN)
  for (const group of groups)
    for (const field of group.definition.wanted)
      if (field.column === column) readField(view, group, field, times, values)
  return values
}

/** Read one field of every record of a group; what is invalid leaves the value that is there. */
function readField(
  view: DataView,
  { rows, places, definition }: RecordGroup,
  { offset, baseType, unit: bareUnit, shift: bareShift }: WantedField,
  times: number,
  values: Float32Array,
): void {
  const { littleEndian } = definition
  const [unit, shift] = [bareUnit * times, bareShift * times]
  switch (baseType) {
    case UINT8:
      for (let k = 0; k < places.length; k++) {
        const raw = view.getUint8(places[k] + offset)
        if (raw !== 0xff) values[rows[k]] = raw * unit - shift
      }
      return
    case UINT16:
      for (let k = 0; k < places.length; k++) {
        const raw = view.getUint16(places[k] + offset, littleEndian)
        if (raw !== 0xffff) values[rows[k]] = raw * unit - shift
      }
      return
    case UINT32:
      for (let k = 0; k < places.length; k++) {
        const raw = view.getUint32(places[k] + offset, littleEndian)
        if (raw !== 0xffffffff) values[rows[k]] = raw * unit - shift
      }
      return
    default:
      for (let k = 0; k < places.length; k++) {
        const raw = readBaseType(view, places[k] + offset, baseType, littleEndian)
        if (!Number.isNaN(raw)) values[rows[k]] = raw * unit - shift
      }
  }
}
