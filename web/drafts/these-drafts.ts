// The drafts of the signed-in person. They are opened when the server has given the key, and written one after another.
import { signal } from '@preact/signals'
import { findDraftKey } from '../api/people.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { openDraftBox, removeOldDrafts, type DraftBox, type DraftDisk, type DraftOf } from './draft-box.ts'

const disk: DraftDisk = {
  read: (name) => thisOutbox.kept(`draft:${name}`),
  write: (name, row) => thisOutbox.keep(`draft:${name}`, row),
  names: () => thisOutbox.draftNames(),
}

// Also drafts of people who never come back to this browser.
void thisOutbox.ready.then(() => removeOldDrafts(disk, Date.now())).catch(() => undefined)

/** Null while nobody is here, or where this browser keeps no secret (an address without https). */
export const draftBox = signal<DraftBox | null>(null)
let openedFor: string | null = null

/** Opens the drafts of the signed-in person. Never throws: without them nothing is kept. */
export async function openDrafts(personId: string): Promise<void> {
  if (personId === openedFor || !('subtle' in crypto)) return
  openedFor = personId
  draftBox.value = null
  try {
    const { draftKey, clientIds } = await findDraftKey()
    const box = await openDraftBox(draftKey, disk, Date.now)
    const mine = new Set(clientIds)
    await box.removeAbout((clientId) => !mine.has(clientId))
    // Somebody else is here by now.
    if (openedFor === personId) draftBox.value = box
  } catch {
    openedFor = null
  }
}

let queue: Promise<void> = Promise.resolve()
/** One after another: what was thrown away is not written again by what came before. */
const inTurn = (work: () => Promise<void>): void => {
  // A disk that is full or away says so itself; then it is as if nobody had typed.
  queue = queue.then(work).catch(() => undefined)
}

export const saveDraft = (box: DraftBox, of: DraftOf, value: unknown): void => inTurn(() => box.save(of, value))
export const dropDraft = (box: DraftBox, of: DraftOf): void => inTurn(() => box.drop(of))
/** The client was erased: nothing about them is left to be written. */
export async function forgetDraftsAbout(erasedId: string): Promise<void> {
  await queue
  await draftBox.value?.removeAbout((clientId) => clientId === erasedId).catch(() => undefined)
}

const waiting = new Set<() => void>()
/** Called before the page goes: writes what waits for its moment. */
export function writeAtOnce(write: () => void): () => void {
  waiting.add(write)
  return () => void waiting.delete(write)
}
const writeWaiting = (): void => {
  for (const write of waiting) write()
}

addEventListener('pagehide', writeWaiting)
document.addEventListener('visibilitychange', writeWaiting)

/** A disk that takes longer does not answer … product choice. */
const PATIENCE_MS = 1000
/** Everything that was typed is on the disk, or it takes too long. */
export async function draftsWritten(): Promise<void> {
  writeWaiting()
  await Promise.race([queue, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])
}
