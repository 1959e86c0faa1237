// Limits are rounded to the careful side, shares compared with a little slack (rule book, "Numbers").

/** Slack for comparing shares and for rounding what floating point left a hair off. */
export const SLACK = 1e-9

/** Ceilings and hard limits round down. */
export const roundDown = (bpm: number): number => Math.floor(bpm + SLACK)

/** Floors round up. */
export const roundUp = (bpm: number): number => Math.ceil(bpm - SLACK)
