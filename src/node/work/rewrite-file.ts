// A thread for slow work on a database's files, on its own connection: rewriting every page, and moving the write-ahead
// log into the file.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { failed, type Answer } from './answer.ts'

const work = {
  rewrite: 'vacuum; pragma wal_checkpoint(truncate)',
  /** As far as nobody reads it; nobody waits meanwhile. */
  checkpoint: 'pragma wal_checkpoint(passive)',
} as const
export type FileWork = keyof typeof work

function doWork(what: FileWork): Answer {
  const sqlite = new DatabaseSync(String(workerData))
  try {
    sqlite.exec(`pragma busy_timeout = 5000; pragma secure_delete = on; ${work[what]}`)
    return { ok: true, value: null }
  } catch (error) {
    return failed(error)
  } finally {
    sqlite.close()
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.on('message', (what: FileWork) => parentPort?.postMessage(doWork(what)))
