// Copies in memory of the batches of the current run. If the browser wipes the disk under the page, they are written
// again, so neither the start of a run nor an unsent minute is lost. Pure.
import { staysAtSignOut, type KeptKey } from './key-value.ts'
import { isGoing, type BatchKey, type BatchRow, type StoredGroupRun, type StoredParticipation } from './stored.ts'

/** Changed in place. A beat takes about a dozen bytes: two hours of ten straps are a megabyte. */
export interface HeldRows {
  readonly rows: Map<string, Map<number, BatchRow>>
  /** Another stored value by name, as it was last read or written; null if it was deleted. */
  readonly kept: Map<KeptKey, unknown>
}

export const newHeldRows = (): HeldRows => ({ rows: new Map(), kept: new Map() })

/** These are on disk as they are. */
export function holdRows({ rows }: HeldRows, put: readonly BatchRow[]): void {
  for (const row of put) {
    const own = rows.get(row.participationId) ?? new Map<number, BatchRow>()
    rows.set(row.participationId, own.set(row.number, row))
  }
}

/** Of what is on disk, what belongs to a run that goes. */
export function holdGoing(held: HeldRows, { runs, participations, rows }: GoingContents): void {
  const going = new Set(runs.filter(isGoing).map(({ id }) => id))
  const ids = new Set(participations.filter(({ groupRunId }) => going.has(groupRunId)).map(({ id }) => id))
  holdRows(
    held,
    rows.filter(({ participationId }) => ids.has(participationId)),
  )
}
interface GoingContents {
  readonly runs: readonly StoredGroupRun[]
  readonly participations: readonly StoredParticipation[]
  readonly rows: readonly BatchRow[]
}

/** The fate of the batches that are held. */
export function markRows({ rows }: HeldRows, keys: readonly BatchKey[], state: BatchRow['state']): void {
  for (const { participationId, number } of keys) {
    const row = rows.get(participationId)?.get(number)
    if (row !== undefined) rows.get(participationId)?.set(number, { ...row, state })
  }
}

export const isHeld = ({ rows }: HeldRows, { participationId, number }: BatchKey): boolean =>
  rows.get(participationId)?.has(number) === true

export const listRows = ({ rows }: HeldRows): BatchRow[] => [...rows.values()].flatMap((own) => [...own.values()])

export function dropHeld({ rows }: HeldRows, participationId: string): void {
  rows.delete(participationId)
}

/** Somebody signed out: what is forgotten on disk is not kept here. */
export function forgetKept({ kept }: HeldRows): void {
  for (const key of kept.keys()) if (!staysAtSignOut(key)) kept.delete(key)
}
