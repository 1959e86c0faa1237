// The messages other than records: read field by field into the part.
import { readBaseType, UINT16 } from './base-types.ts'
import type { Definition, Field } from './definition.ts'
import type { FitPart, FitTime } from './part.ts'
import { mesg, timerEvent } from './profile.ts'

/** Read one data message whose fields begin at `at`, other than `record`, `hrv` and `hr`.
 *  @param time the current time of the part, from this message or from the last that had one; 0 where none had */
export function readMessage(part: FitPart, view: DataView, at: number, definition: Definition, time: FitTime): void {
  const value = (number: number): number => {
    const field = definition.fields.find((candidate) => candidate.number === number)
    return field === undefined || field.valueSize === 0
      ? Number.NaN
      : readBaseType(view, at + field.offset, field.baseType, definition.littleEndian)
  }
  switch (definition.global) {
    case mesg.fileId:
      // It comes first in a file: behind records it is damage that happens to look like one.
      if (part.records.length === 0) part.fileType ??= orNull(value(0))
      part.manufacturer = value(1)
      part.product = value(2)
      return
    case mesg.session:
      part.sessions.push({
        startTime: value(2),
        endTime: time,
        sport: value(5),
        subSport: value(6),
        elapsedS: value(7) / 1000,
        timerS: value(8) / 1000,
        distanceM: value(9) / 100,
        meanHeartRateBpm: value(16),
        maxHeartRateBpm: value(17),
      })
      return
    case mesg.event:
      if (value(0) === timerEvent && time > 0) part.timerEvents.push({ atTime: time, eventType: value(1) })
      return
    case mesg.deviceInfo:
      part.devices.push({
        index: value(0),
        deviceType: value(1),
        sourceType: value(25),
        manufacturer: value(2),
        product: value(4),
        name: readText(
          view,
          at,
          definition.fields.find((field) => field.number === 27),
        ),
      })
      return
    case mesg.activity:
      part.localOffsetS = localOffset(value(5), value(253))
      return
    default:
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Local minus UTC; null unless it is a quarter of an hour that some place on earth keeps. */
function localOffset(local: number, utc: number): number | null {
  const offsetS = Math.round((local - utc) / 900) * 900
  return Number.isNaN(offsetS) || Math.abs(offsetS) > 15 * 3600 || Math.abs(local - utc - offsetS) > 60 ? null : offsetS
}

function readText(view: DataView, at: number, field: Field | undefined): string {
  let text = ''
  for (let i = 0; field !== undefined && i < field.size; i++) {
    const byte = view.getUint8(at + field.offset + i)
    if (byte === 0) break
    if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte)
  }
  return text
}

/** `hrv` (78): field 0, RR intervals in 1/1000 s. */
export function readHrv(part: FitPart, view: DataView, at: number, definition: Definition, time: FitTime): void {
  const { fields, littleEndian } = definition
  for (let f = 0; f < fields.length; f++) {
    const { number, valueSize, offset, size, baseType } = fields[f]
    if (number !== 0 || valueSize !== 2) continue
    const end = at + offset + size
    if (baseType === UINT16)
      for (let p = at + offset; p < end; p += 2) {
        const rrMs = view.getUint16(p, littleEndian)
        if (rrMs !== 0xffff) part.beats.push(rrMs, time)
      }
    else
      for (let p = at + offset; p < end; p += 2) {
        const rrMs = readBaseType(view, p, baseType, littleEndian)
        if (!Number.isNaN(rrMs)) part.beats.push(rrMs, time)
      }
  }
}
