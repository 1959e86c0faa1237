// The shared clock of a group's plan. It stops while everybody is paused. Plain data, so it survives a reload.

export interface PlanTimer {
  readonly startedAtMs: number | null
  /** Since when it stands still. */
  readonly pausedAtMs: number | null
  /** For how long it stood still before. */
  readonly pausedMs: number
}

export const newTimer: PlanTimer = { startedAtMs: null, pausedAtMs: null, pausedMs: 0 }

/** Start it, or let it go on. */
export function startTimer(timer: PlanTimer, nowMs: number): PlanTimer {
  if (timer.startedAtMs === null) return { ...timer, startedAtMs: nowMs }
  if (timer.pausedAtMs === null) return timer
  return { ...timer, pausedAtMs: null, pausedMs: timer.pausedMs + nowMs - timer.pausedAtMs }
}

export const pauseTimer = (timer: PlanTimer, nowMs: number): PlanTimer =>
  timer.startedAtMs === null || timer.pausedAtMs !== null ? timer : { ...timer, pausedAtMs: nowMs }

/** Seconds of the plan that have gone by. */
export const elapsedOf = ({ startedAtMs, pausedAtMs, pausedMs }: PlanTimer, nowMs: number): number =>
  startedAtMs === null ? 0 : Math.max(0, ((pausedAtMs ?? nowMs) - startedAtMs - pausedMs) / 1000)
