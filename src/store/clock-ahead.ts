// A server whose clock ran ahead for a moment (no battery, a machine put back) and was set right. What was written then would hold for as
// long as the clock was ahead: a session for weeks in place of hours. So what began in the future is over.

/** product choice: clocks are set by so much without anything being wrong. */
export const CLOCK_STEP_MS = 5 * 60_000

export const beganAhead = (atMs: number, nowMs: number): boolean => atMs > nowMs + CLOCK_STEP_MS
