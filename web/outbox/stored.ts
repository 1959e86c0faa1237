// What the outbox keeps on this browser's disk, as plain data.
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { ParticipationState } from '../../src/domain/participation.ts'
import type { WatchLevel } from '../../src/domain/zone/resolve-zone.ts'

/** Whose a group run is. */
export interface RunHolder {
  /** Empty where nobody knows: then it is nobody's until somebody takes it over. */
  readonly personId: string
  /** Null where this phone never knew it. */
  readonly name: string | null
}

/** A group run as the recorder made it, with or without a network. */
export interface StoredGroupRun {
  readonly id: string
  readonly groupId: string | null
  readonly name: string
  readonly madeAtMs: number
  /** Nothing of a practice is ever sent. */
  readonly practice: boolean
  /** Data that the screens need after a reload: plain data that only they read. */
  readonly plan: unknown
  readonly timer: unknown
  readonly settings: unknown
  readonly endedAtMs: number | null
  /** Nobody pressed stop: it was ended as of the last thing that was heard. */
  readonly endedByItself?: boolean
  /** This phone's clock less that of the run's streams: by so much somebody or the network has set it since they were written.
   *  Absent in what older pages kept. */
  readonly clockSetMs?: number
  /** The server's time was this phone's, to a day, while the run was recorded: its times can be believed. */
  readonly clockWasRight?: boolean
  /** The first look, by this phone's clock, at which something of it that nobody else has was past its term (terms.ts). */
  readonly doubtedSinceMs?: number
  /** The first look at which it was over, or might go on, though its times lay in the future: it counts from then. */
  readonly foundAheadMs?: number
  /** Who began it, or took it over last: nobody else is shown anything of it. Absent in what older pages kept, until it is
   *  opened (`web/group-run/holder.ts`). */
  readonly holder?: RunHolder
  /** The person who started it. */
  readonly startedById?: string
}

/** Whether a group run is this person's, to be shown whole. */
export const isHeldBy = ({ holder }: StoredGroupRun, personId: string): boolean =>
  holder !== undefined && holder.personId !== '' && holder.personId === personId

/** One runner in a group run, as the screens know them. */
export interface Participation {
  readonly id: string
  readonly groupRunId: string
  /** null is a guest: never sent. */
  readonly clientId: string | null
  readonly alias: string
  readonly watchLevel: WatchLevel
  /** With the id of its version where the server has it. */
  readonly zone: (CalmZone & { readonly id: string | null }) | null
  /** When the server said so, by its clock; null where it never did (a guest), absent in what older pages kept. */
  readonly limitsAsOfMs?: number | null
  readonly strapId: string | null
  /** How often that has changed: of two words about it the one with more counts. Absent in what older pages kept. */
  readonly strapChanges?: number
}

/** Notes of the sending about one runner; the screens only read them. */
export interface Sent {
  /** As the server last said it; null where it has said nothing yet. */
  readonly arrival: ParticipationState | null
  readonly composedRunId: string | null
  /** Code of why the server takes nothing of this runner; null where it does, or has not said. */
  readonly refused: string | null
  /** Since when something of this runner is refused, or set aside. */
  readonly refusedAtMs: number | null
  /** Batches that the server would not take, each asked for alone … */
  readonly setAside: number
  /** … and its code for the last of them. */
  readonly setAsideCode: string | null
}
export type StoredParticipation = Participation & Sent
export const notSent: Sent = {
  arrival: null,
  composedRunId: null,
  refused: null,
  refusedAtMs: null,
  setAside: 0,
  setAsideCode: null,
}

export interface BatchKey {
  readonly participationId: string
  /** 1, 2, 3, … of this recorder for this runner, without a gap. */
  readonly number: number
}

export interface BatchRow extends BatchKey {
  readonly bytes: Uint8Array
  readonly entries: number
  readonly lastAtMs: number
  /** Only the page that opened a batch writes it again; for every later page an open one is as good as sealed. `refused`: set
   *  aside, since the server would not take it though it came alone. */
  readonly state: 'open' | 'sealed' | 'acknowledged' | 'refused'
}

export interface SealedBatch extends BatchKey {
  readonly bytes: Uint8Array
}

/** Whether batches of this runner go to the server at all. */
export const isSendable = (run: StoredGroupRun, { clientId }: Participation): boolean =>
  !run.practice && clientId !== null

/** Whether a group run is being recorded. One that nobody ends is ended by the outbox once nothing was heard for long enough
 *  (left-runs.ts). */
export const isGoing = ({ endedAtMs }: StoredGroupRun): boolean => endedAtMs === null

/** When a group run ended, by the clock of this phone as it is now; never while it goes. */
export const endOf = ({ endedAtMs, clockSetMs = 0 }: StoredGroupRun): number => (endedAtMs ?? Infinity) + clockSetMs
