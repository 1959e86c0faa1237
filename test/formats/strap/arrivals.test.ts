import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startArrivals, takeArrival } from '../../../src/formats/strap/arrivals.ts'

/** What becomes of arrivals at these times, ms. */
function told(timesMs: readonly number[]) {
  const arrivals = startArrivals(-Infinity)
  return timesMs.map((atMs) => takeArrival(arrivals, atMs))
}
const each = (fromMs: number, count: number, everyMs: number) =>
  Array.from({ length: count }, (_, i) => fromMs + i * everyMs)

describe('takeArrival (rule I)', () => {
  it('believes a strap from its first notification on, whatever its distance', () => {
    for (const everyMs of [250, 500, 1000, 1900])
      expect(new Set(told(each(1000, 60, everyMs)))).toEqual(new Set(['present']))
  })

  it('believes none of the 40 that waited while the page stood still, until two came at their natural distance', () => {
    const before = each(0, 20, 1000)
    const burst = each(60_000, 40, 1)
    const after = each(60_500, 4, 1000)
    const kinds = told([...before, ...burst, ...after]).slice(before.length)
    expect(kinds).toEqual([
      'unconfirmed',
      ...Array.from({ length: 39 }, () => 'late'),
      'unconfirmed',
      'present',
      'present',
      'present',
    ])
  })

  it('is not taken in by a page that stands still again between two of a queue', () => {
    const kinds = told([...each(0, 20, 1000), 60_000, 60_600, 60_601, 60_602, 61_300, 61_301]).slice(20)
    expect(kinds).not.toContain('present')
  })

  it('shows a strap that was out of reach with its third notification, and calls none of them late', () => {
    expect(told([...each(0, 20, 1000), ...each(80_000, 4, 1000)]).slice(20)).toEqual([
      'unconfirmed',
      'unconfirmed',
      'present',
      'present',
    ])
  })

  it('knows what is natural for a strap that tells twice a second', () => {
    expect(told([...each(0, 40, 500), ...each(60_000, 3, 500)]).slice(40)).toEqual([
      'unconfirmed',
      'unconfirmed',
      'present',
    ])
  })

  it('believes a strap again that tells oftener than before once no queue can be left', () => {
    const kinds = told([...each(0, 20, 2000), ...each(60_000, 200, 260)])
    expect(kinds.at(-1)).toBe('present')
  })

  it.each([
    [1000, 120_000, 380],
    [1000, 60_000, 300],
    [500, 120_000, 190],
    [500, 60_000, 150],
  ])(
    'believes none of a queue that a slow page hands over little by little: %d ms, %d ms of silence, each %d ms',
    (everyMs, silentMs, slowMs) => {
      const arrivals = startArrivals(-Infinity)
      const isHeld = (beatMs: number) => beatMs >= 60_000 && beatMs < 60_000 + silentMs
      let freeMs = 0
      for (let beatMs = 0; beatMs < 60_000 + 3 * silentMs; beatMs += everyMs) {
        const atMs = Math.max(isHeld(beatMs) ? 60_000 + silentMs : beatMs, freeMs)
        freeMs = atMs > beatMs ? atMs + slowMs : atMs + 1
        if (takeArrival(arrivals, atMs) === 'present') expect(atMs - beatMs).toBeLessThan(5000)
      }
      expect(arrivals.doubt).toBeNull()
    },
  )

  it('says how much older than its arrival a beat may be after a short silence', () => {
    const arrivals = startArrivals(-Infinity)
    for (const atMs of each(0, 20, 1000)) takeArrival(arrivals, atMs)
    expect(arrivals.delayMs).toBe(0)
    expect(takeArrival(arrivals, 23_500)).toBe('present')
    expect(arrivals.delayMs).toBe(3500)
    takeArrival(arrivals, 23_510)
    expect(arrivals.delayMs).toBe(3510)
    takeArrival(arrivals, 24_500)
    expect(arrivals.delayMs).toBeLessThan(100)
  })

  it('does not believe what comes all at once before anything is known of a strap', () => {
    expect(told([...each(0, 5, 1), 1000, 2000])).toEqual([
      'present',
      'late',
      'late',
      'late',
      'late',
      'unconfirmed',
      'present',
    ])
  })

  it.each([
    [2, 2000],
    [2, 1000],
  ])('believes a strap whose way it is to tell %i at once, after the first quarter of a minute', (atOnce, everyMs) => {
    const times = each(0, 60, everyMs).flatMap((atMs) => each(atMs, atOnce, 10))
    const kinds = told(times)
    expect(new Set(kinds.filter((_, i) => times[i] > 18_000))).toEqual(new Set(['present']))
  })

  it('does not believe a first one that comes long after the strap was given', () => {
    const first = (fromMs: number) => takeArrival(startArrivals(fromMs), 60_000)
    expect([first(59_500), first(55_000), first(54_999)]).toEqual(['present', 'present', 'unconfirmed'])
  })

  it('believes nothing that is older than 5 s, whatever the page stands still', () => {
    // A strap tells once a second; the page stands still for a while again and again, and then hears all at once.
    const stalls = fc.array(
      fc.record({ afterMs: fc.integer({ min: 3000, max: 30_000 }), forMs: fc.integer({ min: 100, max: 90_000 }) }),
      {
        maxLength: 8,
      },
    )
    const shape = fc.record({
      stalls,
      everyMs: fc.integer({ min: 450, max: 1500 }),
      perMs: fc.integer({ min: 0, max: 40 }),
      seed: fc.integer(),
    })
    fc.assert(
      fc.property(shape, ({ stalls: list, everyMs, perMs, seed }) => {
        const arrivals = startArrivals(-Infinity)
        let freeMs = 0
        let untilMs = 0
        const spans = list.map(({ afterMs, forMs }) => {
          const span = [untilMs + afterMs, untilMs + afterMs + forMs] as const
          untilMs = span[1]
          return span
        })
        for (let i = 0; i * everyMs < untilMs + 20_000; i++) {
          const beatMs = i * everyMs + ((i * 7919 + seed) % 90)
          const stall = spans.find(([fromMs, toMs]) => beatMs >= fromMs && beatMs < toMs)
          const atMs = Math.max(stall?.[1] ?? beatMs, freeMs)
          freeMs = atMs + perMs
          const { usualMs } = arrivals
          const arrival = takeArrival(arrivals, atMs)
          if (arrival !== 'present') continue
          // The number stands as present until it is 5 s old, less the delay that it may have.
          expect(atMs - beatMs).toBeLessThanOrEqual(Math.max(5000, arrivals.delayMs))
          // What the delay is guessed from jitters by 90 ms at both ends, beside what the usual distance is learned from; and of a
          // strap that tells fast it is learned too large at first.
          expect(atMs - beatMs - arrivals.delayMs).toBeLessThanOrEqual(200 + Math.max(0, usualMs - everyMs))
        }
        expect(arrivals.doubt).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})
