import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  actsFrom,
  flagStates,
  isClosed,
  resolveReasons,
  reviewActs,
  stepFlag,
  type FlagState,
  type ReviewAct,
  type Step,
} from '../../../src/domain/review/flag-state.ts'

const bare = { reason: null, note: null, toPersonId: null }
const whole = { reason: 'talked', note: 'samen besproken', toPersonId: 'thea' } as const

/** By hand: from which state each step leads where. */
const leads: Readonly<Record<ReviewAct, Partial<Record<FlagState, FlagState>>>> = {
  acknowledge: { open: 'acknowledged', escalated: 'acknowledged' },
  talk: { open: 'in_conversation', acknowledged: 'in_conversation', escalated: 'in_conversation' },
  resolve: { open: 'resolved', acknowledged: 'resolved', in_conversation: 'resolved', escalated: 'resolved' },
  escalate: { open: 'escalated', acknowledged: 'escalated', in_conversation: 'escalated', escalated: 'escalated' },
  false_alarm: {
    open: 'false_alarm',
    acknowledged: 'false_alarm',
    in_conversation: 'false_alarm',
    escalated: 'false_alarm',
  },
  reopen: { resolved: 'open', false_alarm: 'open' },
  comment: Object.fromEntries(flagStates.map((state) => [state, state])),
}

describe('a step of a flag', () => {
  it.each(reviewActs.flatMap((act) => flagStates.map((state) => [act, state] as const)))(
    '%s from %s leads where it is written down, and nowhere else',
    (act, state) => {
      const to = leads[act][state]
      expect(actsFrom(state).includes(act)).toBe(to !== undefined)
      expect(stepFlag(state, { act, ...whole })).toEqual(
        to === undefined ? { ok: false, problems: ['NOT_FROM_HERE'] } : { ok: true, state: to },
      )
    },
  )

  it('is refused without its reason, note or colleague, all that lacks at once', () => {
    const lacks = (act: ReviewAct, more: Partial<Step> = {}, from: FlagState = 'open') => {
      const outcome = stepFlag(from, { act, ...bare, ...more })
      return outcome.ok ? [] : outcome.problems
    }
    expect(lacks('resolve')).toEqual(['REASON_REQUIRED', 'NOTE_REQUIRED'])
    expect(lacks('resolve', { note: 'gebeld' })).toEqual(['REASON_REQUIRED'])
    expect(lacks('resolve', { reason: 'talked', note: '  ' })).toEqual(['NOTE_REQUIRED'])
    expect(lacks('escalate')).toEqual(['COLLEAGUE_REQUIRED'])
    expect(lacks('comment')).toEqual(['NOTE_REQUIRED'])
    expect(lacks('reopen', {}, 'resolved')).toEqual(['NOTE_REQUIRED'])
    expect([lacks('acknowledge'), lacks('talk'), lacks('false_alarm')]).toEqual([[], [], []])
  })

  it('closes nothing but by a person who resolves it or calls it a false alarm, and opens nothing but by reopening', () => {
    const steps = fc.array(
      fc.record({
        act: fc.constantFrom(...reviewActs),
        reason: fc.constantFrom(null, ...resolveReasons),
        note: fc.constantFrom(null, 'gebeld'),
        toPersonId: fc.constantFrom(null, 'thea'),
      }),
    )
    fc.assert(
      fc.property(steps, (taken) => {
        let state: FlagState = 'open'
        for (const step of taken) {
          const outcome = stepFlag(state, step)
          if (!outcome.ok) continue
          if (isClosed(outcome.state) !== isClosed(state))
            expect(['resolve', 'false_alarm', 'reopen']).toContain(step.act)
          if (outcome.state === 'resolved' && state !== 'resolved') expect(step.reason).not.toBeNull()
          state = outcome.state
        }
      }),
    )
  })
})
