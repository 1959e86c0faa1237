import { expect, it } from 'vitest'
import type { NotificationEntry } from '../../../src/formats/phone-recording/entry.ts'
import { Stops } from '../../../web/group-run/stops.ts'

it('gives out beats that all arrived in one moment with times that rise, as a stream must have them', () => {
  const stops = new Stops({ listIn: () => [], setStrap: () => [] })
  const beat = (atMs: number): NotificationEntry => ({ kind: 'notification', atMs, bytes: Uint8Array.of(0, 100) })
  for (const atMs of [500, 500, 500, 501, 900]) stops.keep('noor', beat(atMs))
  expect(stops.take('noor').map(({ atMs }) => atMs)).toEqual([500, 501, 502, 503, 900])
  expect(stops.take('noor')).toEqual([])
})
