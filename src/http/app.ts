// Composes the HTTP app: the same on Node and in a Durable Object. Entries hand in store, clock and ids.
import type { Context } from 'hono'
import { isMigrated } from '../store/migrations.ts'
import { afterRunRoutes } from './after-runs.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { clientRoutes } from './clients.ts'
import { combinationRoutes } from './combinations.ts'
import { twinRoutes } from './twins.ts'
import { renderDocs } from './docs.ts'
import { exportRoutes } from './exports.ts'
import { groupRunRoutes } from './group-runs/group-run-routes.ts'
import { handOverRoutes } from './group-runs/hand-over-routes.ts'
import { rosterRoutes } from './group-runs/roster-routes.ts'
import { addTurns } from './in-turn.ts'
import { logIfRefused, type AskedActions } from './log-refused.ts'
import { beforeSignIn, limitOwnBody, limitPublicBody, refuseTooLarge } from './limit-body.ts'
import { noteRoutes } from './notes.ts'
import { restNoteRoutes } from './rest-notes.ts'
import { patternRoutes } from './patterns.ts'
import { auditRoutes } from './people/audit-routes.ts'
import { backupCodeRoutes } from './people/backup-code-routes.ts'
import { breakGlassRoutes } from './people/break-glass-routes.ts'
import { draftRoutes } from './people/draft-routes.ts'
import { groupRoutes } from './people/group-routes.ts'
import { invitationRoutes } from './people/invitation-routes.ts'
import { meRoutes } from './people/me-routes.ts'
import { peopleRoutes } from './people/people-routes.ts'
import { planRoutes } from './plans.ts'
import { previewRoutes } from './previews.ts'
import { ProblemError, renderError } from './problem.ts'
import { flagRoutes } from './review/flag-routes.ts'
import { reviewRoutes } from './review/review-routes.ts'
import { dataRoutes } from './rights/data-routes.ts'
import { eraseRoutes } from './rights/erase-routes.ts'
import { runDateRoutes } from './run-dates.ts'
import { runRoutes } from './runs.ts'
import { settingsRoutes } from './settings.ts'
import { makeAuth, type Auth } from './sign-in/auth.ts'
import { joinRoutes } from './sign-in/join.ts'
import { proofRoutes } from './sign-in/proof.ts'
import { findSession, requireSession } from './sign-in/session.ts'
import { isPaced, keepPace, makeOverPace } from './sign-in/pace.ts'
import { makeSignInLog } from './sign-in/sign-in-log.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { makeTurns } from './turns.ts'
import { uploadRoutes } from './uploads.ts'
import { refuseForeignOrigin, securityHeaders } from './web-security.ts'
import { zoneRoutes } from './zones.ts'

const description = {
  openapi: '3.1.0',
  info: { title: 'calmpace', version: '1', description: 'Calm runs: clients, zones, runs and their assessments.' },
}

/** product choice: bodies of one person that are read at a time (of 1 MB at most), and that wait to be. */
const BODIES_AT_ONCE = 8
const BODIES_WAITING = 100

export function createApp(context: AppContext) {
  const app = newRouter()
  app.onError(renderError)
  app.notFound((c) => renderError(new ProblemError('NOT_FOUND'), c))
  app.use(...securityHeaders(context.origin))
  app.use('/api/*', refuseForeignOrigin(context.origin))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', async (c) => {
    const ready = await isMigrated(context.store.db).catch(() => false)
    if (!ready) throw new ProblemError('NOT_READY')
    return c.json({ status: 'ready' })
  })
  // One sign-in per address: on a machine of one's own the browser says which, on a public one the entry does.
  // A caller chooses the port in it, so only a few are kept.
  const auths = new Map<string, Auth>()
  const authFor = (c: Context): Auth => {
    const origin = context.origin ?? new URL(c.req.url).origin
    const known = auths.get(origin)
    if (known !== undefined) return known
    if (auths.size >= 8) auths.clear()
    const made = makeAuth(context.store.db, context.secret, origin, context.nowMs)
    auths.set(origin, made)
    return made
  }
  let asked: AskedActions | null = null
  const askedActions = (): AskedActions => (asked ??= actionsOf(app))
  const limitOwn = limitOwnBody(makeTurns(BODIES_AT_ONCE, BODIES_WAITING))
  const log = makeSignInLog(context)
  const overPace = makeOverPace()
  // Before anything else is looked at, and before a byte is read.
  app.use('/api/*', async (c, next) => {
    const { nowMs, secret, store } = context
    const route = `${c.req.method} ${c.req.path}`
    if (!isPaced(route)) return next()
    // A crowd that brings too much costs no transaction each.
    refuseTooLarge(c.req.raw, beforeSignIn)
    const asking = { secret, route, cameFrom: context.addressOf(c), nowMs: nowMs() }
    const isOver = overPace.has(route, asking.cameFrom, asking.nowMs)
    if (isOver || !(await store.atomically((db) => keepPace(db, asking)))) {
      overPace.add(route, asking.cameFrom, asking.nowMs)
      await log.tooFast(c)
      throw new ProblemError('TOO_FAST')
    }
    await log.tellCounted()
    return next()
  })
  app.use('/api/auth/*', limitPublicBody)
  app.route('/', signInRoutes(context, authFor, log))
  // Who is not signed in brings no more than signing in needs: of anything else not a byte is read.
  app.use('/api/*', async (c, next) => {
    if (isPublic(c.req.method, c.req.path)) return limitPublicBody(c, next)
    const session = await findSession(context.store.db, authFor(c), c.req.raw.headers, context.nowMs())
    const cameFrom = context.addressOf(c)
    try {
      const { access, freshUntilMs } = requireSession(session, cameFrom, context.nowMs())
      c.set('access', access)
      c.set('freshUntilMs', freshUntilMs)
    } catch (error) {
      // Half signed in, or for too long without a second factor.
      const half = session && { personId: session.person.id, cameFrom, nowMs: context.nowMs() }
      if (half !== null && error instanceof Error) await logIfRefused(context.store, c, askedActions(), half, error)
      throw error
    }
    await limitOwn(c, next)
    await logIfRefused(context.store, c, askedActions(), c.var.access, c.error)
  })
  addTurns(app, context)
  const routes = app
    .route('/', meRoutes(context, authFor))
    .route('/', draftRoutes(context))
    .route('/', backupCodeRoutes(context, authFor))
    .route('/', joinRoutes(context, authFor, log))
    .route('/', proofRoutes(context, authFor, log))
    .route('/', peopleRoutes(context))
    .route('/', invitationRoutes(context))
    .route('/', groupRoutes(context))
    .route('/', auditRoutes(context))
    .route('/', breakGlassRoutes(context))
    .route('/', clientRoutes(context))
    .route('/', zoneRoutes(context))
    .route('/', uploadRoutes(context))
    .route('/', runRoutes(context))
    .route('/', runDateRoutes(context))
    .route('/', combinationRoutes(context))
    .route('/', twinRoutes(context))
    .route('/', exportRoutes(context))
    .route('/', patternRoutes(context))
    .route('/', previewRoutes(context))
    .route('/', reviewRoutes(context))
    .route('/', flagRoutes(context))
    .route('/', planRoutes(context))
    .route('/', afterRunRoutes(context))
    .route('/', noteRoutes(context))
    .route('/', restNoteRoutes(context))
    .route('/', rosterRoutes(context))
    .route('/', groupRunRoutes(context))
    .route('/', handOverRoutes(context))
    .route('/', settingsRoutes(context))
    .route('/', dataRoutes(context))
    .route('/', eraseRoutes(context))
  app.doc31('/api/openapi.json', description)
  app.get('/api/docs', (c) => c.html(renderDocs(JSON.parse(JSON.stringify(app.getOpenAPI31Document(description))))))
  return routes
}
export type AppType = ReturnType<typeof createApp>

/** What each route of the document asks for. */
const actionsOf = ({ openAPIRegistry }: ReturnType<typeof newRouter>): AskedActions =>
  new Map(
    openAPIRegistry.definitions.flatMap((one) =>
      one.type === 'route'
        ? [[`${one.route.method.toUpperCase()} ${one.route.path}`, String(Reflect.get(one.route, 'x-action'))]]
        : [],
    ),
  )

/** Routes that say nothing of anybody: each is declared `public` on itself. */
const publicRoutes: ReadonlySet<string> = new Set([
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/me',
  'POST /api/me/proof',
  'POST /api/invitations/look',
  'POST /api/invitations/open',
  'POST /api/join',
])
const isPublic = (method: string, path: string): boolean => publicRoutes.has(`${method} ${path}`)
