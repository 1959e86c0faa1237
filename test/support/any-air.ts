// What may come between a heart and a phone, for properties: a strap that beats, lies, loses the skin or goes, and a page that
// stands still and then hears at once what waited. Unlike a stream it knows when each beat really was.
import fc from 'fast-check'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import { measurement, STREAM_START_MS } from './stream.ts'

export interface Told {
  readonly entry: StreamEntry
  /** When the heart beat; null for what is no notification. */
  readonly beatMs: number | null
  readonly bpm: number
  readonly isGood: boolean
}

const hands = ['pause', 'resume', 'strap_off', 'strap_on', 'acknowledge'] as const
interface Second {
  readonly bpm: number
  readonly kind: 'beat' | 'none' | 'no_skin' | 'zero' | 'broken' | 'double'
}
const second: fc.Arbitrary<Second> = fc.record({
  bpm: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 105, max: 150 }) },
    { weight: 1, arbitrary: fc.integer({ min: 20, max: 240 }) },
  ),
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constant('beat' as const) },
    { weight: 1, arbitrary: fc.constantFrom('none', 'no_skin', 'zero', 'broken', 'double') },
  ),
})
/** Runs of alike seconds, so that something is said. */
const seconds = fc
  .array(fc.tuple(second, fc.integer({ min: 1, max: 45 })), { minLength: 3, maxLength: 12 })
  .map((runs) => runs.flatMap(([one, count]) => Array.from({ length: count }, () => one)))
const stalls = fc.array(fc.tuple(fc.integer({ min: 2000, max: 60_000 }), fc.integer({ min: 200, max: 60_000 })), {
  maxLength: 4,
})
const made = fc.array(fc.tuple(fc.integer({ min: 1, max: 300_000 }), fc.constantFrom(...hands)), { maxLength: 5 })

/** Entries as a phone writes them, each with the moment of its beat. */
export const anyAir: fc.Arbitrary<readonly Told[]> = fc
  .tuple(seconds, stalls, made, fc.integer({ min: 0, max: 30 }))
  .map(([list, waits, pressed, perMs]) => {
    let untilMs = 0
    const spans = waits.map(([afterMs, forMs]) => {
      const fromMs = untilMs + afterMs
      untilMs = fromMs + forMs
      return [fromMs, untilMs] as const
    })
    const heardAt = (ms: number) => spans.find(([fromMs, toMs]) => ms >= fromMs && ms < toMs)?.[1] ?? ms
    const told: Told[] = [
      mark({ kind: 'strap', atMs: STREAM_START_MS - 2, sensor: 'chest', device: null }),
      mark({ kind: 'start', atMs: STREAM_START_MS }),
    ]
    // The clock finds out before anything else is written.
    for (const [fromMs, toMs] of spans)
      if (toMs - fromMs > 5000)
        told.push(mark({ kind: 'missed', atMs: STREAM_START_MS + toMs, sinceMs: STREAM_START_MS + fromMs }))
    for (const [ms, hand] of pressed) told.push(mark(entryOf(hand, STREAM_START_MS + heardAt(ms))))
    let freeMs = 0
    for (const [i, { bpm, kind }] of list.entries()) {
      if (kind === 'none') continue
      const beatMs = 500 + i * 1000 + ((i * 37) % 90)
      const atMs = Math.max(heardAt(beatMs), freeMs)
      freeMs = atMs + perMs
      const bytes =
        kind === 'broken'
          ? Uint8Array.of(0)
          : measurement({
              bpm: kind === 'zero' ? 0 : bpm,
              rrMs: [Math.min(2000, 60_000 / bpm) + (i % 23)],
              ...(kind === 'no_skin' ? { contact: false } : {}),
            })
      const isGood = (kind === 'beat' || kind === 'double') && bpm >= 30 && bpm <= 230
      const one = { beatMs: STREAM_START_MS + beatMs, bpm, isGood }
      told.push({ ...one, entry: { kind: 'notification', atMs: STREAM_START_MS + atMs, bytes } })
      if (kind === 'double')
        told.push({ ...one, entry: { kind: 'notification', atMs: STREAM_START_MS + atMs + 3, bytes } })
    }
    const lastMs = told.reduce((last, { entry }) => Math.max(last, entry.atMs), 0)
    return rising([...told, mark({ kind: 'stop', atMs: lastMs + 20_000 })])
  })

const mark = (entry: StreamEntry): Told => ({ entry, beatMs: null, bpm: 0, isGood: false })

function entryOf(hand: (typeof hands)[number], atMs: number): StreamEntry {
  switch (hand) {
    case 'strap_off':
      return { kind: 'strap', atMs, sensor: null, device: null }
    case 'strap_on':
      return { kind: 'strap', atMs, sensor: 'chest', device: null }
    case 'acknowledge':
      return { kind: hand, atMs, by: 'therapist' }
    case 'pause':
    case 'resume':
      return { kind: hand, atMs }
  }
}

/** As the recorder stamps: each later than the one before. */
function rising(told: readonly Told[]): Told[] {
  let lastMs = -Infinity
  return told
    .toSorted((a, b) => a.entry.atMs - b.entry.atMs)
    .map((one) => {
      lastMs = Math.max(one.entry.atMs, lastMs + 1)
      return { ...one, entry: { ...one.entry, atMs: lastMs } }
    })
}
