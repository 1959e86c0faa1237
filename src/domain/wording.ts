// Section L as data: which sentence a client reads. The texts stand in web/messages under these keys; the supervisor's
// words are others. Nothing a client reads names a rule, a risk or a disorder.
import type { Verdict } from './assessment.ts'
import type { CheckInResult } from './check-in/check-in.ts'
import type { CueKind } from './cue.ts'
import type { PatternFlagKind, RunFlagKind } from './finding.ts'
import type { ShownMinutes } from './shown-numbers.ts'

export const wordingKeys = [
  'words.calm',
  'words.mostly_calm',
  'words.too_hard',
  'words.too_hard_0',
  'words.cannot_tell:signal',
  'words.cannot_tell:too_short',
  'words.cannot_tell:no_zone',
  'words.live.over',
  'words.live.hard',
  'words.live.cleared',
  'words.live.no_signal',
  'words.longer',
  'words.no_breaks',
  'words.rest_day',
  'words.night',
  'words.check_in.ok',
  'words.check_in.not_today',
  'words.walked',
] as const
/** Ours beside them: "at times" is not true of 29 minutes of 32. */
export const ownWordingKeys = ['words.too_hard_most'] as const
export type WordingKey = (typeof wordingKeys)[number] | (typeof ownWordingKeys)[number]

/** A run in words. Who walked reads that walking is good too.
 *  @param minutes as they are shown (rule C7) */
export function wordsOfVerdict(
  verdict: Verdict,
  { calm, above }: Pick<ShownMinutes, 'calm' | 'above'>,
  sport: string,
): WordingKey {
  if (verdict === 'calm' && sport === 'walking') return 'words.walked'
  if (verdict !== 'too_hard') return `words.${verdict}`
  if (calm === 0) return 'words.too_hard_0'
  return above > calm ? 'words.too_hard_most' : 'words.too_hard'
}

/** What the client's own device says at a cue: friendly, never an alarm (E10); null is nothing.
 *  @internal of the rule book; no device of a client's own says it yet */
export const wordsOfCue: Readonly<Record<CueKind, WordingKey | null>> = {
  OVER: 'words.live.over',
  NOT_EASING: 'words.live.over',
  REPEATED: null,
  HARD: 'words.live.hard',
  HARD_ENDED: null,
  CLEARED: 'words.live.cleared',
  NO_SIGNAL: 'words.live.no_signal',
  SIGNAL_BACK: null,
  ACK: null,
  ACK_LATCH: null,
  SNOOZE: null,
  SNOOZE_REFUSED: null,
}

/** What a client reads of a flag; most are for the supervisor alone. About G13 the therapist makes contact, the app is
 *  silent. */
export const wordsOfFlag: Readonly<Partial<Record<RunFlagKind | PatternFlagKind, WordingKey>>> = {
  'F5.longer': 'words.longer',
  'F7.no_breaks': 'words.no_breaks',
  'G6.two_a_day': 'words.rest_day',
  'G7.no_rest_day': 'words.rest_day',
  'G9.night': 'words.night',
}

/** The sentence at the end of a check-in; a `consult` is talked about, not read.
 *  @internal of the rule book; no screen asks it yet */
export const wordsOfCheckIn: Readonly<Record<CheckInResult, WordingKey | null>> = {
  ok: 'words.check_in.ok',
  consult: null,
  not_today: 'words.check_in.not_today',
}
