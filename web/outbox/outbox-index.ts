// The index in memory of this page's disk: group runs, runners, and the sealed batches that wait for the server. The
// rows of batches stay on disk. A page that records trusts its index, whether or not the disk has everything yet. Pure.
import type { PhoneClock } from '../api/server-clock.ts'
import {
  isGoing,
  isSendable,
  notSent,
  type BatchKey,
  type BatchRow,
  type StoredGroupRun,
  type StoredParticipation,
} from './stored.ts'
import { doubtsOf, isOver, termOf, type LeaveReason } from './terms.ts'

/** Changed in place. */
export interface OutboxIndex {
  readonly runs: Map<string, StoredGroupRun>
  readonly participations: Map<string, StoredParticipation>
  /** Numbers of what waits, by participation. */
  readonly waiting: Map<string, Set<number>>
}

export interface DiskContents {
  readonly runs: readonly StoredGroupRun[]
  readonly participations: readonly StoredParticipation[]
  readonly rows: readonly Pick<BatchRow, 'participationId' | 'number' | 'state'>[]
}

/** Books of what is on disk; batches that are still open wait too. */
export function openIndex({ runs, participations, rows }: DiskContents): OutboxIndex {
  const books: OutboxIndex = {
    runs: new Map(runs.map((run) => [run.id, run])),
    participations: new Map(participations.map((one) => [one.id, toKnown(one)])),
    waiting: new Map(),
  }
  addWaiting(
    books,
    rows.filter(({ state }) => state === 'open' || state === 'sealed'),
  )
  return books
}

/** With the members that the page which wrote it did not know yet. */
export const toKnown = (stored: StoredParticipation): StoredParticipation => ({ ...notSent, ...stored })

export function addWaiting({ waiting }: OutboxIndex, keys: readonly BatchKey[]): void {
  for (const { participationId, number } of keys)
    waiting.set(participationId, (waiting.get(participationId) ?? new Set()).add(number))
}

export function removeWaiting({ waiting }: OutboxIndex, keys: readonly BatchKey[]): void {
  for (const { participationId, number } of keys) waiting.get(participationId)?.delete(number)
}

/** Everything that waits, of guests and of a practice as well. */
export const listAllWaiting = ({ waiting }: OutboxIndex): BatchKey[] =>
  [...waiting].flatMap(([participationId, numbers]) => [...numbers].map((number) => ({ participationId, number })))

export function removeParticipation({ participations, waiting }: OutboxIndex, id: string): void {
  participations.delete(id)
  waiting.delete(id)
}

export const runnersOf = ({ participations }: OutboxIndex, groupRunId: string): StoredParticipation[] =>
  [...participations.values()].filter((one) => one.groupRunId === groupRunId)

/** What of a group run waits to be sent, runner by runner, numbers rising; nothing of guests and of a practice.
 *  @param ids of these runners only */
export function listWaiting(
  books: OutboxIndex,
  groupRunId: string,
  ids: ReadonlySet<string> | null = null,
): BatchKey[] {
  const run = books.runs.get(groupRunId)
  if (run === undefined) return []
  return runnersOf(books, groupRunId)
    .filter((one) => isSendable(run, one) && (ids?.has(one.id) ?? true))
    .flatMap(({ id }) =>
      [...(books.waiting.get(id) ?? [])]
        .sort((a, b) => a - b)
        .map((number): BatchKey => ({ participationId: id, number })),
    )
}

/** Waiting batches that can still be sent, without those that the server refused for good. */
const waitsOf = (books: OutboxIndex, run: StoredGroupRun, one: StoredParticipation): number =>
  isSendable(run, one) && one.refused === null ? unsentOf(books, one.id) : 0

export const countWaiting = (books: OutboxIndex): number =>
  [...books.runs.values()].reduce(
    (sum, run) => sum + runnersOf(books, run.id).reduce((own, one) => own + waitsOf(books, run, one), 0),
    0,
  )

/** Recordings, one a runner, of group runs that are over and that the server has not all of, and until when the first of them
 *  is kept; null where none waits. */
export function listWaitingRecordings(
  books: OutboxIndex,
  nowMs: number,
): { readonly count: number; readonly untilMs: number | null } {
  const terms = [...books.runs.values()]
    .filter((run) => !isGoing(run))
    .flatMap((run) =>
      runnersOf(books, run.id).flatMap((one) => {
        const waits = waitsOf(books, run, one)
        return waits === 0 ? [] : (termOf(run, one, waits, nowMs)?.atMs ?? [])
      }),
    )
  return { count: terms.length, untilMs: terms.length === 0 ? null : Math.min(...terms) }
}

/** One runner whose recording leaves. */
export interface Leaving {
  readonly participation: StoredParticipation
  readonly run: StoredGroupRun
  readonly why: LeaveReason
}

/** What this browser has no more use for, or may not keep any longer: runner by runner, and group runs of which nobody is left.
 *  @param maySend whether somebody is here who may send: then nothing goes that can still be sent
 *  @param clock of this phone, as far as the server says */
export function listGone(
  books: OutboxIndex,
  nowMs: number,
  maySend: boolean,
  clock: PhoneClock,
): { readonly leaving: Leaving[]; readonly runs: string[] } {
  const gone = { leaving: [] as Leaving[], runs: [] as string[] }
  for (const run of books.runs.values()) {
    const runners = runnersOf(books, run.id)
    const leaving = runners.flatMap((participation): Leaving[] => {
      const term = termOf(run, participation, unsentOf(books, participation.id), nowMs)
      if (term === null || !isOver(term, run, nowMs, clock) || (maySend && term.why === 'unsent')) return []
      return [{ participation, run, why: term.why }]
    })
    gone.leaving.push(...leaving)
    const isEmptyOver = runners.length > 0 || (termOf(run, nobody, 0, nowMs)?.atMs ?? Infinity) <= nowMs
    if (leaving.length === runners.length && isEmptyOver) gone.runs.push(run.id)
  }
  return gone
}

/** Group runs of which a look at them changes what is written down about their times. */
export function listDoubted(books: OutboxIndex, nowMs: number): StoredGroupRun[] {
  return [...books.runs.values()].flatMap((run) => {
    const terms = runnersOf(books, run.id).flatMap((one) => termOf(run, one, unsentOf(books, one.id), nowMs) ?? [])
    const { doubtedSinceMs, foundAheadMs, ...rest } = run
    const doubts = doubtsOf(run, terms, nowMs)
    const isSame = doubts.doubtedSinceMs === doubtedSinceMs && doubts.foundAheadMs === foundAheadMs
    return isSame ? [] : [{ ...rest, ...doubts }]
  })
}

/** Batches of a runner that the server has not acknowledged; without those set aside. */
export const unsentOf = ({ waiting }: OutboxIndex, participationId: string): number =>
  waiting.get(participationId)?.size ?? 0

/** Stands for the runners of a group run without any. */
const nobody: StoredParticipation = {
  ...notSent,
  id: '',
  groupRunId: '',
  clientId: null,
  alias: '',
  watchLevel: 'standard',
  zone: null,
  strapId: null,
}
