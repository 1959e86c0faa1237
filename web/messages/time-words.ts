// A length of time in words, as rule C7 shows it.
import { shownTime } from '../../src/domain/shown-numbers.ts'
import { t } from './translate.ts'

/** @param minutes where it is a part of a run: its part of the minutes of that run */
export function timeWords(s: number, minutes?: number): string {
  const shown = shownTime(s, minutes)
  return 'minutes' in shown ? t('run.minutes', shown) : t('run.seconds', shown)
}
