// Is the service alive and ready? For monitoring; nobody needs to sign in.
import { createRoute, z } from '@hono/zod-openapi'
import { isMigrated } from '../store/migrations.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { guarded } from './guard.ts'
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

export function healthRoutes({ store }: Pick<AppContext, 'store'>) {
  return newRouter()
    .openapi(lives, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(ready, async (c) => {
      if (!(await isMigrated(store.db).catch(() => false))) throw new ProblemError('NOT_READY')
      return c.json({ status: 'ready' as const }, 200)
    })
}
