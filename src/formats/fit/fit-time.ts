// FIT's clock.

/** Seconds since 1989-12-31T00:00:00Z. */
export type FitTime = number
/** That moment in UTC epoch seconds. */
export const FIT_EPOCH_S = 631065600
