// What this page knows of its disk, in memory, purely: group runs, runners, and which sealed batches wait for the server. The
// rows themselves stay on disk.
import {
  isOver,
  isSendable,
  type BatchKey,
  type BatchRow,
  type StoredGroupRun,
  type StoredParticipation,
} from './stored.ts'

/** Changed in place. */
export interface Books {
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
export function openBooks({ runs, participations, rows }: DiskContents): Books {
  const books: Books = {
    runs: new Map(runs.map((run) => [run.id, run])),
    participations: new Map(participations.map((one) => [one.id, one])),
    waiting: new Map(),
  }
  addWaiting(
    books,
    rows.filter(({ state }) => state !== 'acknowledged'),
  )
  return books
}

export function addWaiting({ waiting }: Books, keys: readonly BatchKey[]): void {
  for (const { participationId, number } of keys)
    waiting.set(participationId, (waiting.get(participationId) ?? new Set()).add(number))
}

export function removeWaiting({ waiting }: Books, keys: readonly BatchKey[]): void {
  for (const { participationId, number } of keys) waiting.get(participationId)?.delete(number)
}

export function removeParticipation({ participations, waiting }: Books, id: string): void {
  participations.delete(id)
  waiting.delete(id)
}

export const runnersOf = ({ participations }: Books, groupRunId: string): StoredParticipation[] =>
  [...participations.values()].filter((one) => one.groupRunId === groupRunId)

/** What of a group run waits to be sent, runner by runner, numbers rising; nothing of guests and of a practice. */
export function listWaiting(books: Books, groupRunId: string): BatchKey[] {
  const run = books.runs.get(groupRunId)
  if (run === undefined) return []
  return runnersOf(books, groupRunId)
    .filter((one) => isSendable(run, one))
    .flatMap(({ id }) =>
      [...(books.waiting.get(id) ?? [])]
        .sort((a, b) => a - b)
        .map((number): BatchKey => ({ participationId: id, number })),
    )
}

export const countWaiting = (books: Books): number =>
  [...books.runs.keys()].reduce((sum, id) => sum + listWaiting(books, id).length, 0)

/** Group runs that this browser has no more use for. */
export const listOver = (books: Books, nowMs: number): string[] =>
  [...books.runs.values()]
    .filter((run) => isOver(run, runnersOf(books, run.id), listWaiting(books, run.id).length, nowMs))
    .map(({ id }) => id)
