// Section L of the rule book with the numbers of rule C7: which sentence a client reads, with which minutes.
import type { Run } from '../../api/api.ts'
import type { MessageKey } from '../../messages/translate.ts'

export interface Sentence {
  readonly key: MessageKey
  readonly values: Readonly<Record<string, number>>
}

/** Calm minutes round down, moving minutes to the nearest. Where less than 95 % was measured, the minutes are of the
 *  measured time, and the time without a reading is told. */
export function verdictWords({ verdict, zoneTime }: Run['assessment']): Sentence[] {
  const { movingS, goodS, calmS, coverage } = zoneTime
  const moving = Math.round(movingS / 60)
  const calm = Math.floor(calmS / 60 + 1e-9)
  const partly = coverage < 0.95 - 1e-9
  const total = partly && !verdict.startsWith('cannot_tell') ? Math.round(goodS / 60) : moving
  const words: Sentence = {
    key: verdict === 'too_hard' && calm === 0 ? 'words.too_hard_0' : `words.${verdict}`,
    values: { calm, total },
  }
  const unmeasured = Math.round((movingS - goodS) / 60)
  const tells = partly && unmeasured > 0 && !verdict.startsWith('cannot_tell')
  return tells ? [words, { key: 'words.unmeasured', values: { minutes: unmeasured } }] : [words]
}
