// Makes the outbox: takes the lock to record, opens the database, and uses the index in memory; the disk follows it. A
// page without the lock (another tab has it) only reads.
import { phoneClock } from '../api/server-clock.ts'
import { dropChanges, newBehind, putChanges } from './behind.ts'
import * as books from './outbox-index.ts'
import { connect, isFull, putRows, type Database } from './database.ts'
import * as disk from './disk.ts'
import { openFlusher } from './flusher.ts'
import { forgetKept, holdGoing, holdRows, isHeld, listRows, markRows, newHeldRows } from './held-rows.ts'
import { findRecorderId, keepIn, listDraftNames, wipeKept, type KeptKey } from './key-value.ts'
import { newReport } from './outbox-report.ts'
import type { Outbox } from './outbox.ts'
import { atLast, whenPageMayGo } from './page-life.ts'
import { takeRecorderLock } from './recorder-lock.ts'
import { watchRoom } from './room-watch.ts'
import { askToPersist } from './storage-room.ts'
import { isGoing, notSent, type BatchKey, type Sent, type StoredParticipation } from './stored.ts'
import { newSweep } from './sweep.ts'

/** How often what is over is looked for: a page may stay open for weeks. */
const SWEEP_EVERY_MS = 3_600_000

/** @param name of the database and of the lock */
export function openOutbox(name = 'calmpace'): Outbox {
  const report = newReport(() => flusher.unwritten().entries)
  const known = () => report.facts().books
  const behind = newBehind()
  const held = newHeldRows()
  let recorderId = ''
  let records = false
  /** Done once this page knows its disk, as the reader or the recorder that it is. */
  let loaded: Promise<void> = Promise.resolve()
  const isRunGoing = () => records && [...known().runs.values()].some(isGoing)

  const connection = connect(
    name,
    async (db) => {
      if (recorderId === '' || (await db.get('kept', 'recorderId')) === recorderId) return
      // The browser has cleared everything away under this page: what it knows and holds is put back, and what is gone is told.
      await keepIn(db, 'recorderId', recorderId)
      if (isRunGoing()) for (const [key, value] of held.kept) await keepIn(db, key, value)
      await putRows(db, { runs: [], participations: [], batches: listRows(held) })
      for (const run of known().runs.values()) behind.runs.set(run.id, run)
      for (const one of known().participations.values()) behind.participations.set(one.id, one)
      const lost = books.listAllWaiting(known()).filter((key) => !isHeld(held, key))
      books.removeWaiting(known(), lost)
      report.say({ lost: report.facts().lost + lost.length })
    },
    (problem) => report.say({ connection: problem }),
    () => !isRunGoing(),
  )
  const flusher = openFlusher(
    connection,
    behind,
    (rows) => {
      // Open ones too: whoever says nothing now would have theirs written anew only when it is sealed.
      holdRows(held, rows)
      books.addWaiting(
        known(),
        rows.filter(({ state }) => state === 'sealed'),
      )
      report.say()
    },
    (full) => report.say({ full }),
  )

  const sweep = newSweep({ connection, flusher, behind, held, known, say: () => report.say() })

  const load = async (asRecorder: boolean) => {
    const db = await connection.open()
    recorderId = await findRecorderId(db)
    const contents = await disk.readContents(db)
    report.say({ books: books.openIndex(contents) })
    if (!asRecorder) return
    // What a page left open ends as it is: the next number goes on behind it. Nothing is written here, so that a full disk
    // keeps nobody from going on.
    holdGoing(held, contents)
    const rowsOf = Map.groupBy(contents.rows, ({ participationId }) => participationId)
    for (const { id } of contents.participations) {
      const last = rowsOf.get(id)?.at(-1)
      flusher.begin(id, last?.number ?? 0, last?.lastAtMs ?? null)
    }
    await sweep.read(db)
    records = true
    report.say({ otherTab: false })
    // Before anybody reads: what may not stay is not shown any more.
    await sweep.clean().catch(() => undefined)
  }
  // A failed removal is repeated an hour later.
  const sweepOn = () => {
    if (records) void sweep.clean().catch(() => undefined)
  }
  const ready = new Promise<void>((resolve) => {
    const begin = (asRecorder: boolean) => {
      loaded = loaded
        .then(() =>
          atLast(
            () => load(asRecorder),
            (error) => report.say({ full: isFull(error) }),
          ),
        )
        .then(resolve)
      void loaded.then(report.sayRoom)
    }
    takeRecorderLock(
      `${name}-recorder`,
      () => begin(true),
      () => {
        report.say({ otherTab: true })
        begin(false)
      },
    )
  })
  // The flusher reports a failed write and tries again.
  whenPageMayGo(() => void flusher.flush().catch(() => undefined))
  setInterval(sweepOn, SWEEP_EVERY_MS)
  watchRoom(
    () => isRunGoing() || report.facts().full || report.facts().noRoom,
    () => flusher.unwritten().forMs,
    (facts) => {
      report.say(facts)
      // A running recording kept the database from another tab; that run is over.
      if (connection.isWanted()) void flusher.flush().then(connection.giveWay, connection.giveWay)
    },
  )

  /** Do a change that only a recorder may do, on the disk itself. */
  const change = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    await becomeRecorder()
    try {
      return await work(await connection.open())
    } catch (error) {
      if (isFull(error)) report.say({ full: true })
      throw error
    } finally {
      report.say()
    }
  }
  const becomeRecorder = async () => {
    await ready
    await loaded
    if (!records) throw new Error('another tab records')
  }
  /** Known in memory at once; the disk follows. */
  const follow = (): Promise<void> => {
    report.say()
    return flusher.written()
  }
  const putRunner = (one: StoredParticipation): void => {
    known().participations.set(one.id, one)
    behind.participations.set(one.id, one)
  }
  const noteSent = (participationId: string, sent: Partial<Sent>): void => {
    const before = known().participations.get(participationId)
    if (before !== undefined) putRunner({ ...before, ...sent })
  }
  const look = async <T>(work: (db: Database) => T | Promise<T>): Promise<T> => work(await connection.open())
  const again = async (db: Database, keys: readonly BatchKey[], from: 'acknowledged' | 'refused') => {
    const unwritten = dropChanges(behind, keys)
    const changes = keys.map((key) => ({ ...key, state: 'sealed' as const }))
    const changed = await disk.changeStates(db, changes, (state) => state === from)
    markRows(held, keys, 'sealed')
    books.addWaiting(known(), [...unwritten, ...changed])
  }

  return {
    get recorderId() {
      return recorderId
    },
    ready,
    state: report.state,
    putGroupRun: async (run) => {
      if (!records) await becomeRecorder()
      const before = known().runs.get(run.id)
      const isNew = before === undefined
      const wasRight = before?.clockWasRight === true || (isGoing(run) && phoneClock() === 'right')
      const written = wasRight ? { ...run, clockWasRight: true } : run
      known().runs.set(run.id, written)
      behind.runs.set(run.id, written)
      await follow()
      if (!isNew) return
      if (!report.state.value.persisted) await askToPersist()
      await report.sayRoom()
    },
    listGroupRuns: async () => (records ? [...known().runs.values()] : look((db) => db.getAll('groupRuns'))),
    putParticipation: async (participation) => {
      if (!records) await becomeRecorder()
      const { arrival, composedRunId, refused, refusedAtMs, setAside, setAsideCode } =
        known().participations.get(participation.id) ?? notSent
      putRunner({ ...participation, arrival, composedRunId, refused, refusedAtMs, setAside, setAsideCode })
      flusher.begin(participation.id, 0, null)
      await follow()
    },
    listParticipations: async (groupRunId) =>
      records
        ? books.runnersOf(known(), groupRunId)
        : look(async (db) => (await db.getAllFromIndex('participations', 'groupRunId', groupRunId)).map(books.toKnown)),
    isRecording: async () => isRunGoing() || look(async (db) => (await db.getAll('groupRuns')).some(isGoing)),

    append: flusher.append,
    flush: flusher.flush,
    lastAtMs: flusher.lastAtMs,
    readEntries: (participationId) => look((db) => disk.readEntriesOf(db, participationId)),

    listSealed: (groupRunId, { ids, last, ...limits }) =>
      look(async (db) => {
        const keys = books.listWaiting(known(), groupRunId, ids)
        const ordered = [...keys.filter((key) => !last(key)), ...keys.filter(last)]
        const { batches, lost } = await disk.readBatches(db, ordered, limits)
        books.removeWaiting(known(), lost)
        report.say({ lost: report.facts().lost + lost.length })
        return batches
      }),
    acknowledge: (keys) => {
      books.removeWaiting(known(), keys)
      markRows(held, keys, 'acknowledged')
      putChanges(
        behind,
        keys.map((key) => ({ ...key, state: 'acknowledged' as const })),
      )
      void follow()
    },
    setAside: (key, code) => {
      books.removeWaiting(known(), [key])
      markRows(held, [key], 'refused')
      putChanges(behind, [{ ...key, state: 'refused' }])
      const before = known().participations.get(key.participationId)
      if (before !== undefined)
        noteSent(key.participationId, {
          setAside: before.setAside + 1,
          setAsideCode: code,
          refusedAtMs: before.refusedAtMs ?? Date.now(),
        })
      void follow()
    },
    sendAgain: async (keys) => {
      if (keys.length > 0) await change((db) => again(db, keys, 'acknowledged'))
    },
    takeBack: (participationId) =>
      change(async (db) => {
        await again(db, await disk.listSetAside(db, participationId), 'refused')
        noteSent(participationId, { setAside: 0, setAsideCode: null })
      }),
    noteSent: (participationId, sent) => {
      noteSent(participationId, sent)
      void follow()
    },
    countUnsent: () =>
      look(async (db) => books.countWaiting(books.openIndex(await disk.readContents(db)))).catch(() =>
        books.countWaiting(known()),
      ),

    keep: (key, value) => {
      held.kept.set(key, value)
      return look((db) => keepIn(db, key, value))
    },
    kept: <T>(key: KeptKey) =>
      look(async (db) => {
        const found = ((await db.get('kept', key)) ?? null) as T | null
        held.kept.set(key, found)
        return found
      }),
    draftNames: () => look(listDraftNames),
    wipeKept: () => {
      forgetKept(held)
      return look(wipeKept)
    },

    listSizes: () => look(disk.readSizes),
    removed: sweep.removed,
    guide: sweep.guide,
    onGone: sweep.onGone,
    clean: async (maySend) => {
      await ready
      // Another tab that records cleans too.
      if (records) await sweep.clean(maySend)
    },
    remove: (participationIds) => change(() => sweep.remove(participationIds)),
    sawRemoved: () => change(sweep.sawRemoved),
  }
}
