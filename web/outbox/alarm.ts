// One timer that fires at the earliest of several moments, by the steady clock. For the flusher.

export interface Alarm {
  /** @param ms by `performance.now()`; null sets nothing */
  readonly set: (ms: number | null) => void
  readonly clear: () => void
}

export function newAlarm(ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined
  let atMs = Infinity
  const clear = () => {
    clearTimeout(timer)
    atMs = Infinity
  }
  const set = (ms: number | null) => {
    if (ms === null || ms >= atMs) return
    clear()
    atMs = ms
    timer = setTimeout(
      () => {
        atMs = Infinity
        ring()
      },
      Math.max(0, ms - performance.now()),
    )
  }
  return { set, clear }
}
