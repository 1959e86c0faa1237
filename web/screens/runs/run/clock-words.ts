// The difference between the clocks of two recordings of one run, in words. A few seconds are not mentioned.
import type { MessageKey } from '../../../messages/translate.ts'

/** product choice: what nobody would call another time. */
const SAME_S = 60

/** @param laterS how much later the other one's clock was
 *  @returns null where both clocks say the same */
export function clockWords(
  laterS: number,
): { readonly key: MessageKey; readonly values: Readonly<Record<string, string | number>> } | null {
  if (Math.abs(laterS) < SAME_S) return null
  const side = laterS > 0 ? 'later' : 'earlier'
  const minutes = Math.round(Math.abs(laterS) / 60)
  return minutes % 60 === 0
    ? { key: 'run.nearHours', values: { hours: minutes / 60, side } }
    : { key: 'run.nearMinutes', values: { minutes, side } }
}
