// A thread that checks the log on its own read-only connection. Nobody waits for it.
import { parentPort, workerData } from 'node:worker_threads'
import { verifyAudit } from '../../store/audit/audit-check.ts'
import { openToWatch } from '../open-to-read.ts'
import { failed, type Answer } from './answer.ts'

async function check(): Promise<Answer> {
  const { db, close } = openToWatch(String(workerData))
  try {
    return { ok: true, value: await verifyAudit(db) }
  } catch (error) {
    return failed(error)
  } finally {
    await close()
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, no window
parentPort?.on('message', () => void check().then((answer) => parentPort?.postMessage(answer)))
