// A cue: what the monitor says at one moment of a run (section E). Plain data, stored with the assessment.

export const cueKinds = [
  'HARD',
  'NOT_EASING',
  'OVER',
  'REPEATED',
  'NO_SIGNAL',
  'HARD_ENDED',
  'CLEARED',
  'SIGNAL_BACK',
  'ACK',
  'ACK_LATCH',
  'SNOOZE',
  'SNOOZE_REFUSED',
] as const
export type CueKind = (typeof cueKinds)[number]

export const cuePriorities = ['high', 'medium', 'low', 'info'] as const
/** In the manner of IEC 60601-1-8, which we borrow from and claim no conformity with. */
export type CuePriority = (typeof cuePriorities)[number]

/** `check_strap`: early in the run the signal is rough as of a dry strap, so the words are "look at the strap and at the
 *  runner" (rule D5). The cue is given all the same. */
export type CueHint = 'check_strap'

/** `elapsedS` is when it became true, since the start of the run. */
export type Cue = readonly [elapsedS: number, kind: CueKind, priority: CuePriority, hint?: CueHint]
