// Rule T8: when a device's word about its local time is believed.

const QUARTER_S = 900
const LEAST_S = -12 * 3600
const MOST_S = 14 * 3600
/** product choice: an activity is closed so soon after its last row, or its time is of another moment. */
const SAME_MOMENT_S = 60

/** Whether some place on earth keeps this offset, seconds. */
export const isLocalOffset = (offsetS: number): boolean =>
  offsetS % QUARTER_S === 0 && offsetS >= LEAST_S && offsetS <= MOST_S

/** Local minus UTC, seconds; null where the two are no stamps of one moment, the end of the recording.
 *  @param stamp one moment by both clocks, on any count of seconds
 *  @param endS  of the last row, on the same count as `utcS` */
export function believedOffset({ utcS, localS }: { utcS: number; localS: number }, endS: number): number | null {
  const offsetS = localS - utcS
  return Math.abs(utcS - endS) <= SAME_MOMENT_S && isLocalOffset(offsetS) ? offsetS : null
}
