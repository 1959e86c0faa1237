// Rule B4 as a guide: leads a therapist and a client stage by stage through the talk test and proposes a ceiling. A pure
// reducer over plain data; the therapist decides what becomes of the proposal.
// Only its tests use it today: the rule is specified and tested, and issue 9 gives it a screen.
import { zoneDefaults, type ZoneParameters } from '../parameters/zone.ts'
import { talkCapBpm, talkTestCeilingBpm, type TalkStage } from './zone-limits.ts'

/** What to do now: `move` at the stage's pace, `read` at least 60 words aloud and answer, or it is `done`. */
export type TalkTestStep = 'move' | 'read' | 'done'

export type TalkTestEnd =
  /** A stage was not a full yes: that is what the test looks for. */
  | 'limit_found'
  /** The hard limit was reached; nobody goes on from there. */
  | 'hard_limit'
  /** A person ended it. */
  | 'ended'

export interface TalkTestFacts {
  readonly restBpm: number | null
  readonly maxBpm: number | null
  readonly hardBpm: number | null
  readonly extraWatch: boolean
}

export interface TalkTestState {
  readonly facts: TalkTestFacts
  readonly step: TalkTestStep
  /** 1 is the first. */
  readonly stage: number
  readonly stageSinceS: number
  /** The last minute of good smoothed heart rates of this stage, oldest first. */
  readonly recent: readonly { readonly atS: number; readonly bpm: number }[]
  readonly answered: readonly TalkStage[]
  readonly end: TalkTestEnd | null
}

export type TalkTestEvent =
  /** Null is a bad or absent one. */
  | { readonly kind: 'heart_rate'; readonly atS: number; readonly smoothedBpm: number | null }
  | { readonly kind: 'answer'; readonly atS: number; readonly talk: TalkStage['talk'] }
  | { readonly kind: 'end'; readonly atS: number }

export interface TalkTestProposal {
  /** Null: the test shows no ceiling, and `reason` says why. */
  readonly ceilingBpm: number | null
  readonly reason: 'found' | 'capped' | 'first_stage_too_hard' | 'too_few_good_seconds' | 'no_stage' | 'no_limit_found'
}

export const startTalkTest = (facts: TalkTestFacts, atS: number): TalkTestState => ({
  facts,
  step: 'move',
  stage: 1,
  stageSinceS: atS,
  recent: [],
  answered: [],
  end: null,
})

/** Take one event. An answer before the stage's three minutes are over is not taken: talking lags behind the heart. */
export function stepTalkTest(
  state: TalkTestState,
  event: TalkTestEvent,
  p: ZoneParameters = zoneDefaults,
): TalkTestState {
  if (state.step === 'done') return state
  const isLongEnough = event.atS - state.stageSinceS >= p.talkStageS
  switch (event.kind) {
    case 'heart_rate': {
      const recent = state.recent.filter(({ atS }) => atS > event.atS - p.talkWindowS)
      if (event.smoothedBpm !== null) recent.push({ atS: event.atS, bpm: event.smoothedBpm })
      const { hardBpm } = state.facts
      if (hardBpm !== null && event.smoothedBpm !== null && event.smoothedBpm >= hardBpm)
        return { ...state, recent, step: 'done', end: 'hard_limit' }
      return { ...state, recent, step: isLongEnough ? 'read' : 'move' }
    }
    case 'answer': {
      if (!isLongEnough) return state
      const good = state.recent.filter(({ atS }) => atS > event.atS - p.talkWindowS)
      const answered = [...state.answered, { heartRateBpm: good.map(({ bpm }) => bpm), talk: event.talk }]
      if (event.talk !== 'yes') return { ...state, answered, recent: [], step: 'done', end: 'limit_found' }
      return { ...state, answered, recent: [], step: 'move', stage: state.stage + 1, stageSinceS: event.atS }
    }
    case 'end':
      return { ...state, step: 'done', end: 'ended' }
  }
}

/** What the stages so far show. A test that never met a limit proposes nothing higher than its last full yes, and says so. */
export function proposeCeiling({ answered, facts }: TalkTestState, p: ZoneParameters = zoneDefaults): TalkTestProposal {
  const [first] = answered
  if (first === undefined) return { ceilingBpm: null, reason: 'no_stage' }
  if (first.talk !== 'yes') return { ceilingBpm: null, reason: 'first_stage_too_hard' }
  const ceilingBpm = talkTestCeilingBpm(answered, p)
  if (ceilingBpm === null) return { ceilingBpm, reason: 'too_few_good_seconds' }
  const { restBpm, maxBpm, extraWatch } = facts
  const capBpm = restBpm === null || maxBpm === null ? Infinity : talkCapBpm(restBpm, maxBpm, extraWatch, p)
  if (capBpm < ceilingBpm) return { ceilingBpm: capBpm, reason: 'capped' }
  return { ceilingBpm, reason: answered.every(({ talk }) => talk === 'yes') ? 'no_limit_found' : 'found' }
}
