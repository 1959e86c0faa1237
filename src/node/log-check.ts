// Checks the audit log in a thread of its own, which lives for one check. A log of many years takes minutes.
import { fileURLToPath } from 'node:url'
import type { AuditCheck } from '../store/audit/audit-chain.ts'
import { startThread, type Thread } from './work/thread.ts'

const script = fileURLToPath(new URL('work/check-log.cjs', import.meta.url))
/** product choice: five million lines take half a minute of a quick machine. */
const LIMIT_MS = 15 * 60_000
/** A page of lines at a time, and the numbers of those that were struck. */
const [MEMORY_MB, YOUNG_MB] = [64, 8]

export interface LogCheck {
  /** A caller who asks while a check runs gets the result of that check. @throws WorkError */
  readonly check: () => Promise<AuditCheck>
  readonly close: () => Promise<void>
}

export function makeLogCheck(path: string): LogCheck {
  let underWay: { readonly thread: Thread; readonly found: Promise<AuditCheck> } | null = null
  function start() {
    const options = { script, knows: path, memoryMb: MEMORY_MB, youngMb: YOUNG_MB, limitMs: LIMIT_MS }
    const thread = startThread(options, () => (underWay = null))
    const found = thread.ask('check').finally(() => thread.end('WORK_STOPPED')) as Promise<AuditCheck>
    return { thread, found }
  }
  return {
    check: () => (underWay ??= start()).found,
    close: async () => underWay?.thread.end('WORK_STOPPED'),
  }
}
