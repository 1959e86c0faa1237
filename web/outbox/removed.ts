// A note about recordings that this browser deleted although nobody else has them: that they existed, when and why they
// were deleted, and nothing about any person. It stays until a staff member has seen it. Pure.

/** `by_hand`: somebody removed it on this phone. */
export type RemovedWhy = 'refused' | 'unsent' | 'by_hand'

export interface RemovedNote {
  /** Random: it leads nowhere once the run is gone. */
  readonly groupRunId: string
  /** When the group run was. */
  readonly runAtMs: number
  readonly removedAtMs: number
  readonly why: RemovedWhy
  /** Of how many runners. */
  readonly runners: number
  /** The server's code; null where it refused nothing. */
  readonly code: string | null
  readonly isSeen: boolean
}

const DAY_MS = 86_400_000
/** So long it can still be read after somebody saw it … product choice. */
const SEEN_KEPT_MS = 28 * DAY_MS
/** … and so long it waits for somebody … product choice. */
const UNSEEN_KEPT_MS = 365 * DAY_MS

/** @param more what is removed now, one for each runner
 *  @returns all that is still to be told, newest first; runners of one group run that went together stand in one note */
export function addRemoved(
  before: readonly RemovedNote[],
  more: readonly Omit<RemovedNote, 'runners' | 'isSeen'>[],
  nowMs: number,
): readonly RemovedNote[] {
  // Why the server refused is told of what goes for that alone.
  const withoutCodes = more.map((one) => (one.why === 'refused' ? one : { ...one, code: null }))
  const added = [
    ...Map.groupBy(withoutCodes, ({ groupRunId, why, code }) => JSON.stringify([groupRunId, why, code])).values(),
  ]
  const notes = added.flatMap((same): RemovedNote[] => {
    const [first] = same
    return first === undefined ? [] : [{ ...first, runners: same.length, isSeen: false }]
  })
  return [...notes, ...before.filter((note) => isTold(note, nowMs))]
}

const isTold = ({ isSeen, removedAtMs }: RemovedNote, nowMs: number): boolean =>
  nowMs - removedAtMs < (isSeen ? SEEN_KEPT_MS : UNSEEN_KEPT_MS)

export const seeRemoved = (notes: readonly RemovedNote[]): readonly RemovedNote[] =>
  notes.map((note) => ({ ...note, isSeen: true }))

/** From the disk, where an older or a newer page may have kept something else. */
export function readRemoved(kept: unknown): readonly RemovedNote[] {
  return Array.isArray(kept) ? kept.filter(isNote) : []
}

function isNote(value: unknown): value is RemovedNote {
  if (typeof value !== 'object' || value === null) return false
  const { groupRunId, runAtMs, removedAtMs, why, runners, code } = value as Partial<Record<keyof RemovedNote, unknown>>
  return (
    typeof groupRunId === 'string' &&
    typeof runAtMs === 'number' &&
    typeof removedAtMs === 'number' &&
    (why === 'refused' || why === 'unsent' || why === 'by_hand') &&
    typeof runners === 'number' &&
    (code === null || typeof code === 'string')
  )
}
