// Data that this page knows and its disk does not have yet: group runs, runners, and the fate of batches. They count
// from the moment they are put here. The flusher writes the newest version of each, and tries again if the disk is full
// or gone. Pure.
import type { BatchKey, BatchRow, StoredGroupRun, StoredParticipation } from './stored.ts'

export interface BatchChange extends BatchKey {
  readonly state: Extract<BatchRow['state'], 'acknowledged' | 'refused'>
}

/** Changed in place. */
export interface Behind {
  readonly runs: Map<string, StoredGroupRun>
  readonly participations: Map<string, StoredParticipation>
  readonly changes: Map<string, BatchChange>
}

/** As it was at one moment. */
export interface BehindPart {
  readonly runs: readonly StoredGroupRun[]
  readonly participations: readonly StoredParticipation[]
  readonly changes: readonly BatchChange[]
}

export const newBehind = (): Behind => ({ runs: new Map(), participations: new Map(), changes: new Map() })

const nameOf = ({ participationId, number }: BatchKey): string => `${participationId} ${number}`

export function putChanges({ changes }: Behind, put: readonly BatchChange[]): void {
  for (const change of put) changes.set(nameOf(change), change)
}

/** These batches are to be sent once more: what was to be written of them no longer holds.
 *  @returns those of which the disk knew nothing yet */
export const dropChanges = ({ changes }: Behind, keys: readonly BatchKey[]): BatchKey[] =>
  keys.filter((key) => changes.delete(nameOf(key)))

export function dropRunner({ participations, changes }: Behind, id: string): void {
  participations.delete(id)
  for (const [name, { participationId }] of changes) if (participationId === id) changes.delete(name)
}

export const partOf = ({ runs, participations, changes }: Behind): BehindPart => ({
  runs: [...runs.values()],
  participations: [...participations.values()],
  changes: [...changes.values()],
})

/** Such a part is on disk; what changed since stays. */
export function confirmPart(behind: Behind, { runs, participations, changes }: BehindPart): void {
  for (const run of runs) if (behind.runs.get(run.id) === run) behind.runs.delete(run.id)
  for (const one of participations) if (behind.participations.get(one.id) === one) behind.participations.delete(one.id)
  for (const one of changes) if (behind.changes.get(nameOf(one)) === one) behind.changes.delete(nameOf(one))
}

export const isEmpty = ({ runs, participations, changes }: Behind): boolean =>
  runs.size + participations.size + changes.size === 0
