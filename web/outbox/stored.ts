// What the outbox keeps on this browser's disk, as plain data.
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { ParticipationState } from '../../src/domain/participation.ts'

/** A group run as the recorder made it, with or without a network. */
export interface StoredGroupRun {
  readonly id: string
  readonly groupId: string | null
  readonly name: string
  readonly madeAtMs: number
  /** Nothing of a practice is ever sent. */
  readonly practice: boolean
  /** What the screens need to go on with after a reload: plain data that they alone read. */
  readonly plan: unknown
  readonly timer: unknown
  readonly settings: unknown
  readonly endedAtMs: number | null
}

/** One runner in a group run, as the screens know them. */
export interface Participation {
  readonly id: string
  readonly groupRunId: string
  /** null is a guest: never sent. */
  readonly clientId: string | null
  readonly alias: string
  readonly watchLevel: 'standard' | 'extra'
  /** With the id of its version where the server has it. */
  readonly zone: (CalmZone & { readonly id: string | null }) | null
  readonly strapId: string | null
}

/** What the sending writes down about one runner; the screens only read it. */
export interface Sent {
  /** As the server last said it; null where it has said nothing yet. */
  readonly arrival: ParticipationState | null
  readonly composedRunId: string | null
  /** Code of why the server would not take something; null once it takes it. */
  readonly refused: string | null
}
export type StoredParticipation = Participation & Sent
export const notSent: Sent = { arrival: null, composedRunId: null, refused: null }

export interface BatchKey {
  readonly participationId: string
  /** 1, 2, 3, … of this recorder for this runner, without a gap. */
  readonly number: number
}

export interface BatchRow extends BatchKey {
  readonly bytes: Uint8Array
  readonly entries: number
  readonly lastAtMs: number
  /** Only the page that opened a batch writes it again; for every later page an open one is as good as sealed. */
  readonly state: 'open' | 'sealed' | 'acknowledged'
}

export interface SealedBatch extends BatchKey {
  readonly bytes: Uint8Array
}

/** Whether batches of this runner go to the server at all. */
export const isSendable = (run: StoredGroupRun, { clientId }: Participation): boolean =>
  !run.practice && clientId !== null

const HALF_DAY_MS = 12 * 3_600_000
/** Whether a group run is being recorded. Nobody runs for half a day: one that nobody ended does not count for ever. */
export const isGoing = ({ madeAtMs, endedAtMs }: StoredGroupRun, nowMs: number): boolean =>
  endedAtMs === null && nowMs - madeAtMs < HALF_DAY_MS

const DAY_MS = 86_400_000
/** Whether this browser has no more use for a group run: it ended a day ago and the server has all that it wants of it.
 *  @param unsent batches of it that the server has not acknowledged */
export function isOver(
  run: StoredGroupRun,
  participations: readonly StoredParticipation[],
  unsent: number,
  nowMs: number,
): boolean {
  const settled = participations.every(
    (one) => !isSendable(run, one) || (one.arrival !== 'arriving' && one.refused === null),
  )
  return run.endedAtMs !== null && nowMs - run.endedAtMs >= DAY_MS && unsent === 0 && settled
}
