// Jobs of a running server, at its start and later: retention once a day; unfinished recordings and ended sessions once
// an hour. A failed job is reported and tried again the next time; it never stops the server.
import { composeStaleRuns } from '../live/compose-stale-runs.ts'
import { nextTurn } from '../http/next-turn.ts'
import type { ReceiveContext } from '../live/receive-batches.ts'
import { complain } from '../live/tell.ts'
import { tellRefused } from '../store/audit/refusals.ts'
import { finishErasing } from '../store/rights/erasing.ts'
import { retainGuarded } from '../store/rights/retention-guard.ts'
import { rewriteWhenDue } from '../store/rights/rewrite-due.ts'
import { deleteOverSessions } from '../store/sign-in/sessions.ts'

const HOUR_MS = 3_600_000

/** @returns a stop that waits for what is under way */
export function startJobs(context: ReceiveContext): () => Promise<void> {
  const stops = [
    startJob('retention', 24 * HOUR_MS, () => retain(context)),
    startJob('telling refusals', HOUR_MS, () => context.store.atomically((db) => tellRefused(db, context.nowMs()))),
    startJob('erasing', HOUR_MS, () => goOnErasing(context)),
    startJob('composing', HOUR_MS, () => composeStaleRuns(context)),
    startJob('rewriting', HOUR_MS, () => rewriteWhenDue(context.store, context.nowMs())),
    startJob('ending sessions', HOUR_MS, () => deleteOverSessions(context.store.db, context.nowMs())),
  ]
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Deletes what is over, or says why it waits. */
async function retain({ store, nowMs }: ReceiveContext): Promise<void> {
  const done = await retainGuarded(store, nowMs(), nextTurn)
  if (!('why' in done)) return
  const { why, due, kept, ranAtMs } = done
  const reason =
    why === 'many'
      ? `that are ${due} of the ${kept} runs that have readings`
      : `it ran last at ${ranAtMs === null ? 'no time' : new Date(ranAtMs).toISOString()}, and the clock says ${new Date(nowMs()).toISOString()}`
  complain(
    `calmpace: the readings of ${due} runs are due to be deleted, and were not: ${reason}. Is the clock of this machine right? ` +
      `${why === 'clock' ? 'It goes on in a day by itself; at once by: ' : 'If it is, say so: '}calmpace confirm-retention`,
  )
}

/** Finishes erasures that were running when the process ended. */
async function goOnErasing({ store, nowMs }: ReceiveContext): Promise<void> {
  if ((await finishErasing(store, nowMs(), nextTurn)) > 0) await store.compact?.()
}

function startJob(name: string, everyMs: number, work: () => Promise<unknown>): () => Promise<void> {
  const run = async () => {
    try {
      await work()
    } catch (error) {
      complain(`calmpace: ${name} failed: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  let underWay = run()
  const timer = setInterval(() => (underWay = underWay.then(run)), everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await underWay
  }
}
