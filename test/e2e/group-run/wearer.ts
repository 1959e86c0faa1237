// A strap that somebody wears in a test, with everything that it sent and whether the air took it.
import { strict as assert } from 'node:assert'
import { decodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { readStreamBatches, readStreamFile } from '../../../src/formats/phone-recording/stream-file.ts'
import type { Recording } from '../../../src/domain/recording.ts'
import {
  encodeHeartRateMeasurement,
  type WrittenMeasurement,
} from '../../../src/formats/strap/write-heart-rate-measurement.ts'
import type { FakeBluez } from '../../support/fake-bluez.ts'
import type { FakeStrap } from '../../support/fake-strap.ts'

interface Sent {
  readonly atMs: number
  readonly bytes: Uint8Array
}

export class Wearer {
  readonly alias: string
  /** Changes when another is handed over. */
  strap: FakeStrap
  /** What the air took: the strap had a link and somebody was subscribed. */
  readonly onAir: Sent[] = []
  /** Place in `onAir`. */
  begunAt = 0
  #count = 0

  constructor(alias: string, strap: FakeStrap) {
    this.alias = alias
    this.strap = strap
  }

  /** One heart rate. Its energy counts the beats, so that no two notifications are alike: what is missing can be told
   *  from what is like it. */
  beat(bpm: number): void {
    this.#count++
    this.send({
      heartRateBpm: Math.round(bpm),
      contact: 'yes',
      energyKj: this.#count & 0xffff,
      rr1024: [Math.round((60 / bpm) * 1024) + (this.#count % 40)],
    })
  }

  send(measurement: WrittenMeasurement): void {
    this.sendBytes(encodeHeartRateMeasurement(measurement))
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.strap.notify(bytes)) this.onAir.push({ atMs: Date.now(), bytes })
  }

  /** The run goes on from here at the latest: what was sent before may have been before the start. */
  begin(): void {
    this.begunAt = this.onAir.length
  }
}

export const dress = (bluez: FakeBluez, aliases: readonly string[], from = 1): Wearer[] =>
  aliases.map((alias, i) => {
    const number = from + i
    const twoDigits = (value: number) => String(value).padStart(2, '0')
    const address = `C0:00:00:00:${twoDigits(1 + Math.floor(number / 100))}:${twoDigits(number % 100)}`
    return new Wearer(alias, bluez.addStrap({ address, name: `Band ${twoDigits(number)}`, battery: i === 1 ? 12 : 88 }))
  })

/** The bytes of every notification in a stream file, in order. */
export function notificationsIn(file: Uint8Array): { readonly bytes: string[]; readonly recording: Recording } {
  const reading = readStreamFile(file)
  assert.ok(reading.ok, 'the stream file can be read')
  const [recording] = reading.recordings
  assert.ok(recording !== undefined)
  return { bytes: rawNotifications(file), recording }
}

/** What of `onAir` is not in a recording, by place; null where the recording is not `onAir` with some left out: something
 *  came that was not sent, or twice, or out of order. */
export function lostOf({ onAir, begunAt }: Wearer, got: readonly string[]): Sent[] | null {
  const lost: Sent[] = []
  let at = 0
  for (const [place, sent] of onAir.entries())
    if (got[at] === hex(sent.bytes)) at++
    else if (place >= begunAt) lost.push(sent)
  return at === got.length ? lost : null
}

function rawNotifications(file: Uint8Array): string[] {
  return readStreamBatches(file).batches.flatMap(({ bytes }) => {
    const decoded = decodeBatch(bytes)
    assert.ok(decoded.ok)
    return decoded.entries.flatMap((entry) => (entry.kind === 'notification' ? [hex(entry.bytes)] : []))
  })
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
