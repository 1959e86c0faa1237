import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  barsOf,
  BOTTOM,
  dotOf,
  HEIGHT,
  heightOf,
  LEFT,
  lineOf,
  topOf,
  WIDTH,
  wordAt,
} from '../../web/charts/weeks/geometry.ts'
import { byNeed } from '../../web/screens/clients/group-weeks/by-need.ts'

describe('the small charts of eight weeks', () => {
  it('draws every bar inside its chart, and a hole where nothing is known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.double({ min: 0, max: 5000, noNaN: true }), { nil: null }), {
          minLength: 1,
          maxLength: 8,
        }),
        (values) => {
          const most = topOf(values, 30)
          expect(most).toBeGreaterThanOrEqual(Math.max(30, ...values.map((value) => value ?? 0)))
          barsOf(values, most).forEach((bar, i) => {
            expect(bar === null).toBe(values[i] === null)
            if (bar === null) return
            expect(bar.x).toBeGreaterThanOrEqual(LEFT)
            expect(bar.x + bar.width).toBeLessThanOrEqual(WIDTH)
            expect(bar.y).toBeGreaterThanOrEqual(0)
            expect(bar.y + bar.height).toBeCloseTo(HEIGHT - BOTTOM, 6)
          })
        },
      ),
    )
  })

  it('keeps the word of the last day inside, whichever weekday it is', () => {
    for (let days = 43; days <= 49; days++) {
      const text = '29-11'
      const right = wordAt(days - 1, days, text) + (text.length * 5.5) / 2
      expect(right).toBeLessThanOrEqual(WIDTH)
      expect(wordAt(days - 1, days, text)).toBeGreaterThan(wordAt(days - 15, days, text))
    }
  })

  it('breaks its line at a hole', () => {
    expect(lineOf([1, 1, null, 1], 1).replaceAll(/[\d. ]+/g, '')).toBe('MLM')
    expect(lineOf([null, null], 1)).toBe('')
    expect(heightOf(1, 1)).toBeLessThan(heightOf(0, 1))
  })

  it('puts a later hour lower and a later day further right', () => {
    const [morning, night] = [dotOf(0, 8, 1, 9, 0), dotOf(0, 8, 1, 23, 30)]
    expect(night.y).toBeGreaterThan(morning.y)
    expect(dotOf(0, 8, 7, 9, 0).x).toBeGreaterThan(morning.x)
    expect(dotOf(7, 8, 7, 9, 0).x).toBeLessThan(WIDTH)
  })
})

describe('the weeks of a group', () => {
  it('shows first where a rule says most, else by first name', () => {
    const client = (firstName: string, ...levels: ('note' | 'attention' | 'today')[]) => ({
      firstName,
      flags: levels.map((level) => ({ level })),
    })
    const order = byNeed([
      client('Bo'),
      client('Cem', 'note'),
      client('An'),
      client('Hil', 'today'),
      client('Jo', 'attention'),
    ])
    expect(order.map(({ firstName }) => firstName)).toEqual(['Hil', 'Jo', 'Cem', 'An', 'Bo'])
  })
})
