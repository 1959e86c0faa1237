import { describe, expect, it } from 'vitest'
import { seeded } from '../../fixtures/fit/made-runs.ts'
import { computeAlpha1, readAlpha1 } from '../../src/domain/rr/alpha1.ts'
import { computeDfa } from '../../src/domain/rr/dfa.ts'

/** White noise around 600 ms, with every n-th beat missed. */
function beats(seconds: number, missEvery = Infinity, gap: readonly [number, number] = [Infinity, Infinity]) {
  const random = seeded(3)
  const rrMs: number[] = []
  const elapsedS: number[] = []
  for (let atS = 0, n = 1; atS < seconds; n++) {
    const rr = (600 + (random() - 0.5) * 30) * (n % missEvery === 0 ? 2 : 1)
    atS += rr / 1000
    if (atS >= gap[0] && atS < gap[1]) continue
    rrMs.push(rr)
    elapsedS.push(atS)
  }
  return { elapsedS: Float64Array.from(elapsedS), rrMs: Float32Array.from(rrMs) }
}

describe('DFA alpha 1 (H)', () => {
  it('reads white noise where the rule book says it lies, every 20 s', () => {
    const windows = computeAlpha1(beats(600))
    expect(windows.length).toBeGreaterThan(20)
    const mean = windows.reduce((sum, { alpha1 }) => sum + (alpha1 ?? Number.NaN), 0) / windows.length
    expect(mean).toSatisfy((value: number) => value > 0.4 && value < 0.75)
    expect(windows[1].atS - windows[0].atS).toBeCloseTo(20)
  })

  it('tells nothing from 5 % artefacts on', () => {
    const few = computeAlpha1(beats(400, 40))
    const many = computeAlpha1(beats(400, 15))
    expect(few.every(({ alpha1 }) => alpha1 !== null)).toBe(true)
    expect(many.every(({ alpha1, artefactShare }) => alpha1 === null && artefactShare >= 0.05)).toBe(true)
  })

  it('tells nothing across a hole, and goes on behind it', () => {
    const windows = computeAlpha1(beats(1000, Infinity, [300, 600]))
    expect(windows.filter(({ atS }) => atS > 325 && atS < 690).every(({ alpha1 }) => alpha1 === null)).toBe(true)
    expect(windows.at(-1)?.alpha1).not.toBeNull()
  })

  it('has no alpha for a series without fluctuation, nor for a few beats', () => {
    expect(
      computeDfa(
        Array.from({ length: 100 }, () => 600),
        4,
        16,
      ).alpha,
    ).toBeNull()
    expect(computeDfa([600, 610, 605], 4, 16).alpha).toBeNull()
    expect(computeAlpha1({ elapsedS: new Float64Array(), rrMs: new Float32Array() })).toEqual([])
  })

  it('reads only what three windows in a row agree on', () => {
    const of = (...values: (number | null)[]) =>
      readAlpha1(values.map((alpha1, i) => ({ atS: i * 20, beats: 200, artefactShare: 0, alpha1 })))
    expect([
      of(0.9, 0.8, 0.76),
      of(0.9, 0.8, 0.7),
      of(0.6, 0.7, 0.75),
      of(0.4, 0.3, 0.45),
      of(0.9, 0.9, null),
      of(0.9),
    ]).toEqual(['below_threshold', null, 'near_threshold', 'above_threshold', null, null])
  })
})
