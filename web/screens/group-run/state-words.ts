// A runner's state in words, the same on tile, sheet and list (rule E0).
import { clock } from '../../charts/chart-data.ts'
import type { Tile } from '../../group-run/tile.ts'
import { t } from '../../messages/translate.ts'

export const stateWords = ({ state, overS }: Pick<Tile, 'state' | 'overS'>): string =>
  state === 'above' && overS !== null ? t('tile.above.for', { time: clock(overS) }) : t(`tile.${state}`)

/** How old a number is: seconds, or minutes and seconds. */
export const ageWords = (seconds: number): string =>
  t('tile.age', { age: seconds < 100 ? t('tile.age.seconds', { seconds }) : clock(seconds) })
