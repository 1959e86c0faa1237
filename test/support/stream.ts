// Made streams: entries as a phone at a group run writes them.
import type { Guidance } from '../../src/domain/guidance.ts'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import { encodeHeartRateMeasurement } from '../../src/formats/strap/write-heart-rate-measurement.ts'

export const STREAM_START_MS = Date.UTC(2026, 10, 24, 9, 0, 0)

export interface MadeNotification {
  readonly bpm: number
  readonly rrMs?: readonly number[]
  readonly contact?: boolean
}

/** The bytes of a Heart Rate Measurement. */
export function measurement({ bpm, rrMs = [], contact }: MadeNotification): Uint8Array {
  return encodeHeartRateMeasurement({
    heartRateBpm: bpm,
    contact: contact === undefined ? 'unsupported' : contact ? 'yes' : 'no',
    rr1024: rrMs.map((ms) => Math.round((ms * 1024) / 1000)),
  })
}

/** Joined, given a chest strap, started; one notification a second with one RR interval that varies as a heart does; stopped.
 *  @param bpmAt heart rate of each second; null is a second without a notification */
export function madeStream(
  seconds: number,
  bpmAt: (second: number) => number | null,
  extra: readonly StreamEntry[] = [],
): StreamEntry[] {
  const entries: StreamEntry[] = [
    {
      kind: 'joined',
      atMs: STREAM_START_MS - 3000,
      by: 'therapist',
      zoneVersionId: null,
      localOffsetS: 3600,
      plannedMin: null,
    },
    { kind: 'strap', atMs: STREAM_START_MS - 2000, sensor: 'chest', device: 'FakeStrap' },
    { kind: 'start', atMs: STREAM_START_MS },
  ]
  for (let second = 0; second < seconds; second++) {
    const bpm = bpmAt(second)
    if (bpm === null) continue
    const atMs = STREAM_START_MS + second * 1000 + 500 + ((second * 37) % 90)
    entries.push({
      kind: 'notification',
      atMs,
      bytes: measurement({ bpm, rrMs: [60_000 / bpm + ((second * 53) % 23) - 11] }),
    })
  }
  entries.push({ kind: 'stop', atMs: STREAM_START_MS + seconds * 1000 })
  return [...entries, ...extra].sort((a, b) => a.atMs - b.atMs)
}

/** What a phone guides by, unless told otherwise: the usual watch level, no changed parameter. */
export const guided = (atMs: number, by: Partial<Guidance> = {}): StreamEntry => ({
  kind: 'guided',
  atMs,
  zoneVersionId: null,
  watchLevel: 'standard',
  parameters: {},
  ruleVersion: 'calmpace-1',
  limitsAsOfMs: null,
  ceilingBpm: 132,
  hardBpm: 162,
  ...by,
})
