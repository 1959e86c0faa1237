// What the outbox keeps on this browser's disk, as plain data.
import type { CalmZone } from '../../src/domain/calm-zone.ts'
import type { ParticipationState } from '../../src/domain/participation.ts'

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
  /** What the screens need to go on with after a reload: plain data that they alone read. */
  readonly plan: unknown
  readonly timer: unknown
  readonly settings: unknown
  readonly endedAtMs: number | null
  /** This phone's clock less that of the run's streams: by so much somebody or the network has set it since they were written.
   *  Absent in what older pages kept. */
  readonly clockSetMs?: number
  /** Who began it, or took it over last: nobody else is shown anything of it. Absent in what older pages kept, until it is
   *  opened (`web/group-run/holder.ts`). */
  readonly holder?: RunHolder
  /** Who began it. */
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
  readonly watchLevel: 'standard' | 'extra'
  /** With the id of its version where the server has it. */
  readonly zone: (CalmZone & { readonly id: string | null }) | null
  /** When the server said so, by its clock; null where it never did (a guest), absent in what older pages kept. */
  readonly limitsAsOfMs?: number | null
  readonly strapId: string | null
  /** How often that has changed: of two words about it the one with more counts. Absent in what older pages kept. */
  readonly strapChanges?: number
}

/** What the sending writes down about one runner; the screens only read it. */
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

const HALF_DAY_MS = 12 * 3_600_000
/** Whether a group run is being recorded. Nobody runs for half a day: one that nobody ended does not count for ever. */
export const isGoing = (run: StoredGroupRun, nowMs: number): boolean => run.endedAtMs === null && nowMs < endOf(run)

/** When a group run ended, by the clock of this phone as it is now; one that nobody ended, half a day after it began. */
export const endOf = ({ madeAtMs, endedAtMs, clockSetMs = 0 }: StoredGroupRun): number =>
  (endedAtMs ?? madeAtMs + HALF_DAY_MS) + clockSetMs

const DAY_MS = 86_400_000
/** How long a runner's recording stays after its end once the server has it … product choice: to look back the next morning. */
const KEPT_MS = DAY_MS
/** … and how long what the server refused for good … product choice: somebody can still put it right within a week. */
const REFUSED_KEPT_MS = 7 * DAY_MS

/** When this browser removes what it has of one runner, whatever becomes of the others; null while something of it waits.
 *  @param unsent batches of this runner that the server has not acknowledged; without those set aside */
export function goesAtMs(
  run: StoredGroupRun,
  participation: StoredParticipation,
  unsent: number,
  nowMs: number,
): number | null {
  if (run.endedAtMs === null && isGoing(run, nowMs)) return null
  const { arrival, refused, refusedAtMs, setAside } = participation
  const endMs = endOf(run)
  if (isSendable(run, participation)) {
    if (refused !== null || setAside > 0) {
      const refusedGoesMs = Math.max(endMs + KEPT_MS, (refusedAtMs ?? endMs) + REFUSED_KEPT_MS)
      return refused === null && unsent > 0 ? null : refusedGoesMs
    }
    if (unsent > 0) return null
    // The server has every batch, but may still miss one that it had acknowledged.
    if (arrival === 'arriving') return endMs + REFUSED_KEPT_MS
  }
  // A clock that ran ahead then must not keep for a year what nobody needs any more.
  return endMs - nowMs > DAY_MS ? nowMs : endMs + KEPT_MS
}
