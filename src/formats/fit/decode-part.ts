// The decode loop: one pass over the messages of one part of a FIT file. It never reads past `end`, always moves on by at
// least one byte, and stops with a warning at the first byte that makes no sense.
import { readBaseType } from './base-types.ts'
import { readDefinition, type Definition } from './definition.ts'
import type { GrowableFloats } from './growable.ts'
import { StrapClock } from './hr-messages.ts'
import { readMessage } from './messages.ts'
import { FitPart, NOT_STATED } from './part.ts'
import { mesg, recordColumns } from './profile.ts'

const HEART_RATE = recordColumns.indexOf('heartRate')

/** Decode the messages in `bytes[from, end)`.
 *  @returns the part, and where decoding stopped: `end` where all went well */
export function decodePart(
  bytes: Uint8Array,
  from: number,
  end: number,
): { readonly part: FitPart; readonly at: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const part = new FitPart()
  const definitions: (Definition | undefined)[] = Array.from({ length: 16 })
  const columns = recordColumns.map((column) => part.columns[column])
  const strap = new StrapClock()
  let time = 0
  let at = from
  while (at < end) {
    const header = bytes[at]
    if ((header & 0xc0) === 0x40) {
      const read = readDefinition(view, at, end, (code) => part.warnings.add(code))
      if (read === null) return stop('TRUNCATED')
      definitions[header & 0x0f] = read.definition
      at = read.next
      continue
    }
    const compressed = (header & 0x80) !== 0
    const definition = definitions[compressed ? (header >> 5) & 3 : header & 0x0f]
    if (definition === undefined) return stop('DAMAGED')
    const data = at + 1
    if (data + definition.size > end) return stop('TRUNCATED')
    let own: number | null = null
    if (compressed) {
      const offset = header & 0x1f
      own = time === 0 ? null : time - (time & 0x1f) + offset + (offset < (time & 0x1f) ? 0x20 : 0)
    } else if (definition.timestamp !== null) {
      const stamp = readBaseType(view, data + definition.timestamp.offset, 0x86, definition.littleEndian)
      own = Number.isNaN(stamp) ? null : stamp
    }
    if (own !== null) time = own
    if (definition.global === mesg.record) readRecord(part, columns, view, data, definition, own)
    else if (definition.global === mesg.hr) strap.read(part, view, data, definition, own)
    else readMessage(part, view, data, definition, time)
    at = data + definition.size
  }
  return { part, at }

  function stop(code: 'TRUNCATED' | 'DAMAGED') {
    part.warnings.add(code)
    return { part, at }
  }
}

function readRecord(
  part: FitPart,
  columns: readonly GrowableFloats[],
  view: DataView,
  at: number,
  definition: Definition,
  time: number | null,
): void {
  if (time === null) {
    part.warnings.add('TIME_MISSING')
    return
  }
  const { wanted, littleEndian } = definition
  const row = part.times.length
  part.times.push(time)
  for (let i = 0; i < wanted.length; i++) {
    const field = wanted[i]
    const value = readBaseType(view, at + field.offset, field.baseType, littleEndian) / field.scale - field.shift
    const column = columns[field.column]
    if (column.length === row) column.push(value)
    else if (!Number.isNaN(value)) column.replaceLast(value)
  }
  for (let c = 0; c < columns.length; c++)
    if (columns[c].length === row) columns[c].push(c === HEART_RATE ? NOT_STATED : Number.NaN)
}
