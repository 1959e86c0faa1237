// Jobs of a running server, at its start and later: retention once a day; unfinished recordings and ended sessions once
// an hour. A failed job is reported and tried again the next time; it never stops the server.
import { composeStaleRuns } from '../live/compose-stale-runs.ts'
import { causeOf, whereFrom } from '../live/cause.ts'
import { nextTurn } from '../http/next-turn.ts'
import type { Imports } from '../http/runs/imports.ts'
import type { ReceiveContext } from '../live/receive-batches.ts'
import { logEvent } from '../live/server-log.ts'
import { tellRefused } from '../store/audit/refusals.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { finishErasing } from '../store/rights/erasing.ts'
import { retainGuarded } from '../store/rights/retention-guard.ts'
import { isRewriteDue, rewriteWhenDue } from '../store/rights/rewrite-due.ts'
import { deleteOverSessions } from '../store/sign-in/sessions.ts'

const HOUR_MS = 3_600_000

type Counts = Readonly<Record<string, number>>
interface Job {
  readonly name: string
  readonly everyMs: number
  /** What it did; nothing is told of where it did nothing. */
  readonly work: () => Promise<Counts>
  /** Whether it is told of also where it has nothing to do, with a line when it begins; absent: never. */
  readonly isTold?: () => boolean | Promise<boolean>
}

/** How a job went; a failed one is always told of. */
export type OnJob = (event: 'job.begun' | 'job.done', name: string, durationMs: number | null, counts: Counts) => void

export const logJob: OnJob = (event, job, durationMs, counts) => {
  if (durationMs === null) logEvent(event, `the job "${job}" begins`, { job })
  else logEvent(event, `the job "${job}" is done: ${inWords(counts)}`, { job, durationMs, counts })
}
const inWords = (counts: Counts): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')

type JobContext = ReceiveContext & { readonly imports: Pick<Imports, 'goOn' | 'tidy'> }

/** @returns a stop that waits for what is under way */
export function startJobs(context: JobContext, onJob: OnJob): () => Promise<void> {
  const { store, nowMs, imports } = context
  const tidyImports = async () => {
    // Not waited for: it goes on for as long as it takes, and is stopped by itself.
    void imports.goOn().catch((error: unknown) => sayFailed('going on with imports', error))
    return { imports: await imports.tidy() }
  }
  const jobs: readonly Job[] = [
    { name: 'retention', everyMs: 24 * HOUR_MS, work: () => retain(context), isTold: () => true },
    {
      name: 'telling refusals',
      everyMs: HOUR_MS,
      work: async () => ({ refusals: await store.atomically((db) => tellRefused(db, nowMs())) }),
    },
    { name: 'erasing', everyMs: HOUR_MS, work: () => goOnErasing(context) },
    { name: 'composing', everyMs: HOUR_MS, work: async () => ({ recordings: await composeStaleRuns(context) }) },
    {
      name: 'rewriting',
      everyMs: HOUR_MS,
      work: async () => ({ databases: Number(await rewriteWhenDue(store, nowMs())) }),
      isTold: () => isRewriteDue(store, nowMs()),
    },
    { name: 'tidying imports', everyMs: HOUR_MS, work: tidyImports },
    {
      name: 'ending sessions',
      everyMs: HOUR_MS,
      work: async () => ({ sessions: await deleteOverSessions(store.db, nowMs()) }),
    },
  ]
  const stops = jobs.map((job) => startJob(job, onJob))
  return async () => {
    await Promise.all(stops.map((stop) => stop()))
  }
}

/** Deletes what is over, or says why it waits. */
async function retain({ store, nowMs }: ReceiveContext): Promise<Counts> {
  const done = await retainGuarded(store, nowMs(), nextTurn)
  if (!('why' in done)) {
    const { runs, files, recordings } = done
    return { runs, files, recordings }
  }
  const { why, due, kept, ranAtMs } = done
  const reason =
    why === 'many'
      ? `that are ${due} of the ${kept} runs that have readings`
      : `it ran last at ${ranAtMs === null ? 'no time' : new Date(ranAtMs).toISOString()}, and the clock says ${new Date(nowMs()).toISOString()}`
  logEvent(
    'retention.waits',
    `the readings of ${due} runs are due to be deleted, and were not: ${reason}. Is the clock of this machine right? ` +
      `${why === 'clock' ? 'It goes on in a day by itself; at once by: ' : 'If it is, say so: '}calmpace confirm-retention`,
    { reason: why, counts: { due, kept } },
  )
  return { runs: 0, files: 0, recordings: 0 }
}

/** Finishes erasures that were running when the process ended. */
async function goOnErasing({ store, nowMs, imports }: JobContext): Promise<Counts> {
  const clients = await finishErasing(store, nowMs(), nextTurn)
  if (clients > 0) {
    await imports.tidy()
    await store.compact?.()
  }
  return { clients }
}

function startJob({ name, everyMs, work, isTold = () => false }: Job, onJob: OnJob): () => Promise<void> {
  const run = async () => {
    const beganMs = performance.now()
    try {
      const isToldNow = await isTold()
      if (isToldNow) onJob('job.begun', name, null, {})
      const counts = await work()
      if (isToldNow || Object.values(counts).some((count) => count > 0))
        onJob('job.done', name, Math.round(performance.now() - beganMs), counts)
    } catch (error) {
      sayFailed(name, error)
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

/** What we expect says itself what to do, in words of our own; of anything else, the kind alone. */
function sayFailed(job: string, error: unknown): void {
  const why = error instanceof ExpectedError ? `: ${error.message}` : '; it is tried again'
  const at = error instanceof Error ? { at: whereFrom(error) } : {}
  logEvent('job.failed', `the job "${job}" failed${why}`, { job, cause: causeOf(error), ...at })
}
