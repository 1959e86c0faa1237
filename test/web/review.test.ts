import { describe, expect, it } from 'vitest'
import { actOfKey, letters } from '../../web/screens/review/keys.ts'
import { daysSince } from '../../web/screens/review/days-since.ts'
import { momentOfFlag, windowAround } from '../../web/screens/review/moment.ts'
import { neighbourOf } from '../../web/screens/review/neighbour.ts'
import { actsFrom, flagStates, reviewActs } from '../../src/domain/review/flag-state.ts'

describe('the desk', () => {
  it('has a letter of its own for each step, and none where the state does not allow it', () => {
    expect(new Set(Object.values(letters)).size).toBe(reviewActs.length)
    for (const state of flagStates)
      for (const act of reviewActs)
        expect(actOfKey(letters[act].toLowerCase(), state)).toBe(actsFrom(state).includes(act) ? act : null)
    expect(actOfKey('q', 'open')).toBeNull()
  })

  it('goes on with the next in the list, and from the last with the first that is left', () => {
    expect(neighbourOf(['a', 'b', 'c'], 'a')).toBe('b')
    expect(neighbourOf(['a', 'b', 'c'], 'c')).toBe('a')
    expect(neighbourOf(['a'], 'a')).toBeNull()
    expect(neighbourOf([], 'a')).toBeNull()
  })

  it('counts calendar days of the reader, and what lies ahead as today', () => {
    const now = new Date(2026, 10, 25, 0, 10).getTime()
    expect(daysSince(new Date(2026, 10, 24, 23, 50).getTime(), now)).toBe(1)
    expect(daysSince(new Date(2026, 10, 25, 0, 1).getTime(), now)).toBe(0)
    expect(daysSince(now + 86_400_000, now)).toBe(0)
  })

  it('shows four minutes around the moment that a flag points at, inside the run', () => {
    expect(momentOfFlag({ spansS: [[400, 460]] })).toEqual([400, 460])
    expect([momentOfFlag({}), momentOfFlag({ spansS: [] }), momentOfFlag({ spansS: ['x'] })]).toEqual([
      null,
      null,
      null,
    ])
    expect(windowAround([400, 460], 1800)).toEqual([160, 700])
    expect(windowAround([10, 70], 200)).toEqual([0, 200])
    expect(windowAround(null, 1800)).toBeNull()
  })
})
