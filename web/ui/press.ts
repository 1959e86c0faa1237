// Decides when a press counts: only for an element that was there, unchanged, for a while before the finger came down,
// and only for that element, even if the page has moved it meanwhile. Pure; press-guard.ts asks it.

/** What has just appeared, moved or changed takes no press for so long (issue 15; product choice). */
export const SETTLE_MS = 700
/** Less than this is not moving: a line that grows by a digit. Product choice. */
const MOVED_PX = 8
/** A finger that slides further than this takes its press back, as on every phone. Product choice. */
const SLID_PX = 24

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}
/** What can be pressed, as it is seen at one moment. */
export interface Sight {
  /** What pressing it would do, and to whom. */
  readonly meaning: string
  /** On the screen. */
  readonly box: Box
  /** How far the page and everything around it is scrolled. */
  readonly scrollX: number
  readonly scrollY: number
}
/** Since when it stands where it stands and means what it means. */
export interface Standing {
  readonly sinceMs: number
  /** Where it stands in what is scrolled: the reader's own scrolling moves nothing. */
  readonly place: Box
  readonly seen: Sight
}

/** @param before null where it was not there */
export function look(before: Standing | null, sight: Sight, nowMs: number): Standing {
  const place = placeOf(sight)
  if (before === null || before.seen.meaning !== sight.meaning) return { sinceMs: nowMs, place, seen: sight }
  // The place stays the one of the beginning: who creeps has moved in the end.
  if (!hasMoved(before.place, place)) return { ...before, seen: sight }
  // What sticks to the screen stays where it is while the rest is scrolled.
  const { seen } = before
  const hasScrolled = seen.scrollX !== sight.scrollX || seen.scrollY !== sight.scrollY
  const sticks = hasScrolled && !hasMoved(seen.box, sight.box)
  return { sinceMs: sticks ? before.sinceMs : nowMs, place, seen: sight }
}

export const isSettled = ({ sinceMs }: Standing, nowMs: number): boolean => nowMs - sinceMs >= SETTLE_MS

const placeOf = ({ box: { left, top, right, bottom }, scrollX, scrollY }: Sight): Box => ({
  left: left + scrollX,
  top: top + scrollY,
  right: right + scrollX,
  bottom: bottom + scrollY,
})

const hasMoved = (a: Box, b: Box): boolean =>
  Math.abs(a.left - b.left) > MOVED_PX ||
  Math.abs(a.top - b.top) > MOVED_PX ||
  Math.abs(a.right - b.right) > MOVED_PX ||
  Math.abs(a.bottom - b.bottom) > MOVED_PX

/** A finger that came down. */
export interface FingerDown<Target> {
  /** Null: on nothing that can be pressed, or on something that had not settled. */
  readonly target: Target | null
  readonly meaning: string
  readonly x: number
  readonly y: number
}
/** The same finger, lifted. */
export interface FingerUp<Target> {
  /** What lies under the finger now. */
  readonly target: Target | null
  readonly x: number
  readonly y: number
}

/** @param meaningNow of what stood under the finger as it came down; null where that is gone
 *  @returns whose press it is; null is nobody's */
export function pressedOf<Target>(
  down: FingerDown<Target> | null,
  up: FingerUp<Target>,
  meaningNow: string | null,
): Target | null {
  if (down === null || down.target === null || meaningNow !== down.meaning) return null
  if (down.target === up.target) return down.target
  return Math.hypot(up.x - down.x, up.y - down.y) <= SLID_PX ? down.target : null
}
