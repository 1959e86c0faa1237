import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBatch, encodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { guided, madeStream } from '../../support/stream.ts'

const text = fc.string({ maxLength: 30 })
const anyGuided = fc.record({
  kind: fc.constant('guided' as const),
  zoneVersionId: fc.option(text),
  watchLevel: fc.constantFrom('standard' as const, 'extra' as const),
  parameters: fc.dictionary(
    text.filter((name) => name !== '__proto__'),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    { noNullPrototype: true },
  ),
  ruleVersion: text,
  limitsAsOfMs: fc.option(fc.integer()),
  ceilingBpm: fc.option(fc.integer({ min: 70, max: 200 })),
  hardBpm: fc.option(fc.integer({ min: 75, max: 220 })),
})
const shape = fc.oneof(
  { weight: 8, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => ({ kind: 'notification' as const, bytes })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('start', 'pause', 'resume', 'stop', 'ended_by_itself', 'continued')
      .map((kind) => ({ kind })),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('told', 'acknowledge', 'snooze'), by: text }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('missed' as const), sinceMs: fc.integer() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('clock' as const), setMs: fc.integer() }) },
  { weight: 1, arbitrary: anyGuided },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('strap' as const),
      sensor: fc.constantFrom('chest', 'arm', 'wrist', 'unknown', null),
      device: fc.option(text),
    }),
  },
)
/** Entries whose times rise. */
const anyEntries: fc.Arbitrary<StreamEntry[]> = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 100_000 }), shape), { maxLength: 60 })
  .map((steps) => {
    let atMs = Date.UTC(2026, 10, 24)
    return steps.map(([stepMs, entry]) => ({ ...entry, atMs: (atMs += stepMs) }))
  })

describe('batch', () => {
  it('comes back as it was laid down, whatever the entries', () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        expect(decodeBatch(encodeBatch(entries))).toEqual({ ok: true, entries })
      }),
    )
  })

  it('takes at most 8 bytes for a notification with one RR interval', () => {
    const entries = madeStream(600, () => 120).filter(({ kind }) => kind === 'notification')
    expect(encodeBatch(entries).length / entries.length).toBeLessThan(8)
  })

  it('refuses times that do not rise', () => {
    const entries: StreamEntry[] = [
      { kind: 'start', atMs: 5 },
      { kind: 'stop', atMs: 5 },
    ]
    expect(() => encodeBatch(entries)).toThrow(RangeError)
  })

  it('never throws on other bytes, and says what they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBatch(bytes).ok).toBe(false)
      }),
    )
  })

  it('never throws on a batch that was damaged or cut', () => {
    const whole = encodeBatch(madeStream(20, () => 120))
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Uint8Array.from(whole)
        damaged[at] = (damaged[at] ?? 0) ^ change
        expect(() => decodeBatch(damaged)).not.toThrow()
        expect(decodeBatch(whole.subarray(0, at)).ok).toBe(false)
      }),
    )
  })

  it('takes no mark with a member of another type or an unknown kind', () => {
    const marks = [
      { kind: 'told', atMs: 1 },
      { kind: 'told', atMs: 1, by: 7 },
      { kind: 'strap', atMs: 1, sensor: 'ankle', device: null },
      { kind: 'fall', atMs: 1 },
      { kind: 'clock', atMs: 1, setMs: 0.5 },
      ...[
        { parameters: { 'monitor.overHoldS': '20' } },
        { parameters: [20] },
        { parameters: null },
        { watchLevel: 'none' },
        { ceilingBpm: -1 },
        { ceilingBpm: undefined },
        { limitsAsOfMs: 'today' },
      ].map((wrong) => ({ ...guided(1), ...wrong })),
      { kind: 'start', atMs: 1.5 },
      { kind: 'constructor', atMs: 1 },
      null,
    ]
    for (const mark of marks)
      expect(decodeBatch(encodeBatch([mark as unknown as StreamEntry].filter(Boolean))).ok).toBe(mark === null)
  })
})
