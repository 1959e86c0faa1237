// Finds gaps in heart rates while the page was hidden, asleep or gone. Browsers slow down or stop a hidden page, and a
// sleeping phone receives nothing. A gap is shown and written down, and never filled.

/** Longer without a notification than this and some were missed (product choice). */
const GAP_MS = 3000

export interface MissedRunner {
  readonly id: string
  readonly alias: string
  /** Nothing was heard from then on. */
  readonly sinceMs: number
}
export interface Missed {
  readonly untilMs: number
  /** Each with a gap of their own. */
  readonly runners: readonly MissedRunner[]
}

/** Looks at gaps for as long as the page is hidden. */
export interface HiddenWatch {
  readonly heard: (id: string, atMs: number) => void
  /** Where a runner's longest gap began, if it is one. */
  readonly gapOf: (id: string, untilMs: number) => number | null
}

/** @param lastMs when each was heard last before */
export function startWatch(hiddenMs: number, lastMs: ReadonlyMap<string, number>): HiddenWatch {
  const last = new Map(lastMs)
  const longest = new Map<string, { readonly sinceMs: number; readonly forMs: number }>()
  const look = (id: string, atMs: number) => {
    const sinceMs = last.get(id) ?? hiddenMs
    const before = longest.get(id)
    return before === undefined || atMs - sinceMs > before.forMs ? { sinceMs, forMs: atMs - sinceMs } : before
  }
  return {
    heard: (id, atMs) => {
      longest.set(id, look(id, atMs))
      last.set(id, atMs)
    },
    gapOf: (id, untilMs) => {
      const { sinceMs, forMs } = look(id, untilMs)
      return forMs > GAP_MS ? sinceMs : null
    },
  }
}

/** @returns null where nothing was missed */
export const toMissed = (runners: readonly MissedRunner[], untilMs: number): Missed | null =>
  runners.length === 0 ? null : { untilMs, runners }

/** The start of the gap for a runner whose strap was not received until now; null if there is none. */
export const gapSince = (lastHeardMs: number, untilMs: number): number | null =>
  untilMs - lastHeardMs > GAP_MS ? lastHeardMs : null
