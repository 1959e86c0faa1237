// The messages other than records: read field by field into the part.
import { readBaseType, UINT16 } from './base-types.ts'
import type { Definition, Field } from './definition.ts'
import { readFitText } from './fit-text.ts'
import type { FitTime } from './fit-time.ts'
import type { FitPart } from './part.ts'
import { mesg, timerEvent, timerStops } from './profile.ts'

/** Read one data message whose fields begin at `at`, other than `record`, `hrv` and `hr`.
 *  @param time the current time of the part, from this message or from the last that had one; 0 where none had
 *  @param hasTime whether it is this message's own */
export function readMessage(
  part: FitPart,
  view: DataView,
  at: number,
  definition: Definition,
  { time, hasTime }: { readonly time: FitTime; readonly hasTime: boolean },
): void {
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
      // Nobody knows when a stop without a time was: it ends nothing (rule T3).
      if (value(0) === timerEvent && time > 0 && (hasTime || !timerStops.has(value(1))))
        part.timerEvents.push({ atTime: time, eventType: value(1), behind: part.records.length })
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
      if (!Number.isNaN(value(5) - value(253))) part.stamp = { utcS: value(253), localS: value(5) }
      return
    default:
  }
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

const readText = (view: DataView, at: number, field: Field | undefined): string =>
  field === undefined ? '' : readFitText(new Uint8Array(view.buffer, view.byteOffset + at + field.offset, field.size))

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
        if (rrMs !== 0xffff) addBeat(part, rrMs, time)
      }
    else
      for (let p = at + offset; p < end; p += 2) {
        const rrMs = readBaseType(view, p, baseType, littleEndian)
        if (!Number.isNaN(rrMs)) addBeat(part, rrMs, time)
      }
  }
}

function addBeat(part: FitPart, rrMs: number, time: FitTime): void {
  part.beats.push(rrMs, time)
  part.beatsBehind.push(part.records.length)
}
