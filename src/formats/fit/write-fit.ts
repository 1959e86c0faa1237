// Writes a recording of any format as a FIT activity: what a client takes along. Pure and without a clock: the same
// recording gives the same bytes. It writes no serial number, no name and no place.
import { lengthOfSpansS } from '../../domain/time-in-zone/spans.ts'
import type { Recording } from '../../domain/recording.ts'
import { isOnFoot } from '../../domain/sport.ts'
import { deviceFields, sensorFields, sportFields, type SportFields } from './device-fields.ts'
import { wrapFit } from './envelope.ts'
import { MessageWriter } from './message-writer.ts'
import { placeBeats } from './place-beats.ts'
import { activityFile, sportWord, timerStart } from './profile.ts'
import { recordRows } from './record-rows.ts'
import { FIT_EPOCH_S } from './part.ts'
import { writeRecords, type TimerEvent } from './write-records.ts'
import { activityMessage, deviceInfoMessage, fileIdMessage, lapMessage, sessionMessage } from './written-messages.ts'

/** Timer event type `stop_all`; event numbers `session`, `lap`, `activity`; type `stop` (FIT profile). */
const STOP_ALL = 4
const event = { session: 8, lap: 9, activity: 26 } as const
const STOP = 1
/** FIT's clock can say no earlier and no later second. */
const FIRST_TIME = 0
const LAST_TIME = 0xfffffffe
/** Floating point may leave a whole second a hair short. */
const SLACK_S = 1e-6

/** Write a FIT activity that `readFit` reads back as the same recording, as far as FIT's own scales go:
 *  - times are whole seconds: a reading belongs to the second it falls in, of several in one second the last heart rate
 *    above 0 counts; the first and the last second always have a record, every record gives a row of motion;
 *  - heart rate 1 bpm, 0 stays 0, "no value" stays "no value", a second without a statement stays without; a heart rate
 *    above 254 and one taken while contact was lost are "no value": FIT cannot say the latter, and nobody may believe it;
 *  - cadence 1/128 per leg (on foot) or per turn, below 255; speed 1 mm/s, altitude 0.2 m, distance 1 cm, temperature 1 °C;
 *  - RR 1 ms up to 65.534 s; FIT gives a beat no time, so one comes back up to 2 s beside where it was (place-beats.ts);
 *  - the device's summary: heart rates 1 bpm, timer 1 ms, distance 1 cm. Without a timer of the device, elapsed time minus
 *    pauses stands there, for FIT asks for one;
 *  - a device named by no maker that FIT knows keeps its words as a product name, in ASCII, 32 letters at most;
 *  - `format` becomes `fit`, warnings of the file it came from are gone, and a start that FIT's clock cannot say
 *    (before 1990, after 2125) is put at the nearest second it can. */
export function writeFit(recording: Recording): Uint8Array {
  const sport = sportFields(recording.sport, recording.subSport)
  const startTime = Math.min(LAST_TIME, Math.max(FIRST_TIME, Math.floor(recording.startedAtMs / 1000) - FIT_EPOCH_S))
  const fractionS = recording.startedAtMs / 1000 - Math.floor(recording.startedAtMs / 1000)
  const toSecond = (elapsedS: number) => Math.floor(fractionS + elapsedS + SLACK_S)
  const rows = recordRows(recording, toSecond, isOnFoot(sportWord(sport.sport)))
  const seconds = [...rows.keys()]
  const elapsedS = seconds.at(-1) ?? recording.elapsedS
  const writer = new MessageWriter()
  writeDevices(writer, recording, startTime)
  writeRecords(
    writer,
    startTime,
    rows,
    rows.size === 0 ? [] : placeBeats(recording.rr, elapsedS),
    timerEvents(recording, elapsedS, toSecond),
  )
  writeSummaries(writer, recording, sport, startTime, elapsedS)
  return wrapFit(writer.finish())
}

function writeDevices(writer: MessageWriter, recording: Recording, startTime: number): void {
  const { manufacturer, product, name } = deviceFields(recording.device)
  writer.write(fileIdMessage, [activityFile, manufacturer, product, startTime])
  if (name !== '') writer.write(deviceInfoMessage, [startTime, 0, Number.NaN, Number.NaN, manufacturer, name])
  const sensor = sensorFields[recording.sensor]
  if (sensor === null) return
  writer.write(deviceInfoMessage, [startTime, 1, sensor.deviceType, sensor.sourceType, Number.NaN, sensor.name])
}

function timerEvents({ pauses }: Recording, elapsedS: number, toSecond: (elapsedS: number) => number): TimerEvent[] {
  const events: TimerEvent[] = [{ second: 0, eventType: timerStart }]
  for (const [fromS, toS] of pauses) {
    const from = toSecond(fromS)
    const to = toSecond(toS)
    const runsOut = toS >= elapsedS
    if (to <= from && !runsOut) continue
    events.push({ second: from, eventType: STOP_ALL })
    if (!runsOut) events.push({ second: to, eventType: timerStart })
  }
  events.push({ second: Math.ceil(elapsedS), eventType: STOP_ALL })
  return events
}

function writeSummaries(
  writer: MessageWriter,
  { summary, pauses, localOffsetS }: Recording,
  { sport, subSport }: SportFields,
  startTime: number,
  elapsedS: number,
): void {
  const endTime = startTime + Math.ceil(elapsedS)
  const elapsedMs = Math.round(elapsedS * 1000)
  const movedMs = Math.max(0, Math.round((elapsedS - lengthOfSpansS(pauses)) * 1000))
  const timerMs = summary.timerS === null ? movedMs : Math.round(summary.timerS * 1000)
  const scaled = (value: number | null, scale: number) => (value === null ? Number.NaN : Math.round(value * scale))
  writer.write(lapMessage, [endTime, 0, event.lap, STOP, startTime, elapsedMs, timerMs, sport])
  writer.write(sessionMessage, [
    endTime,
    0,
    event.session,
    STOP,
    startTime,
    sport,
    subSport,
    elapsedMs,
    timerMs,
    scaled(summary.distanceM, 100),
    scaled(summary.meanHeartRateBpm, 1),
    scaled(summary.maxHeartRateBpm, 1),
    0,
    1,
  ])
  const localTime = localOffsetS === null ? Number.NaN : endTime + localOffsetS
  writer.write(activityMessage, [endTime, timerMs, 1, 0, event.activity, STOP, localTime])
}
