import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSettled, look, pressedOf, SETTLE_MS, type Sight, type Standing } from '../../web/ui/press.ts'

const at = (top: number, meaning = 'tile anna', scrollY = 0): Sight => ({
  meaning,
  box: { left: 0, top, right: 180, bottom: top + 90 },
  scrollX: 0,
  scrollY,
})
const seen = (steps: readonly (readonly [atMs: number, sight: Sight])[]): Standing =>
  steps.reduce<Standing | null>((before, [atMs, sight]) => look(before, sight, atMs), null) ?? look(null, at(0), 0)

describe('what stands still', () => {
  it('has settled after 0.7 s, and not before', () => {
    const standing = seen([[1000, at(0)]])
    expect(isSettled(standing, 1000 + SETTLE_MS - 1)).toBe(false)
    expect(isSettled(standing, 1000 + SETTLE_MS)).toBe(true)
  })

  it('begins anew where it moved or means something else, not where a digit made it wider', () => {
    const from = [0, at(0)] as const
    expect(seen([from, [900, at(90)]]).sinceMs).toBe(900)
    expect(seen([from, [900, at(0, 'tile bram')]]).sinceMs).toBe(900)
    expect(seen([from, [900, at(5)]]).sinceMs).toBe(0)
  })

  it('is not fooled by creeping', () => {
    expect(seen([0, 3, 6, 9, 12].map((top, i) => [i * 500, at(top)])).sinceMs).toBe(1500)
  })

  it('may be scrolled by the reader, or stick to the screen while the rest is scrolled', () => {
    expect(
      seen([
        [0, at(400)],
        [800, at(0, 'tile anna', 400)],
      ]).sinceMs,
    ).toBe(0)
    expect(
      seen([
        [0, at(400)],
        [800, at(400, 'tile anna', 300)],
      ]).sinceMs,
    ).toBe(0)
  })

  it('has moved where the page pushed it while the reader scrolled', () => {
    expect(
      seen([
        [0, at(400)],
        [800, at(60, 'tile anna', 400)],
      ]).sinceMs,
    ).toBe(800)
  })

  it('has stood within 8 px and meant the same for 0.7 s, whatever came before (property)', () => {
    const step = fc.record({
      waitMs: fc.integer({ min: 1, max: 900 }),
      top: fc.constantFrom(0, 4, 20, 90),
      meaning: fc.constantFrom('anna', 'bram'),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 30 }), (steps) => {
        let nowMs = 0
        const sights = steps.map(({ waitMs, top, meaning }) => [(nowMs += waitMs), at(top, meaning)] as const)
        const standing = seen(sights)
        if (!isSettled(standing, nowMs)) return
        const [, last] = sights.at(-1) ?? [0, at(0)]
        for (const [atMs, { meaning, box }] of sights.filter(([atMs]) => atMs > nowMs - SETTLE_MS)) {
          expect([atMs, meaning]).toEqual([atMs, last.meaning])
          expect(Math.abs(box.top - last.box.top)).toBeLessThanOrEqual(16)
        }
      }),
    )
  })
})

describe('a press', () => {
  const down = { target: 'cem', meaning: 'tile cem', x: 60, y: 200 }

  it('goes to what stood under the finger as it came down, wherever that is now', () => {
    expect(pressedOf(down, { target: 'cem', x: 60, y: 200 }, 'tile cem')).toBe('cem')
    expect(pressedOf(down, { target: 'bram', x: 61, y: 203 }, 'tile cem')).toBe('cem')
    expect(pressedOf(down, { target: null, x: 60, y: 200 }, 'tile cem')).toBe('cem')
  })

  it('is nobody’s where that is gone, means somebody else now, or had not settled', () => {
    expect(pressedOf(down, { target: 'bram', x: 60, y: 200 }, null)).toBeNull()
    expect(pressedOf(down, { target: 'cem', x: 60, y: 200 }, 'tile anna')).toBeNull()
    expect(pressedOf({ ...down, target: null }, { target: 'bram', x: 60, y: 200 }, null)).toBeNull()
    expect(pressedOf(null, { target: 'bram', x: 60, y: 200 }, null)).toBeNull()
  })

  it('is taken back by sliding off', () => {
    expect(pressedOf(down, { target: 'bram', x: 60, y: 260 }, 'tile cem')).toBeNull()
  })

  it('never reaches what did not stand under the finger (property)', () => {
    const name = fc.constantFrom('anna', 'bram', 'cem', null)
    const place = fc.record({ target: name, x: fc.integer({ min: 0, max: 99 }), y: fc.integer({ min: 0, max: 99 }) })
    fc.assert(
      fc.property(place, place, name, (from, up, meaningNow) => {
        const pressed = pressedOf({ ...from, meaning: from.target ?? '' }, up, meaningNow)
        expect(pressed === null || (pressed === from.target && meaningNow === from.target)).toBe(true)
      }),
    )
  })
})
