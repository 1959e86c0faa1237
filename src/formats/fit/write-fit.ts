// Writes a recording of any format as a FIT activity: what a client takes along. Pure and without a clock: the same
// recording gives the same bytes. It writes no serial number, no name and no place.
import { uniteSpans } from '../../domain/time-in-zone/spans.ts'
import type { Recording, SpanS } from '../../domain/recording.ts'
import { isOnFoot } from '../../domain/sport.ts'
import { deviceFields, sensorFields, sportFields, type SportFields } from './device-fields.ts'
import { wrapFit } from './envelope.ts'
import { MessageWriter } from './message-writer.ts'
import { placeBeats } from './place-beats.ts'
import { activityFile, sportWord, timerEvent, timerStart } from './profile.ts'
import { recordRows, withoutStrays } from './record-rows.ts'
import { FIT_EPOCH_S } from './fit-time.ts'
import { writeRecords, type TimerEvent } from './write-records.ts'
import {
  activityMessage,
  deviceInfoMessage,
  eventMessage,
  fileIdMessage,
  lapMessage,
  sessionMessage,
} from './written-messages.ts'
import { writtenTotals, type WrittenTotals } from './written-totals.ts'

/** Timer event type `stop_all`; event numbers `session`, `lap`, `activity`; type `stop` (FIT profile). */
const STOP_ALL = 4
const event = { session: 8, lap: 9, activity: 26 } as const
const STOP = 1
/** What ended the only lap and the only session. */
const trigger = { lap: 7, session: 0 } as const
/** FIT's clock can say no earlier and no later second. */
const FIRST_TIME = 0
const LAST_TIME = 0xfffffffe
/** Floating point may leave a whole second a hair short. */
const SLACK_S = 1e-6

/** Write a FIT activity that `readFit` reads back as the same recording, as far as FIT's own scales go:
 *  - times are whole seconds: a reading belongs to the second it falls in, of several in one second the last heart rate
 *    above 0 counts; the first and the last second always have a record, every record gives a row of motion;
 *  - heart rate 1 bpm, 0 stays 0, a second without a statement stays without; "no value", a heart rate above 254, one taken while
 *    contact was lost and one that only repeats are 0, a dropout: FIT cannot say these, and nobody may believe them;
 *  - holes of over ten minutes, where a reader would take what lies behind them for strays, have rows without values (rule T1);
 *  - cadence 1/128 per leg (on foot) or per turn, below 255; speed 1 mm/s, altitude 0.2 m, distance 1 cm, temperature 1 °C;
 *  - RR 1 ms up to 65.534 s; FIT gives a beat no time, so one comes back up to 2 s beside where it was (place-beats.ts);
 *  - lap, session and activity sum up what stands in the file (written-totals.ts), whatever the device summed up;
 *  - a device named by no maker that FIT knows keeps its words as a product name, 32 bytes of UTF-8 at most;
 *  - `format` becomes `fit`, warnings of the file it came from are gone, and a start that FIT's clock cannot say
 *    (before 1990, after 2125) is put at the nearest second it can.
 *
 *  @param utcOffsetS local time minus UTC at the start; the clinic's, where the recording does not know it
 *  @returns null where there is nothing but a summary: an activity without a record is none, and other programs refuse it or
 *  show a run that was not measured */
export function writeFit(recording: Recording, utcOffsetS = recording.localOffsetS): Uint8Array | null {
  const sport = sportFields(recording.sport, recording.subSport)
  const fractionS = recording.startedAtMs / 1000 - Math.floor(recording.startedAtMs / 1000)
  const toSecond = (elapsedS: number) => Math.floor(fractionS + elapsedS + SLACK_S)
  const measured = recordRows(recording, toSecond, isOnFoot(sportWord(sport.sport)))
  const lastS = [...measured.keys()].at(-1)
  if (lastS === undefined) return null
  const pauses = uniteSpans(
    recording.pauses.map(([from, to]): SpanS => [toSecond(from), to < recording.elapsedS ? toSecond(to) : lastS]),
    0,
    lastS,
  )
  const startTime = startOf(recording, lastS)
  const rows = withoutStrays(measured, startTime + FIT_EPOCH_S, pauses)
  const writer = new MessageWriter()
  writeDevices(writer, recording, startTime)
  writeRecords(writer, startTime, rows, placeBeats(recording.rr, lastS), timerEvents(pauses, lastS))
  const last = pauses.at(-1)
  if (last?.[1] !== lastS || last[0] === 0) writer.write(eventMessage, [startTime + lastS, timerEvent, STOP_ALL, 0])
  const totals = writtenTotals(rows, lastS, pauses, recording.summary)
  writeSummaries(writer, sport, startTime, totals, utcOffsetS)
  return wrapFit(writer.finish())
}

const startOf = ({ startedAtMs }: Recording, lastS: number): number =>
  Math.min(LAST_TIME - lastS, Math.max(FIRST_TIME, Math.floor(startedAtMs / 1000) - FIT_EPOCH_S))

function writeDevices(writer: MessageWriter, recording: Recording, startTime: number): void {
  const { manufacturer, product, name } = deviceFields(recording.device)
  writer.write(fileIdMessage, [activityFile, manufacturer, product, startTime])
  if (name !== '') writer.write(deviceInfoMessage, [startTime, 0, Number.NaN, Number.NaN, manufacturer, name])
  const sensor = sensorFields[recording.sensor]
  if (sensor === null) return
  writer.write(deviceInfoMessage, [startTime, 1, sensor.deviceType, sensor.sourceType, Number.NaN, sensor.name])
}

/** Starts and stops by turns, from the first second on; the stop at the end stands behind the last record. A timer that never ran
 *  is started once more there: a stop in the second of a start that nothing ends is not believed (rule T3). */
function timerEvents(pauses: readonly SpanS[], lastS: number): TimerEvent[] {
  const events: TimerEvent[] = [{ second: 0, eventType: timerStart }]
  for (const [from, to] of pauses) {
    events.push({ second: from, eventType: STOP_ALL })
    if (to < lastS || from === 0) events.push({ second: to, eventType: timerStart })
  }
  return events
}

function writeSummaries(
  writer: MessageWriter,
  { sport, subSport }: SportFields,
  startTime: number,
  { elapsedMs, timerMs, distanceCm, meanHeartRateBpm, maxHeartRateBpm }: WrittenTotals,
  utcOffsetS: number | null,
): void {
  const endTime = startTime + elapsedMs / 1000
  const rates = [meanHeartRateBpm, maxHeartRateBpm]
  const times = [startTime, elapsedMs, timerMs, distanceCm]
  writer.write(lapMessage, [endTime, 0, event.lap, STOP, ...times, ...rates, trigger.lap, sport])
  const ofSession = [sport, subSport, 0, 1, trigger.session]
  writer.write(sessionMessage, [endTime, 0, event.session, STOP, ...times, ...rates, ...ofSession])
  const localTime = utcOffsetS === null ? Number.NaN : endTime + utcOffsetS
  writer.write(activityMessage, [endTime, timerMs, 1, 0, event.activity, STOP, localTime])
}
