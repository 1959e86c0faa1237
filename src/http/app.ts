// Composes the HTTP app: the same on Node and in a Durable Object. Entries hand in store, clock and ids.
import { secureHeaders } from 'hono/secure-headers'
import { isMigrated } from '../store/migrations.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { clientRoutes } from './clients.ts'
import { combinationRoutes } from './combinations.ts'
import { renderDocs } from './docs.ts'
import { exportRoutes } from './exports.ts'
import { patternRoutes } from './patterns.ts'
import { ProblemError, renderError } from './problem.ts'
import { runRoutes } from './runs.ts'
import { settingsRoutes } from './settings.ts'
import { uploadRoutes } from './uploads.ts'
import { zoneRoutes } from './zones.ts'

const description = {
  openapi: '3.1.0',
  info: { title: 'calmpace', version: '1', description: 'Calm runs: clients, zones, runs and their assessments.' },
}

export function createApp(context: AppContext) {
  const app = newRouter()
  app.onError(renderError)
  app.notFound((c) => renderError(new ProblemError('NOT_FOUND'), c))
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: false,
    }),
  )
  // A page of another site may make a browser send requests here; it cannot take away their Origin.
  app.use('/api/*', async (c, next) => {
    const origin = c.req.header('origin')
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!reads && origin !== undefined && hostOf(origin) !== hostOf(c.req.url)) throw new ProblemError('FOREIGN_ORIGIN')
    await next()
    c.header('cache-control', 'no-store')
  })
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await isMigrated(context.store.db).catch(() => false)
    if (!ready) throw new ProblemError('NOT_READY')
    return c.json({ status: 'ready' })
  })
  const routes = app
    .route('/', clientRoutes(context))
    .route('/', zoneRoutes(context))
    .route('/', uploadRoutes(context))
    .route('/', runRoutes(context))
    .route('/', combinationRoutes(context))
    .route('/', exportRoutes(context))
    .route('/', patternRoutes(context))
    .route('/', settingsRoutes(context))
  app.doc31('/api/openapi.json', description)
  app.get('/api/docs', (c) => c.html(renderDocs(JSON.parse(JSON.stringify(app.getOpenAPI31Document(description))))))
  return routes
}
export type AppType = ReturnType<typeof createApp>

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null
}
