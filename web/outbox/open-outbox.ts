// Makes the outbox: takes the right to record, opens the database, and lets the books follow what the disk says. A page that
// has no right to record (another tab has it) reads only.
import { signal } from '@preact/signals'
import * as books from './books.ts'
import { connect, isFull, type ConnectionProblem, type Database } from './database.ts'
import * as disk from './disk.ts'
import { openFlusher } from './flusher.ts'
import { findRecorderId, keepIn, wipeKept, type KeptKey } from './kept.ts'
import type { Outbox, OutboxState } from './outbox.ts'
import { takeRecorderLock } from './recorder-lock.ts'
import { askToPersist, measureRoom } from './storage-room.ts'
import { isGoing, notSent } from './stored.ts'

/** @param name of the database and of the lock */
export function openOutbox(name = 'calmpace'): Outbox {
  const { state, report, reportRoom, known } = newReport()
  let recorderId = ''
  let records = false
  /** Done once this page knows its disk, as the reader or the recorder that it is. */
  let loaded: Promise<void> = Promise.resolve()

  const connection = connect(
    name,
    (db) => restore(db, recorderId, known()),
    (problem) => report({ connection: problem }),
    () => !(records && [...known().runs.values()].some((run) => isGoing(run, Date.now()))),
  )
  const flusher = openFlusher(
    connection,
    (sealed) => {
      books.addWaiting(known(), sealed)
      report()
    },
    (full) => report({ full }),
  )

  const removeRun = async (db: Database, groupRunId: string) => {
    for (const id of await disk.removeRun(db, groupRunId)) {
      flusher.end(id)
      books.removeParticipation(known(), id)
    }
    known().runs.delete(groupRunId)
  }
  const load = async (asRecorder: boolean) => {
    const db = await connection.open()
    recorderId = await findRecorderId(db)
    const contents = await disk.readContents(db)
    report({ books: books.openBooks(contents) })
    if (!asRecorder) return
    // What a page left open ends as it is: the next number goes on behind it. Nothing is written here, so that a full disk
    // keeps nobody from going on.
    const rowsOf = Map.groupBy(contents.rows, ({ participationId }) => participationId)
    for (const { id } of contents.participations) {
      const last = rowsOf.get(id)?.at(-1)
      flusher.begin(id, last?.number ?? 0, last?.lastAtMs ?? null)
    }
    records = true
    report({ otherTab: false })
  }
  const removeOver = async () => {
    for (const id of books.listOver(known(), Date.now())) await removeRun(await connection.open(), id)
  }
  const ready = new Promise<void>((resolve) => {
    const begin = (asRecorder: boolean) => {
      loaded = loaded
        .then(() =>
          atLast(
            () => load(asRecorder),
            (error) => report({ full: isFull(error) }),
          ),
        )
        .then(resolve)
      void loaded
        .then(reportRoom)
        .then(() => (records ? removeOver() : undefined))
        .catch(() => undefined)
    }
    takeRecorderLock(
      `${name}-recorder`,
      () => begin(true),
      () => {
        report({ otherTab: true })
        begin(false)
      },
    )
  })
  whenPageMayGo(() => void flusher.flush().catch(() => undefined))

  /** Do a change that only a recorder may do. */
  const change = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    await ready
    await loaded
    if (!records) throw new Error('another tab records')
    try {
      return await work(await connection.open())
    } catch (error) {
      if (isFull(error)) report({ full: true })
      throw error
    } finally {
      report()
    }
  }
  const look = async <T>(work: (db: Database) => T | Promise<T>): Promise<T> => work(await connection.open())

  return {
    get recorderId() {
      return recorderId
    },
    ready,
    state,
    putGroupRun: async (run) => {
      await change(async (db) => {
        await disk.putRun(db, run)
        known().runs.set(run.id, run)
      })
      if (!state.value.persisted) await askToPersist()
      await reportRoom()
    },
    listGroupRuns: () => look((db) => db.getAll('groupRuns')),
    putParticipation: (participation) =>
      change(async (db) => {
        const put = await disk.changeParticipation(
          db,
          participation.id,
          (before = { ...participation, ...notSent }) => {
            const { arrival, composedRunId, refused } = before
            return { ...participation, arrival, composedRunId, refused }
          },
        )
        if (put !== null) known().participations.set(put.id, put)
        flusher.begin(participation.id, 0, null)
      }),
    listParticipations: (groupRunId) => look((db) => db.getAllFromIndex('participations', 'groupRunId', groupRunId)),
    isRecording: () => look(async (db) => (await db.getAll('groupRuns')).some((run) => isGoing(run, Date.now()))),

    append: flusher.append,
    flush: flusher.flush,
    lastAtMs: flusher.lastAtMs,
    readEntries: (participationId) => look((db) => disk.readEntriesOf(db, participationId)),

    listSealed: (groupRunId, { mostBytes, skip = () => false }) =>
      look(async (db) => {
        const keys = books.listWaiting(known(), groupRunId).filter((key) => !skip(key))
        const { batches, lost } = await disk.readBatches(db, keys, mostBytes)
        books.removeWaiting(known(), lost)
        report()
        return batches
      }),
    acknowledge: (keys) =>
      change(async (db) => {
        await disk.changeState(db, keys, 'acknowledged')
        books.removeWaiting(known(), keys)
      }),
    sendAgain: (keys) =>
      change(async (db) => {
        books.addWaiting(known(), await disk.changeState(db, keys, 'sealed'))
      }),
    noteSent: (participationId, sent) =>
      change(async (db) => {
        const put = await disk.changeParticipation(db, participationId, (before) =>
          before === undefined ? null : { ...before, ...sent },
        )
        if (put !== null) known().participations.set(put.id, put)
      }),
    countUnsent: () => look(async (db) => books.countWaiting(books.openBooks(await disk.readContents(db)))),

    keep: (key, value) => look((db) => keepIn(db, key, value)),
    kept: <T>(key: KeptKey) => look(async (db) => ((await db.get('kept', key)) ?? null) as T | null),
    wipeKept: () => look(wipeKept),
    forget: (groupRunId) => change((db) => removeRun(db, groupRunId)),
  }
}

/** The books, and what the outbox says of itself. */
function newReport() {
  const state = signal<OutboxState>({ problem: null, unsent: 0, usedBytes: null, quotaBytes: null, persisted: false })
  let facts = {
    full: false,
    otherTab: false,
    connection: null as ConnectionProblem | null,
    books: books.openBooks({ runs: [], participations: [], rows: [] }),
  }
  const report = (change: Partial<typeof facts> = {}) => {
    const wasFull = facts.full
    facts = { ...facts, ...change }
    const problem = facts.otherTab ? 'other_tab' : (facts.connection ?? (facts.full ? 'full' : null))
    const unsent = books.countWaiting(facts.books)
    if (problem !== state.value.problem || unsent !== state.value.unsent)
      state.value = { ...state.value, problem, unsent }
    if (facts.full && !wasFull) void reportRoom()
  }
  const reportRoom = async () => {
    state.value = { ...state.value, ...(await measureRoom()) }
  }
  return { state, report, reportRoom, known: () => facts.books }
}

/** Where the browser has cleared everything away under a page, what the page knows is put back. */
async function restore(db: Database, recorderId: string, known: books.Books): Promise<void> {
  if (recorderId === '' || (await db.get('kept', 'recorderId')) === recorderId) return
  await keepIn(db, 'recorderId', recorderId)
  for (const run of known.runs.values()) await disk.putRun(db, run)
  for (const one of known.participations.values()) await disk.changeParticipation(db, one.id, () => one)
  known.waiting.clear()
}

/** Do it again until it works. */
async function atLast(work: () => Promise<void>, onFailure: (error: unknown) => void): Promise<void> {
  for (let waitMs = 1000; ; waitMs = Math.min(30_000, waitMs * 2))
    try {
      return await work()
    } catch (error) {
      onFailure(error)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
}

function whenPageMayGo(work: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) work()
  })
  document.addEventListener('freeze', work)
  addEventListener('pagehide', work)
}
