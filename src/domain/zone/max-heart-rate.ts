// Section A: maximal heart rate from age, and when a formula may be used at all.
import { zoneDefaults } from '../parameters/zone.ts'

/** Rule A1, the default for everyone: Tanaka, Monahan, Seals 2001. Bpm; error of one person about ±10. */
export const tanakaMaxBpm = (ageYears: number): number => 208 - 0.7 * ageYears
/** Rule A2, shown for comparison: Nes 2013 (HUNT), SEE 10.8. */
export const nesMaxBpm = (ageYears: number): number => 211 - 0.64 * ageYears
/** Rule A3, shown for comparison: Gulati 2010, women. Sex is asked nowhere. */
export const gulatiMaxBpm = (ageYears: number): number => 206 - 0.88 * ageYears
/** Rule A4, shown as background, never applied: Brawner 2004, on beta-blockers, SEE 18. */
export const brawnerMaxBpm = (ageYears: number): number => 164 - 0.7 * ageYears
/** Rule A5, never applied: no original study stands behind 220 - age. Kept so that a file that used it can be explained. */
export const foxMaxBpm = (ageYears: number): number => 220 - ageYears

export type AgeFormulaRefusal = 'AGE_RANGE' | 'RATE_LIMITING_DRUG'

/** Whether an age formula may set a limit; null is yes.
 *  @param ownCalibration the therapist's tick that this heart rate needs its own calibration (rules A8, A11)
 *  @param confirmed      the therapist's stored confirmation that the formula may be used all the same
 *  @source rules A6, A8 */
export function ageFormulaRefusal(
  ageYears: number,
  ownCalibration: boolean,
  confirmed: boolean,
): AgeFormulaRefusal | null {
  const inRange = ageYears >= zoneDefaults.ageFormulaMinYears && ageYears <= zoneDefaults.ageFormulaMaxYears
  if (!inRange) return 'AGE_RANGE'
  return ownCalibration && !confirmed ? 'RATE_LIMITING_DRUG' : null
}
