// What a served clinic does by itself once a day, and at its start: retention. A failure is told and tried again the next
// day; it never takes the server down.
import { runRetention } from '../store/retention.ts'
import type { Store } from '../store/database.ts'

const DAY_MS = 86_400_000

/** @returns a stop that waits for what is under way */
export function startDailyJobs(store: Store, nowMs: () => number): () => Promise<void> {
  const run = async () => {
    try {
      await runRetention(store, nowMs())
    } catch (error) {
      console.error(`calmpace: retention failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  let underWay = run()
  const timer = setInterval(() => (underWay = underWay.then(run)), DAY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
