// Rule E0: what may be said of a runner at one moment, in one word. The tile asks, and whatever else shows a state. It never
// says "calm" without a good beat younger than 5 s at or under the ceiling.
import type { AlarmState } from './alarm.ts'

/** A number older than this is not the present one (rules E0, C1). */
export const FRESH_S = 5

export const shownStates = [
  'hard',
  'not_easing',
  'no_signal_over',
  'over',
  /** Above the ceiling, not for long enough yet to be told. */
  'above',
  'no_signal',
  /** The last value is not believed (section D). */
  'unsure',
  'no_contact',
  'no_strap',
  /** The last good beat is older than 5 s, or nobody can say how old it is. */
  'old',
  'waiting_for_strap',
  'no_limit',
  'calm',
  'waiting',
  'paused',
  'stopped',
] as const
export type ShownState = (typeof shownStates)[number]

/** The last heart rate that was believed. */
export interface GoodBeat {
  readonly bpm: number
  readonly smoothedBpm: number
  /** By the time of the beat. */
  readonly ageS: number
}

export interface ShownInput {
  readonly phase: 'waiting' | 'running' | 'paused' | 'stopped'
  readonly alarm: Pick<AlarmState, 'phase' | 'lostFrom'>
  readonly ceilingBpm: number | null
  /** Pausing, and at or above the hard limit for as long as HARD takes: it holds in any state (rule E2). */
  readonly isHardInPause: boolean
  readonly hasStrap: boolean
  /** Null before the first. */
  readonly good: GoodBeat | null
  /** The last that the strap said, whether believed or not. */
  readonly heard: { readonly ageS: number; readonly contactLost: boolean; readonly isBelieved: boolean } | null
  /** Nobody can say how old a number is: the clock leapt, or what comes may have waited. */
  readonly isTimeUnsure: boolean
}

/** What the alarm tells comes first, then why nothing can be told, then the heart rate itself. */
export function shownState(input: ShownInput): ShownState {
  const { phase, alarm, hasStrap } = input
  if (phase === 'paused' && input.isHardInPause && isPresent(input)) return 'hard'
  if (phase !== 'running') return phase
  if (alarm.phase === 'no_signal') return alarm.lostFrom === 'calm' ? 'no_signal' : 'no_signal_over'
  if (alarm.phase !== 'calm') return alarm.phase
  return hasStrap ? stateOfSignal(input) : 'no_strap'
}

const isPresent = ({ good, isTimeUnsure }: ShownInput): boolean => good !== null && !isTimeUnsure && isFresh(good)

function stateOfSignal({ good, heard, ceilingBpm, isTimeUnsure }: ShownInput): ShownState {
  if (!isTimeUnsure && heard !== null && isFresh(heard) && !heard.isBelieved)
    return heard.contactLost ? 'no_contact' : 'unsure'
  if (good === null) return 'waiting_for_strap'
  if (isTimeUnsure || !isFresh(good)) return 'old'
  if (ceilingBpm === null) return 'no_limit'
  return Math.max(good.bpm, good.smoothedBpm) > ceilingBpm ? 'above' : 'calm'
}

/** Whether something said may stand as the present. */
export const isFresh = ({ ageS }: { readonly ageS: number }): boolean => ageS < FRESH_S
