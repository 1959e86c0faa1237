import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundTogether,
  countOnce,
  withoutDoubles,
  type Countable,
  type TwinPair,
} from '../../src/domain/sources/count-once.ts'

const run = (id: string, facts: Partial<Countable['run']> = {}, clockIsSure = true): Countable => ({
  run: { id, urgent: false, hard: false, attention: [], verdict: 'calm', calmShare: 0.95, ...facts },
  clockIsSure,
})
const idsOf = (runs: readonly Countable[], pairs: readonly TwinPair[]) =>
  countOnce(runs, pairs).map(({ counts, doubles }) => [counts.run.id, ...doubles.map((double) => double.run.id)])

describe('a run that was recorded twice counts once (rule T5)', () => {
  it('counts the harder one, whatever its clock: a verdict, an attention and HARD each go before it', () => {
    const calm = run('calm')
    for (const facts of [
      { verdict: 'too_hard' },
      { attention: ['F1.above'] },
      { hard: true },
      { urgent: true },
    ] as const)
      expect(idsOf([calm, run('hard', facts, false)], [['calm', 'hard']])).toEqual([['hard', 'calm']])
    expect(idsOf([run('unheard', { verdict: 'cannot_tell:signal' }), calm], [['unheard', 'calm']])).toEqual([
      ['calm', 'unheard'],
    ])
  })

  it('counts the one whose clock knows UTC where both say the same, else the earlier one', () => {
    expect(idsOf([run('local', {}, false), run('utc')], [['local', 'utc']])).toEqual([['utc', 'local']])
    expect(idsOf([run('first'), run('second')], [['second', 'first']])).toEqual([['first', 'second']])
  })

  it('does not stretch a pair to a third run', () => {
    const runs = [run('a', { calmShare: 0.9 }), run('b', { calmShare: 0.8 }), run('c', { calmShare: 0.7 })]
    expect(
      idsOf(runs, [
        ['a', 'b'],
        ['b', 'c'],
      ]),
    ).toEqual([['a'], ['c', 'b']])
    expect(
      idsOf(runs, [
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ]),
    ).toEqual([['c', 'b', 'a']])
  })

  it('loses no run and no HARD, whatever the pairs', () => {
    const pairs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a !== b))
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), pairs, (hard, found) => {
        const runs = hard.map((isHard, i) => run(String(i), { urgent: isHard, hard: isHard }))
        const named = found.map(([a, b]): TwinPair => [String(a), String(b)])
        const counted = countOnce(runs, named)
        const all = counted.flatMap(({ counts, doubles }) => [counts, ...doubles])
        expect(all.map((one) => one.run.id).toSorted()).toEqual(runs.map((one) => one.run.id))
        // Whatever is left out stands behind one that is at least as hard.
        for (const { counts, doubles } of counted)
          if (!counts.run.urgent) expect(doubles.filter((double) => double.run.urgent)).toEqual([])
        const names = counted.map(({ counts }) => counts.run.id)
        expect(named.filter(([a, b]) => names.includes(a) && names.includes(b))).toEqual([])
      }),
    )
  })

  it('counts a run the same among all others as among those that it is bound to', () => {
    const verdicts = fc.array(fc.constantFrom('calm', 'mostly_calm', 'too_hard'), { minLength: 8, maxLength: 8 })
    const pairs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)).filter(([a, b]) => a !== b))
    fc.assert(
      fc.property(verdicts, pairs, (said, found) => {
        const runs = said.map((verdict, i) => run(String(i), { verdict }))
        const named = found.map(([a, b]): TwinPair => [String(a), String(b)])
        const bound = boundTogether(['3'], named)
        expect(new Set(bound).size).toBe(bound.length)
        const some = runs.filter((one) => bound.includes(one.run.id))
        expect(idsOf(some, named)).toEqual(idsOf(runs, named).filter(([counts]) => bound.includes(counts ?? '')))
      }),
    )
  })

  it('takes each once where nothing but the name is known', () => {
    expect(withoutDoubles(['a', 'b', 'c'], [['b', 'a']])).toEqual(['a', 'c'])
    expect(withoutDoubles(['b', 'c'], [['b', 'a']])).toEqual(['b', 'c'])
  })
})
