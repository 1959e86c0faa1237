import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  proposeCeiling,
  startTalkTest,
  stepTalkTest,
  type TalkTestFacts,
  type TalkTestState,
} from '../../src/domain/zone/talk-test-guide.ts'

const facts: TalkTestFacts = { restBpm: null, maxBpm: null, hardBpm: 165, extraWatch: false }
type Talk = 'yes' | 'just' | 'no'

/** Stages of three minutes at an even heart rate, each answered at its end. */
function walkThrough(stages: readonly (readonly [bpm: number | null, talk: Talk])[], of = facts): TalkTestState {
  let state = startTalkTest(of, 0)
  let atS = 0
  for (const [smoothedBpm, talk] of stages) {
    for (let s = 0; s < 180; s++) state = stepTalkTest(state, { kind: 'heart_rate', atS: ++atS, smoothedBpm })
    state = stepTalkTest(state, { kind: 'answer', atS, talk })
  }
  return state
}

describe('talk test guide (B4)', () => {
  it('leads from stage to stage and proposes the heart rate of the last full yes', () => {
    const state = walkThrough([
      [118, 'yes'],
      [129.6, 'yes'],
      [141, 'just'],
    ])
    expect([state.step, state.end, proposeCeiling(state)]).toEqual([
      'done',
      'limit_found',
      { ceilingBpm: 129, reason: 'found' },
    ])
  })

  it('asks to read after three minutes, and takes no answer before', () => {
    let state = startTalkTest(facts, 0)
    state = stepTalkTest(state, { kind: 'heart_rate', atS: 179, smoothedBpm: 120 })
    expect([state.step, stepTalkTest(state, { kind: 'answer', atS: 179.5, talk: 'yes' })]).toEqual(['move', state])
    expect(stepTalkTest(state, { kind: 'heart_rate', atS: 180, smoothedBpm: 120 }).step).toBe('read')
  })

  it.each([
    [[[141, 'no']], { ceilingBpm: null, reason: 'first_stage_too_hard' }],
    [
      [
        [null, 'yes'],
        [140, 'no'],
      ],
      { ceilingBpm: null, reason: 'too_few_good_seconds' },
    ],
    [[], { ceilingBpm: null, reason: 'no_stage' }],
    [[[118, 'yes']], { ceilingBpm: 118, reason: 'no_limit_found' }],
  ] as const)('says why it proposes what it does: %j', (stages, proposal) => {
    expect(proposeCeiling(walkThrough(stages))).toEqual(proposal)
  })

  it('caps the proposal where rest and maximum are known, lower under watch level extra', () => {
    const known = { ...facts, restBpm: 60, maxBpm: 180 }
    const stages = [
      [156, 'yes'],
      [160, 'just'],
    ] as const
    expect(proposeCeiling(walkThrough(stages, known))).toEqual({ ceilingBpm: 150, reason: 'capped' })
    expect(proposeCeiling(walkThrough(stages, { ...known, extraWatch: true }))).toEqual({
      ceilingBpm: 138,
      reason: 'capped',
    })
  })

  it('ends at the hard limit, and then takes nothing more', () => {
    const state = walkThrough([
      [118, 'yes'],
      [170, 'yes'],
    ])
    expect([state.end, state.answered.length, proposeCeiling(state).ceilingBpm]).toEqual(['hard_limit', 1, 118])
  })

  it('never proposes more than the highest heart rate of a full yes', () => {
    const stages = fc.array(fc.tuple(fc.integer({ min: 80, max: 164 }), fc.constantFrom<Talk>('yes', 'just', 'no')), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(stages, (all) => {
        const state = walkThrough(all)
        const highest = Math.max(
          0,
          ...state.answered.filter(({ talk }) => talk === 'yes').flatMap((one) => one.heartRateBpm.map(Number)),
        )
        expect(proposeCeiling(state).ceilingBpm ?? 0).toBeLessThanOrEqual(highest)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      }),
      { numRuns: 60 },
    )
  })
})
