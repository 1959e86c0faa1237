// A thread that writes every page of a database anew, on a connection of its own.
import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { failed, type Answer } from './answer.ts'

function rewrite(): Answer {
  const sqlite = new DatabaseSync(String(workerData))
  try {
    sqlite.exec('pragma busy_timeout = 5000; pragma secure_delete = on; vacuum; pragma wal_checkpoint(truncate)')
    return { ok: true, value: null }
  } catch (error) {
    return failed(error)
  } finally {
    sqlite.close()
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.on('message', () => parentPort?.postMessage(rewrite()))
