// What is usual for somebody, in what they told: the median of the first fortnight of it (rule G13). To compare with oneself,
// never with another.
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { median } from '../statistics.ts'

/** @param told oldest first, null where nothing was told
 *  @returns null until there is enough to say it */
export function usualOf(told: readonly (number | null)[], p: PatternParameters = patternDefaults): number | null {
  const values = told.filter((value) => value !== null)
  return values.length < p.usualCheckIns ? null : median(values.slice(0, p.usualCheckIns))
}
