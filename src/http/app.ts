// Puts the HTTP app together. It is the same on Node and in a Durable Object. The entry points pass in store, clock and
// ids.
import type { Context } from 'hono'
import { afterRunRoutes } from './self-report/after-run-routes.ts'
import { newRouter, type AppContext } from './app-context.ts'
import { clientRoutes } from './clients/client-routes.ts'
import { answerWithoutBody } from './conditional.ts'
import { combinationRoutes } from './runs/combination-routes.ts'
import { twinRoutes } from './runs/twin-routes.ts'
import { completeDocument, documentHead } from './openapi/document.ts'
import { documentRoutes } from './openapi/document-routes.ts'
import { exportRoutes } from './runs/export-routes.ts'
import { groupRunRoutes } from './group-runs/group-run-routes.ts'
import { handOverRoutes } from './group-runs/hand-over-routes.ts'
import { rosterRoutes } from './group-runs/roster-routes.ts'
import { addTurns } from './in-turn.ts'
import { refuseUnknown, type KnownRoute } from './known-paths.ts'
import { healthRoutes } from './health-routes.ts'
import { logIfRefused, lookedBy, type AskedActions } from './audit/log-refused.ts'
import { limitOwnBody, limitPublicBody } from './limit-body.ts'
import { noteRoutes } from './self-report/note-routes.ts'
import { restNoteRoutes } from './self-report/rest-note-routes.ts'
import { patternRoutes } from './review/pattern-routes.ts'
import { auditRoutes } from './audit/audit-routes.ts'
import { backupCodeRoutes } from './sign-in/backup-code-routes.ts'
import { breakGlassRoutes } from './people/break-glass-routes.ts'
import { draftRoutes } from './people/draft-routes.ts'
import { groupRoutes } from './people/group-routes.ts'
import { invitationRoutes } from './people/invitation-routes.ts'
import { meRoutes } from './sign-in/me-routes.ts'
import { newSignInRoutes } from './sign-in/new-sign-in-routes.ts'
import { peopleRoutes } from './people/people-routes.ts'
import { planRoutes } from './clients/plan-routes.ts'
import { previewRoutes } from './review/preview-routes.ts'
import { ProblemError, renderError, takeTime } from './problem.ts'
import { flagRoutes } from './review/flag-routes.ts'
import { reviewRoutes } from './review/review-routes.ts'
import { dataRoutes } from './rights/data-routes.ts'
import { eraseRoutes } from './rights/erase-routes.ts'
import { runDateRoutes } from './runs/run-date-routes.ts'
import { runRoutes } from './runs/run-routes.ts'
import { settingsRoutes } from './settings/settings-routes.ts'
import { makeAuth, type Auth } from './sign-in/auth.ts'
import { describeAuthPaths } from './sign-in/auth-document.ts'
import { joinRoutes } from './sign-in/join.ts'
import { logRefusedProof, proofRoutes } from './sign-in/proof.ts'
import { resetRoutes } from './sign-in/reset-routes.ts'
import { findSession, requireSession, type SignInSession } from './sign-in/session.ts'
import { keepPace } from './sign-in/pace.ts'
import { makeSignInLog } from './sign-in/sign-in-log.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { makeTurns } from './turns.ts'
import { importRoutes } from './runs/import-routes.ts'
import { uploadRoutes } from './runs/upload-routes.ts'
import { refuseForeignOrigin, securityHeaders } from './web-security.ts'
import { zoneRoutes } from './clients/zone-routes.ts'

/** product choice: bodies of one person that are read at a time (of 1 MB at most), and that wait to be. */
const BODIES_AT_ONCE = 8
const BODIES_WAITING = 100

export function createApp(context: AppContext) {
  const app = newRouter()
  app.onError(renderError)
  app.notFound((c) => renderError(new ProblemError('NOT_FOUND'), c))
  app.use(takeTime, ...securityHeaders(context.origin), answerWithoutBody)
  app.use('/api/*', refuseForeignOrigin(context.origin))
  app.use(refuseUnknown(() => knownRoutes(app)))
  app.route('/', healthRoutes(context))
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
  app.use('/api/*', keepPace(context, log))
  app.use('/api/auth/*', limitPublicBody)
  app.route('/', signInRoutes(context, authFor, log))
  app.on('POST', '/api/me/proof', logRefusedProof(context, authFor, log))
  // A person who is not signed in may send only the body of a sign-in. Of any other request no byte is read.
  app.use('/api/*', async (c, next) => {
    if (isPublic(c.req.method, c.req.path)) return limitPublicBody(c, next)
    const cameFrom = context.addressOf(c)
    const { headers } = c.req.raw
    const findOwn = () => findSession(context, authFor(c), headers)
    const letIn = (found: SignInSession | null) => {
      const { access, freshUntilMs } = requireSession(found, cameFrom, context.nowMs())
      c.set('access', access)
      c.set('freshUntilMs', freshUntilMs)
    }
    c.set('askAgain', async () => letIn(await findOwn()))
    const session = await findOwn()
    try {
      letIn(session)
    } catch (error) {
      // Half signed in, or for too long without a second factor.
      const half = session && { personId: session.person.id, cameFrom, nowMs: context.nowMs() }
      if (half !== null && error instanceof Error) await logIfRefused(context.store, c, askedActions(), half, error)
      throw error
    }
    let error: unknown = null
    try {
      await limitOwn(c, next)
    } catch (thrown) {
      error = thrown
    }
    await logIfRefused(context.store, c, askedActions(), c.var.access, error ?? c.error)
    if (error !== null) throw error
  })
  addTurns(app, context)
  const routes = app
    .route('/', meRoutes(context, authFor))
    .route('/', draftRoutes(context))
    .route('/', backupCodeRoutes(context, authFor))
    .route('/', joinRoutes(context, authFor, log))
    .route('/', resetRoutes(context, authFor, log))
    .route('/', proofRoutes(context, authFor, log))
    .route('/', peopleRoutes(context))
    .route('/', newSignInRoutes(context))
    .route('/', invitationRoutes(context))
    .route('/', groupRoutes(context))
    .route('/', auditRoutes(context))
    .route('/', breakGlassRoutes(context))
    .route('/', clientRoutes(context))
    .route('/', zoneRoutes(context))
    .route('/', uploadRoutes(context))
    .route('/', importRoutes(context))
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
    .route('/', eraseRoutes(context, log))
  describeAuthPaths(app)
  const isSecure = (c: Context) => new URL(context.origin ?? c.req.url).protocol === 'https:'
  const make = (secure: boolean) => completeDocument(app.getOpenAPI31Document(documentHead), secure)
  app.route('/', documentRoutes(make, isSecure))
  return routes
}
export type AppType = ReturnType<typeof createApp>

/** The right that each route of the document needs. */
const actionsOf = ({ openAPIRegistry }: ReturnType<typeof newRouter>): AskedActions =>
  new Map(
    openAPIRegistry.definitions.flatMap((one) =>
      one.type === 'route'
        ? [[`${one.route.method.toUpperCase()} ${one.route.path}`, String(Reflect.get(one.route, 'x-action'))]]
        : [],
    ),
  )

/** All paths and methods. */
const knownRoutes = ({ openAPIRegistry }: ReturnType<typeof newRouter>): readonly KnownRoute[] =>
  openAPIRegistry.definitions.flatMap((one) => (one.type === 'route' ? [one.route] : []))

/** Routes that say nothing of anybody: each is declared `public` on itself. */
const publicRoutes: ReadonlySet<string> = new Set([
  'GET /api/openapi.json',
  'GET /api/docs',
  'GET /api/me',
  'POST /api/me/proof',
  'POST /api/invitations/look',
  'POST /api/invitations/open',
  'POST /api/join',
  'POST /api/resets/look',
  'POST /api/resets/open',
  'POST /api/resets/use',
])
const isPublic = (method: string, path: string): boolean => publicRoutes.has(`${lookedBy(method)} ${path}`)
