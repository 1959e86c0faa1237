// Changes of straps that are not on the disk yet, as ids only. It is a few bytes outside the database, which still fit
// on a full disk. Without it a reopened page would give a strap to its old wearer. Called by `participants.ts`.
import type { StoredParticipation } from '../outbox/stored.ts'

type Wears = Pick<StoredParticipation, 'id' | 'groupRunId' | 'strapId' | 'strapChanges'>
interface Noted {
  readonly groupRunId: string
  readonly participationId: string
  readonly strapId: string | null
  /** A browser that is killed may bring back an older note: it counts only where it knows of more changes than the disk. */
  readonly strapChanges: number
}

const KEY = 'calmpace.unsaved'
/** Newest last. */
let unsaved: readonly Noted[] = []

/** It is to be written to the disk now. */
export function noteUnsaved({ id, groupRunId, strapId, strapChanges = 0 }: Wears): void {
  // Notes of another run have had their time.
  const others = unsaved.filter((one) => one.groupRunId === groupRunId && one.participationId !== id)
  write([...others, { groupRunId, participationId: id, strapId, strapChanges }])
}

/** It is on the disk. Where it has changed again meanwhile, that is not. */
export function clearUnsaved({ id, strapChanges = 0 }: Wears): void {
  write(unsaved.filter((one) => one.participationId !== id || one.strapChanges > strapChanges))
}

/** These will never be on the disk. */
export function forgetUnsaved(isLost: (participationId: string) => boolean): void {
  write(unsaved.filter((one) => !isLost(one.participationId)))
}

/** Of group runs that are on this phone no more. */
export function forgetUnsavedOf(isGone: (groupRunId: string) => boolean): void {
  const notes = parse()
  if (notes.some(({ groupRunId }) => isGone(groupRunId))) {
    unsaved = notes
    write(notes.filter(({ groupRunId }) => !isGone(groupRunId)))
  }
}

/** The part of this run that the last page could not write. */
export function readUnsaved(groupRunId: string): readonly Noted[] {
  unsaved = parse().filter((one) => one.groupRunId === groupRunId)
  return unsaved
}

function write(notes: readonly Noted[]): void {
  if (notes.length === 0 && unsaved.length === 0) return
  unsaved = notes
  try {
    if (notes.length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(notes))
  } catch {
    // No room here either: this page still knows, and the outbox says that the disk is full.
  }
}

function parse(): readonly Noted[] {
  try {
    const notes: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(notes) ? notes.flatMap(toNoted) : []
  } catch {
    // Somebody else's, or cut off: then there is no note.
    return []
  }
}

function toNoted(value: unknown): readonly Noted[] {
  if (typeof value !== 'object' || value === null) return []
  const { groupRunId, participationId, strapId, strapChanges } = value as Partial<Record<keyof Noted, unknown>>
  return typeof groupRunId === 'string' &&
    typeof participationId === 'string' &&
    typeof strapChanges === 'number' &&
    (strapId === null || typeof strapId === 'string')
    ? [{ groupRunId, participationId, strapId, strapChanges }]
    : []
}
