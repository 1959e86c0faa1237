// Single values that this browser remembers by name.
import type { Database } from './database.ts'

export type KeptKey =
  | 'recorderId'
  /** Who was signed in, for a start without a network. */
  | 'who'
  /** Straps that were here before; nothing of a person. */
  | 'straps'
  /** Runs that were taken over and that the server was not told of: people of the staff, and ids. */
  | 'handOvers'
  /** Notes about deleted data that nobody else has (removed.ts); nothing about a person. */
  | 'removed'
  /** Data to start a group run without a network, of one group or of all. */
  | `roster:${string}`
  /** Unsaved text that only its writer can read (`web/drafts`). */
  | `draft:${string}`

const DRAFT = 'draft:'

export const staysAtSignOut = (key: string): boolean =>
  key === 'recorderId' || key === 'straps' || key === 'handOvers' || key === 'removed' || key.startsWith(DRAFT)

/** @param value null forgets it */
export async function keepIn(db: Database, key: KeptKey, value: unknown): Promise<void> {
  const change = db.transaction('kept', 'readwrite', { durability: 'strict' })
  await Promise.all([value === null ? change.store.delete(key) : change.store.put(value, key), change.done])
}

/** Deletes the signed-in person and the clients they guide. */
export async function wipeKept(db: Database): Promise<void> {
  const change = db.transaction('kept', 'readwrite', { durability: 'strict' })
  const keys = (await change.store.getAllKeys()).filter((key) => !staysAtSignOut(key))
  await Promise.all([...keys.map((key) => change.store.delete(key)), change.done])
}

/** The id of this browser, made once. */
export async function findRecorderId(db: Database): Promise<string> {
  const change = db.transaction('kept', 'readwrite', { durability: 'strict' })
  const found = await change.store.get('recorderId')
  const id = typeof found === 'string' ? found : crypto.randomUUID()
  if (found !== id) await change.store.put(id, 'recorderId')
  await change.done
  return id
}

/** Names of all drafts, of every person. */
export const listDraftNames = async (db: Database): Promise<string[]> =>
  (await db.getAllKeys('kept')).filter((key) => key.startsWith(DRAFT)).map((key) => key.slice(DRAFT.length))
