// Recordings of made clients' outings, as each device hands them in: for what holds two of them against each other.
import type { HandedIn, MadeClient } from '../../fixtures/weeks/client.ts'
import { encodeOuting } from '../../fixtures/weeks/files.ts'
import { liveOuting } from '../../fixtures/weeks/outing.ts'
import { sense } from '../../fixtures/weeks/sensor.ts'
import type { Recording } from '../../src/domain/recording.ts'
import { readFile } from '../../src/formats/read-file.ts'

/** What is handed in as a file, oldest first. */
export const handedInBy = ({ events }: MadeClient): HandedIn[] =>
  events.flatMap((event) => (event.kind === 'recording' && event.format !== null ? [event] : []))

/** The bytes that a device writes of an outing. */
export function bytesOf({ outing, format, sensor, device, body, isSmart, offsetS, ...times }: HandedIn): Uint8Array {
  const seconds = liveOuting(body, outing).slice(times.lateS)
  const startedAtMs = times.startedAtMs + times.lateS * 1000
  const written = { startedAtMs, offsetS, activity: outing.activity, worn: sensor.worn, isSmart }
  return encodeOuting(seconds, sense(seconds, sensor, `${outing.id} ${device}`), format ?? 'fit', written)
}

export function recordingOf(handedIn: HandedIn): Recording {
  const reading = readFile('made', bytesOf(handedIn))
  const [recording] = reading.ok ? reading.recordings : []
  if (recording === undefined) throw new Error('a made outing is not read')
  return recording
}

/** The same recording by a clock that is off. */
export const movedBy = (recording: Recording, seconds: number): Recording => ({
  ...recording,
  startedAtMs: recording.startedAtMs + seconds * 1000,
})
