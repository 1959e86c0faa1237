// Is the service alive and ready? For monitoring; nobody needs to sign in.
import { createRoute, z } from '@hono/zod-openapi'
import { causeOf } from '../live/cause.ts'
import { logEvent } from '../live/server-log.ts'
import { isDiskFull } from '../store/disk-full.ts'
import { isReady } from '../store/readiness.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded } from './guard.ts'
import { orAfter } from './or-after.ts'
import { ProblemError } from './problem.ts'
import { json } from './schemas.ts'

const lives = createRoute({
  ...guarded('public'),
  method: 'get',
  path: '/healthz',
  responses: { 200: json(z.object({ status: z.literal('ok') }), 'The process answers') },
})
const ready = createRoute({
  ...guarded('public'),
  method: 'get',
  path: '/readyz',
  responses: { 200: json(z.object({ status: z.literal('ready') }), 'The database is migrated and can be written') },
})

/** For so long a good answer stands: whoever asks a thousand times a second makes no disk write so often. product choice */
const STANDS_MS = 2000

/** product choice: what watches a server waits for some seconds. A database whose file is written anew takes no write for a minute or more. */
const WAITS_MS = 3000
const BUSY = `It took no write within ${WAITS_MS / 1000} s: its file may be being written anew, which is done at night and ends by itself.`

export function healthRoutes({ store, nowMs }: Pick<AppContext, 'store' | 'nowMs'>) {
  let provenMs = Number.NEGATIVE_INFINITY
  let asking: Promise<boolean> | null = null
  const ask = async () => {
    const isGood = await isReady(store, nowMs())
    if (isGood) provenMs = nowMs()
    return isGood
  }
  return newRouter()
    .openapi(lives, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(ready, async (c) => {
      if (Math.abs(nowMs() - provenMs) > STANDS_MS) {
        asking ??= ask().finally(() => (asking = null))
        const isGood = await orAfter(WAITS_MS, asking).catch((error: unknown) => {
          logEvent('database.not_ready', 'the database takes no write', { cause: causeOf(error) })
          throw new ProblemError('NOT_READY', isDiskFull(error) ? 'The disk is full.' : 'The database takes no write.')
        })
        if (isGood === null) throw new ProblemError('NOT_READY', BUSY)
        if (!isGood) throw new ProblemError('NOT_READY')
      }
      return c.json({ status: 'ready' as const }, 200)
    })
}
