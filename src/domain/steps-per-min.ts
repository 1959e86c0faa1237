// Rule T7: a cadence of somebody on foot as steps of both feet. The one guard of all readers: watches count one leg, some apps both.

/** Nobody makes more steps than this with one leg: where some of them are, both are counted already. */
const MOST_PER_LEG = 120
/** product choice: a sensor that stumbles shows fewer. */
const SOME_SHARE = 0.1

/** Steps per minute, both feet; NaN where nothing is told.
 *  @param cadencePerMin as the file says, of somebody on foot */
export function toStepsPerMin(cadencePerMin: ArrayLike<number>): Float32Array {
  let [some, many] = [0, 0]
  for (let i = 0; i < cadencePerMin.length; i++) {
    if (!(cadencePerMin[i] > 0)) continue
    some++
    if (cadencePerMin[i] > MOST_PER_LEG) many++
  }
  const feet = many > SOME_SHARE * some ? 1 : 2
  const steps = new Float32Array(cadencePerMin.length)
  for (let i = 0; i < steps.length; i++) steps[i] = cadencePerMin[i] * feet
  return steps
}
