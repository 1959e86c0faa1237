// Handles a server whose clock ran ahead for a while (no battery, a restored machine) and was then corrected. Things
// written in that time would be valid too long: a session for weeks instead of hours. So a thing that began in the
// future is over.

/** product choice: clocks are set by so much without anything being wrong. */
export const CLOCK_STEP_MS = 5 * 60_000

export const beganAhead = (atMs: number, nowMs: number): boolean => atMs > nowMs + CLOCK_STEP_MS
