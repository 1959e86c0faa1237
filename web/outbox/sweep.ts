// Deletes data whose term is over (terms.ts), ends group runs that nobody ended (left-runs.ts), and notes deleted data
// that nobody else has (removed.ts). It changes the index first: from then on the data are neither shown nor sent. If
// the disk refuses, it tries again.
import { signal, type ReadonlySignal } from '@preact/signals'
import { phoneClock } from '../api/server-clock.ts'
import { dropRunner, type Behind } from './behind.ts'
import * as books from './outbox-index.ts'
import type { Connection, Database } from './database.ts'
import * as disk from './disk.ts'
import type { Flusher } from './flusher.ts'
import { dropHeld, type HeldRows } from './held-rows.ts'
import { findLeft, type RunnerOnDisk } from './left-runs.ts'
import { addRemoved, readRemoved, seeRemoved, type RemovedNote, type RemovedWhy } from './removed.ts'
import { endOf, isGoing, isSendable, type StoredGroupRun } from './stored.ts'
import { KEPT_MS } from './terms.ts'

export interface Sweep {
  readonly removed: ReadonlySignal<readonly RemovedNote[]>
  /** Data that earlier pages deleted. */
  readonly read: (db: Database) => Promise<void>
  /** This page guides that group run, or none: it ends it itself. */
  readonly guide: (groupRunId: string | null) => void
  /** @param maySend whether the signed-in person may send; if left out, the last value is used */
  readonly clean: (maySend?: boolean) => Promise<void>
  /** Remove these now. */
  readonly remove: (participationIds: readonly string[]) => Promise<void>
  /** Hear of group runs of which nothing is left. */
  readonly onGone: (hear: (groupRunId: string) => void) => void
  readonly sawRemoved: () => Promise<void>
}

export interface SweepParts {
  readonly connection: Pick<Connection, 'open'>
  readonly flusher: Pick<Flusher, 'append' | 'end' | 'flush' | 'lastAtMs'>
  readonly behind: Behind
  readonly held: HeldRows
  readonly known: () => books.OutboxIndex
  /** The index has changed. */
  readonly say: () => void
}

export function newSweep({ connection, flusher, behind, held, known, say }: SweepParts): Sweep {
  const removed = signal<readonly RemovedNote[]>([])
  const hearers: ((groupRunId: string) => void)[] = []
  /** Data that left the index and may still be on disk. */
  const leftOnDisk = { participations: new Set<string>(), runs: new Set<string>(), isUntold: false }
  let maySend = true
  let guided: string | null = null
  let underWay: Promise<void> = Promise.resolve()

  const endLeft = async () => {
    const db = await connection.open()
    for (const { id } of [...known().runs.values()].filter(isGoing)) {
      if (id === guided) continue
      const runners: RunnerOnDisk[] = []
      for (const one of books.runnersOf(known(), id))
        runners.push({ id: one.id, entries: (await disk.readEntriesOf(db, one.id)).entries })
      // As it is after the reading: somebody may have come to it.
      const run = known().runs.get(id)
      if (run !== undefined && isGoing(run) && id !== guided) end(run, runners)
    }
  }
  const end = (run: StoredGroupRun, runners: readonly RunnerOnDisk[]) => {
    const nowMs = Date.now()
    const left = findLeft(run, runners, nowMs)
    if (left === null) return
    const ended = { ...run, endedAtMs: left.heardAtMs, endedByItself: true }
    for (const id of left.open) {
      const lastAtMs = flusher.lastAtMs(id)
      // A runner with nothing else to send leaves now: the server made the run long ago, with the same end.
      const leavesNow = nowMs - endOf(ended) >= KEPT_MS && books.unsentOf(known(), id) === 0
      if (lastAtMs !== null && !leavesNow) flusher.append(id, { kind: 'ended_by_itself', atMs: lastAtMs + 1 })
    }
    known().runs.set(run.id, ended)
    behind.runs.set(run.id, ended)
    // The flusher repeats a failed write.
    flusher.flush().catch(() => undefined)
    say()
  }

  /** A clock of which the server says that it is wrong tells nothing. */
  const doubt = () => {
    if (phoneClock() === 'wrong') return
    const doubted = books.listDoubted(known(), Date.now())
    for (const run of doubted) {
      known().runs.set(run.id, run)
      behind.runs.set(run.id, run)
    }
    // The flusher repeats a failed write.
    if (doubted.length > 0) flusher.flush().catch(() => undefined)
  }

  const erase = async () => {
    const participations = [...leftOnDisk.participations]
    const runs = [...leftOnDisk.runs]
    if (participations.length + runs.length === 0 && !leftOnDisk.isUntold) return
    const notices = leftOnDisk.isUntold ? removed.value : null
    await disk.remove(await connection.open(), { participations, runs }, notices)
    for (const id of participations) leftOnDisk.participations.delete(id)
    for (const id of runs) leftOnDisk.runs.delete(id)
    if (notices === removed.value) leftOnDisk.isUntold = false
  }
  const tell = (notes: readonly RemovedNote[]) => {
    removed.value = notes
    leftOnDisk.isUntold = true
  }
  const take = (leaving: readonly books.Leaving[], runs: readonly string[], byHand: boolean) => {
    const nowMs = Date.now()
    const notes = leaving.flatMap(({ participation, run, why }) => {
      const reason: RemovedWhy | null = why === 'done' ? null : byHand ? 'by_hand' : why
      const code = participation.refused ?? participation.setAsideCode
      const runAtMs = run.madeAtMs + (run.clockSetMs ?? 0)
      return reason === null ? [] : [{ groupRunId: run.id, runAtMs, removedAtMs: nowMs, why: reason, code }]
    })
    if (notes.length > 0) tell(addRemoved(removed.value, notes, nowMs))
    for (const { participation } of leaving) {
      const { id } = participation
      flusher.end(id)
      dropRunner(behind, id)
      dropHeld(held, id)
      books.removeParticipation(known(), id)
      leftOnDisk.participations.add(id)
    }
    for (const id of runs) {
      behind.runs.delete(id)
      known().runs.delete(id)
      leftOnDisk.runs.add(id)
      for (const hear of hearers) hear(id)
    }
    say()
  }

  /** Heart rates that the server has leave a day after the run, also where others of the same runner still wait. */
  const dropTaken = async () => {
    const nowMs = Date.now()
    const over = [...known().runs.values()].filter((run) => nowMs - endOf(run) >= KEPT_MS)
    const ids = over.flatMap(({ id }) => books.runnersOf(known(), id).map((one) => one.id))
    if (ids.length > 0) await disk.dropAcknowledged(await connection.open(), ids)
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = underWay.then(work)
    underWay = done.catch(() => undefined)
    return done
  }

  return {
    removed,
    read: async (db) => {
      if (!leftOnDisk.isUntold) removed.value = readRemoved(await db.get('kept', 'removed'))
    },
    guide: (groupRunId) => void (guided = groupRunId),
    clean: (given = maySend) => {
      maySend = given
      return inTurn(async () => {
        doubt()
        // A disk that does not give the entries of a run keeps nothing else here.
        await endLeft().catch(() => undefined)
        doubt()
        const { leaving, runs } = books.listGone(known(), Date.now(), maySend, phoneClock())
        if (leaving.length + runs.length > 0) take(leaving, runs, false)
        await erase()
        await dropTaken()
      })
    },
    remove: (participationIds) =>
      inTurn(async () => {
        const { leaving, runs } = leavingBy(known(), participationIds)
        take(leaving, runs, true)
        await erase()
      }),
    onGone: (hear) => void hearers.push(hear),
    sawRemoved: () =>
      inTurn(async () => {
        tell(seeRemoved(removed.value))
        await erase()
      }),
  }
}

/** Data that are deleted with these runners, whatever their terms. */
function leavingBy(known: books.OutboxIndex, participationIds: readonly string[]) {
  const leaving: books.Leaving[] = []
  const touched = new Set<string>()
  for (const id of participationIds) {
    const participation = known.participations.get(id)
    const run = participation === undefined ? undefined : known.runs.get(participation.groupRunId)
    if (participation === undefined || run === undefined) continue
    const { refused, setAside } = participation
    const isUntaken = refused !== null || setAside > 0 || books.unsentOf(known, id) > 0
    leaving.push({ participation, run, why: isSendable(run, participation) && isUntaken ? 'unsent' : 'done' })
    touched.add(run.id)
  }
  const runs = [...touched].filter((runId) =>
    books.runnersOf(known, runId).every((one) => participationIds.includes(one.id)),
  )
  return { leaving, runs }
}
