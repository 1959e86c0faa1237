// The age of a number, in words.
import { clock } from '../../charts/chart-data.ts'
import { t } from '../../messages/translate.ts'

/** Seconds, or minutes and seconds: each says its unit itself. */
export const ageWords = (seconds: number): string =>
  t('tile.age', { age: seconds < 100 ? t('tile.age.seconds', { seconds }) : clock(seconds) })
