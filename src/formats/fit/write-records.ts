// The readings of an exported activity: `record` messages in time order, with timer events and RR intervals between them.
import type { MessageKind, MessageWriter } from './message-writer.ts'
import type { PlacedBeats } from './place-beats.ts'
import { mesg, timerEvent } from './profile.ts'
import type { RecordRow } from './record-rows.ts'
import { eventMessage, hrvMessage, RR_PER_MESSAGE, timeMessage } from './written-messages.ts'

type Column = Exclude<keyof RecordRow, 'heartRate'>

/** Field of each column; the wide one where a value asks for it (FIT's "enhanced" speed and altitude). */
const motionFields: readonly { column: Column; field: number; type: 'uint8' | 'sint8' | 'uint16' | 'uint32' }[] = [
  { column: 'cadence', field: 4, type: 'uint8' },
  { column: 'fractionalCadence', field: 53, type: 'uint8' },
  { column: 'distance', field: 5, type: 'uint32' },
  { column: 'temperature', field: 13, type: 'sint8' },
  { column: 'speed', field: 6, type: 'uint16' },
  { column: 'altitude', field: 2, type: 'uint16' },
]
const wideFields: Readonly<Partial<Record<Column, number>>> = { speed: 73, altitude: 78 }
const MAX_UINT16 = 0xfffe

export interface TimerEvent {
  readonly second: number
  readonly eventType: number
}

/** Write readings, each second's timer events before its record, its RR intervals behind. Beats in a
 *  second without a record follow a message that tells the time and nothing else.
 *  @param startTime FIT time of second 0 */
export function writeRecords(
  writer: MessageWriter,
  startTime: number,
  rows: ReadonlyMap<number, RecordRow>,
  beats: readonly PlacedBeats[],
  events: readonly TimerEvent[],
): void {
  const { withHeartRate, without, columns } = recordKinds(rows)
  const seconds = new Set([...rows.keys(), ...beats.map(({ second }) => second), ...events.map(({ second }) => second)])
  const rrAfter = new Map(beats.map(({ second, rrMs }) => [second, rrMs]))
  const eventsAt = Map.groupBy(events, ({ second }) => second)
  for (const second of [...seconds].sort((a, b) => a - b)) {
    const time = startTime + second
    for (const { eventType } of eventsAt.get(second) ?? []) writer.write(eventMessage, [time, timerEvent, eventType, 0])
    const row = rows.get(second)
    const rrMs = rrAfter.get(second) ?? []
    if (row === undefined) {
      if (rrMs.length > 0) writer.write(timeMessage, [time])
    } else {
      const motion = columns.map((column) => row[column])
      if (Number.isNaN(row.heartRate)) writer.write(without, [time, ...motion])
      else writer.write(withHeartRate, [time, row.heartRate, ...motion])
    }
    for (let i = 0; i < rrMs.length; i += RR_PER_MESSAGE) writer.write(hrvMessage, [rrMs.slice(i, i + RR_PER_MESSAGE)])
  }
}

/** Two layouts: with a heart rate, and without one where none was stated. Columns that nothing fills are left out. */
function recordKinds(rows: ReadonlyMap<number, RecordRow>) {
  const filled = motionFields
    .filter(({ column }) => [...rows.values()].some((row) => !Number.isNaN(row[column]) && isTold(column, row)))
    .map((field) => {
      const wide = wideFields[field.column]
      const needsWide = wide !== undefined && [...rows.values()].some((row) => row[field.column] > MAX_UINT16)
      return needsWide ? { ...field, field: wide, type: 'uint32' as const } : field
    })
  const kind = (local: number, heartRate: MessageKind['fields']): MessageKind => ({
    local,
    global: mesg.record,
    fields: [{ field: 253, type: 'uint32' }, ...heartRate, ...filled],
  })
  return {
    withHeartRate: kind(3, [{ field: 3, type: 'uint8' }]),
    without: kind(4, []),
    columns: filled.map(({ column }) => column),
  }
}

/** A fraction of 0 says nothing that its absence does not say. */
const isTold = (column: Column, row: RecordRow): boolean => column !== 'fractionalCadence' || row.fractionalCadence > 0
