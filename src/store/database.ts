// What the store needs from a runtime: a database behind Kysely, and one way to write several rows together. Each entry
// point makes one (Node: a SQLite file; Cloudflare: a Durable Object's storage).
import type { Kysely } from 'kysely'
import { joinBytes } from '../formats/join-bytes.ts'
import type { AuditCheck } from './audit/audit-chain.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

type Atomically = <T>(work: (db: Database) => Promise<T>) => Promise<T>

/** Copies of what was deleted that may still stand in the files: none; until they are written anew, which the jobs do by themselves; until
 *  the disk has room for that. */
export type CopiesLeft = 'none' | 'until_rewritten' | 'until_room'

export interface Store {
  readonly db: Database
  /** All of `work`'s writes or none; it must use the database that it is given. */
  readonly atomically: Atomically
  /** The same for work of a few milliseconds: several may share the one write to the disk that each waits for. As ever all or nothing,
   *  by itself, and ended only once it is on disk. */
  readonly shortly: Atomically
  /** Look at all as it is at one moment, while others read and write: with a turn for them whenever `rest` is waited for. Absent where
   *  there is no such way. Never inside `atomically`. */
  readonly atOneMoment?: <T>(look: (db: Database, rest: () => Promise<void>) => Promise<T>) => Promise<T>
  /** Leave no byte of what was deleted in the log of changes and in free pages; in a small store nowhere else either. Never
   *  inside `atomically`. Absent where the runtime keeps no file of ours. */
  readonly compact?: () => Promise<CopiesLeft>
  /** Leave none anywhere in the files, however large they are: others wait meanwhile. Absent where there is no file. */
  readonly rewrite?: () => Promise<void>
  /** Check the log where nobody waits for it. Absent where there is no such place. Never inside `atomically`. */
  readonly checkLog?: () => Promise<AuditCheck>
}

/** A blob as bytes: `node:sqlite` gives a Uint8Array, a Durable Object an ArrayBuffer. */
export const toBytes = (blob: Uint8Array | ArrayBuffer): Uint8Array =>
  blob instanceof ArrayBuffer ? new Uint8Array(blob) : blob

const PART_BYTES = 1_000_000

/** Cut into parts that fit a row. */
export function cutIntoParts(bytes: Uint8Array): { part: number; bytes: Uint8Array }[] {
  const parts: { part: number; bytes: Uint8Array }[] = []
  for (let at = 0; at < bytes.length; at += PART_BYTES)
    parts.push({ part: parts.length, bytes: bytes.slice(at, at + PART_BYTES) })
  return parts
}

/** Put parts together again, in their order. */
export const joinParts = (parts: readonly { bytes: Uint8Array | ArrayBuffer }[]): Uint8Array =>
  joinBytes(parts.map(({ bytes }) => toBytes(bytes)))

/** A Durable Object binds at most 100 values to a statement. */
const MOST_VALUES = 90

/** Ask for many ids, some at a time; the answers in the order of the ids. */
export async function inBatches<T>(
  ids: readonly string[],
  ask: (some: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (let at = 0; at < ids.length; at += MOST_VALUES) all.push(...(await ask(ids.slice(at, at + MOST_VALUES))))
  return all
}
