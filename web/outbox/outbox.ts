// The outbox of this browser: group runs, their runners and all their entries, on disk first, with or without a
// network. Screens write and read here, sending takes from here; open-outbox.ts makes it. Data stay on disk until
// somebody removes them, or for a fixed term after their end (terms.ts), for each runner separately.
import type { ReadonlySignal } from '@preact/signals'
import type { StreamEntry } from '../../src/formats/phone-recording/entry.ts'
import type { FoldEntries } from '../../src/formats/phone-recording/fold-entries.ts'
import type { ConnectionProblem } from './database.ts'
import type { RequestLimits } from './disk.ts'
import type { KeptKey } from './key-value.ts'
import type { RemovedNote } from './removed.ts'
import type { StorageRoom } from './storage-room.ts'
import type { BatchKey, Participation, SealedBatch, Sent, StoredGroupRun, StoredParticipation } from './stored.ts'

/** `full`: no room; entries wait in memory and are tried again. `blocked`: another version of the page holds the database.
 *  `newer`: a newer page has changed it. `gone`: the browser does not give it; tried again. `other_tab`: another tab records,
 *  this one only reads. */
export type OutboxProblem = 'full' | ConnectionProblem | 'other_tab'

export interface OutboxState extends StorageRoom {
  readonly problem: OutboxProblem | null
  /** The disk will be full soon. */
  readonly low: boolean
  /** Entries that wait in memory alone because of a problem: a reload would lose them. */
  readonly inMemory: number
  /** Batches that were not sent and that the browser has cleared away. */
  readonly lost: number
  /** Sealed batches that the server has not acknowledged; without guests, practice and what it refused for good. */
  readonly unsent: number
  /** Recordings, one a runner, of group runs that are over, that wait on this device. */
  readonly waitingRecordings: number
  /** Until when the first of them is kept; null where none waits. */
  readonly waitingUntilMs: number | null
}

export interface Outbox {
  /** Random, of this browser, made once; empty until `ready`. */
  readonly recorderId: string
  /** Once it can be read, and written unless another tab records. */
  readonly ready: Promise<void>
  readonly state: ReadonlySignal<OutboxState>

  /** Memory first: from this call on, before it returns, the group run is as it is put, for every function here and for the
   *  sending. It goes to disk in the same write as the entries that wait, after what was put before it, and is tried again
   *  until it is there. Whoever may not wait for the disk does not await it.
   *  @returns once it is on disk, however long that takes; rejects only where another tab records */
  readonly putGroupRun: (run: StoredGroupRun) => Promise<void>
  readonly listGroupRuns: () => Promise<StoredGroupRun[]>
  /** Memory first, like `putGroupRun`: entries may be appended at once. Notes of the sending about it stay. */
  readonly putParticipation: (participation: Participation) => Promise<void>
  readonly listParticipations: (groupRunId: string) => Promise<StoredParticipation[]>
  /** Whether any tab of this browser records a group run. */
  readonly isRecording: () => Promise<boolean>

  /** On disk within half a second; a person's mark at once.
   *  @throws RangeError where its time does not rise or no batch can hold it; Error for an unknown participation */
  readonly append: (participationId: string, entry: StreamEntry) => void
  /** Everything appended is on disk. @throws what the browser says; it is tried again by itself */
  readonly flush: () => Promise<void>
  /** Time of a runner's last entry; null where there is none. */
  readonly lastAtMs: (participationId: string) => number | null
  /** Everything on disk, by time; batches that cannot be read any more are named in `damaged`. */
  readonly readEntries: (participationId: string) => Promise<FoldEntries>

  /** What waits to be sent of one group run, runner by runner, in order, at least one batch where there is one.
   *  @param wanted `ids`: of these runners only; `last`: batches that go behind all others */
  readonly listSealed: (
    groupRunId: string,
    wanted: RequestLimits & { readonly ids: ReadonlySet<string>; readonly last: (key: BatchKey) => boolean },
  ) => Promise<SealedBatch[]>
  /** The server has these. Memory first, as `putGroupRun`: a full disk does not make the phone send them for ever. */
  readonly acknowledge: (keys: readonly BatchKey[]) => void
  /** The server would not take this one though it came alone: it waits no more and holds nobody up. Memory first. */
  readonly setAside: (key: BatchKey, code: string) => void
  /** The server misses what it had acknowledged: waits again, where it is still on disk. */
  readonly sendAgain: (keys: readonly BatchKey[]) => Promise<void>
  /** Batches of a runner that were set aside wait again, because a person asks for it. */
  readonly takeBack: (participationId: string) => Promise<void>
  /** Memory first. */
  readonly noteSent: (participationId: string, sent: Partial<Sent>) => void
  /** Everything that the server has not acknowledged, also what is still open; read from disk. */
  readonly countUnsent: () => Promise<number>

  readonly keep: (key: KeptKey, value: unknown) => Promise<void>
  /** null where nothing is kept under that name. */
  readonly kept: <T>(key: KeptKey) => Promise<T | null>
  /** Of everybody who was here. */
  readonly draftNames: () => Promise<readonly string[]>
  /** Deletes the signed-in person and the clients they guide. */
  readonly wipeKept: () => Promise<void>

  /** Data on disk for each runner: bytes, and batches that the server does not have, without those set aside. */
  readonly listSizes: () => Promise<ReadonlyMap<string, { readonly bytes: number; readonly unsent: number }>>
  /** Notes about deleted data that nobody else has, newest first. */
  readonly removed: ReadonlySignal<readonly RemovedNote[]>
  readonly sawRemoved: () => Promise<void>
  /** This page guides that group run, or none: others that nobody ended end by themselves, this one ends it itself. */
  readonly guide: (groupRunId: string | null) => void
  /** Hear of group runs of which nothing is left here. */
  readonly onGone: (hear: (groupRunId: string) => void) => void
  /** End what was left, and remove what may not stay (terms.ts). It happens by itself when a page opens and every hour.
   *  @param maySend whether somebody is here who may send: then nothing goes that can still be sent
   *  @returns once it is off the disk; rejects where that is refused: it is tried again, and shown no more */
  readonly clean: (maySend: boolean) => Promise<void>
  /** Remove these runners and everything of them, sent or not, and group runs of which nobody is left. */
  readonly remove: (participationIds: readonly string[]) => Promise<void>
}
