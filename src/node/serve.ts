// Serves the app and the page: on this machine only, or behind a proxy for others if an origin and a secret are set.
import { fileURLToPath } from 'node:url'
import type { HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import type { AppContext } from '../http/app-context.ts'
import { createApp } from '../http/app.ts'
import { isServicePath, refuseMethod } from '../http/known-paths.ts'
import { ProblemError, renderError, renderOurs } from '../http/problem.ts'
import { makeImports } from '../http/runs/imports.ts'
import { securityHeaders } from '../http/web-security.ts'
import { inviteFirstAdministrator } from '../http/sign-in/join.ts'
import { countUnreadable } from '../http/sign-in/sealed-factors.ts'
import type { Store } from '../store/database.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { requireClinic } from './clinic-folder.ts'
import { compressAnswers } from './compress-answers.ts'
import type { Environment } from './environment.ts'
import { holdPage } from './hold-page.ts'
import { startJobs, type OnJob } from './jobs.ts'
import { listenOn, slowClients, type Answer, type SlowClients } from './listen.ts'
import { openStore } from './open-store.ts'
import { answerOwnNames } from './own-names.ts'
import { isPageBuilt, servePageFiles } from './page-files.ts'
import { findOrMakeSecret } from './secret.ts'
import { makeSpool } from './spool-upload.ts'
import { serveAlone } from './serve-alone.ts'
import { openThreads, workedBy } from './work/worked-store.ts'
import { letYoungSpaceGrow } from './young-space.ts'

const pageFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))
/** product choice: a request of a page takes a fraction of it; whoever stops a server waits ten seconds or more before killing it. */
const DRAIN_MS = 5000

export interface Served {
  readonly url: string
  /** Where the first administrator joins; null where there is one. */
  readonly firstUrl: string | null
  /** @returns how many connections were cut, because their requests did not come to an end in time */
  readonly close: () => Promise<number>
}

interface ServeOptions {
  readonly isDemo?: boolean
  readonly isNew?: boolean
  readonly onJob?: OnJob
  readonly needsPage?: boolean
}

/** Take the folder and the port, then open the store and bring it up to date: a second start changes nothing of the first one's.
 *  Until it is ready the service says so (503).
 *  @param limits for tests
 *  @param isDemo of made people: nothing that a clinic can set brings it about
 *  @param isNew  begin a clinic where there is none
 *  @param onJob  is told how the jobs go
 *  @param needsPage whether it is refused where the page was not built
 *  @throws the listener's error, e.g. EADDRINUSE; ExpectedError NO_CLINIC, ALREADY_SERVED, PAGE_NOT_BUILT and what opening the store says */
export async function serve(
  environment: Environment,
  limits: SlowClients = slowClients,
  { isDemo = false, isNew = isDemo, onJob = () => undefined, needsPage = false }: ServeOptions = {},
): Promise<Served> {
  const { dataFolder, origin } = environment
  if (!isNew) requireClinic(dataFolder)
  const letGo = [serveAlone(dataFolder), holdPage(pageFolder)]
  const release = () => {
    for (const go of letGo) go()
  }
  if (needsPage && !isPageBuilt(pageFolder)) {
    release()
    throw new ExpectedError(
      'PAGE_NOT_BUILT',
      `the page of calmpace is not in ${pageFolder}, or only a part of it: build it (npm run build), then start again. Nothing was changed`,
    )
  }
  let answer: Answer = starting(origin).fetch
  const server = await listenOn(environment, limits, (request, bindings) => answer(request, bindings)).catch(
    (error: unknown) => {
      release()
      throw error
    },
  )
  const opened: { close: () => Promise<void> }[] = []
  const closeOpened = async () => {
    while (opened.length > 0) await opened.pop()?.close()
    release()
  }
  try {
    const store = await openWorked(dataFolder, isDemo)
    opened.push(store)
    const context = { store, nowMs: () => Date.now(), newId: () => crypto.randomUUID() }
    const secret = await secretOf(environment, store)
    const imports = makeImports(context, makeSpool(dataFolder))
    const app = makeServed(environment, { ...context, imports, secret, isDemo })
    const firstCode = await inviteFirstAdministrator(store, context.newId, context.nowMs())
    answer = app.fetch
    opened.push({ close: imports.stop }, { close: startJobs({ ...context, imports }, onJob) })
    letYoungSpaceGrow()
    const url = origin ?? `http://localhost:${server.port}`
    return {
      url,
      firstUrl: firstCode === null ? null : `${url}/join#${firstCode}`,
      close: async () => {
        const cut = await server.drain(DRAIN_MS)
        await closeOpened()
        return cut
      },
    }
  } catch (error) {
    await server.drain(0)
    await closeOpened()
    throw error
  }
}

/** Everything that is answered: the service and the page. */
function makeServed(
  { origin, trustProxy }: Environment,
  context: Pick<AppContext, 'store' | 'nowMs' | 'newId' | 'imports' | 'isDemo' | 'secret'>,
): Hono {
  const app = new Hono()
  app.onError(renderError)
  app.use(compressAnswers, ...securityHeaders(origin))
  app.use(answerOwnNames(origin))
  const page = servePageFiles(pageFolder, 'no-cache', 'index.html')
  const api = createApp({
    ...context,
    origin,
    addressOf: (c) => addressOf(c, trustProxy),
    whenSent,
    cut: ({ env }: Context<{ Bindings: HttpBindings }>) => env.outgoing.destroy(),
  })
  api.get('/assets/*', servePageFiles(pageFolder, 'public, max-age=31536000, immutable'))
  // The service worker, the manifest and the icons keep their names, so a browser asks anew each time.
  const rootFile = '/:file{[a-z0-9-]+\\.[a-z0-9]+}'
  api.get(rootFile, servePageFiles(pageFolder, 'no-cache'))
  for (const file of [rootFile, '/assets/*'])
    api.get(file, () => {
      throw new ProblemError('NOT_FOUND')
    })
  // Every other path outside the service is an address in the page.
  api.get('*', async (c, next) => (isServicePath(c.req.path) ? next() : page(c, next)))
  api.all('*', async (c, next) => {
    if (isServicePath(c.req.path)) return next()
    const allowed = ['GET', 'HEAD', 'OPTIONS']
    return c.req.method === 'OPTIONS' ? c.body(null, 204, { allow: allowed.join(', ') }) : refuseMethod(allowed)
  })
  return app.route('/', api)
}

/** Until the database is up to date: the process lives, and is not ready. */
function starting(origin: string | null): Hono {
  const app = new Hono()
  app.use(...securityHeaders(origin))
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.all('*', ({ req: { method } }) =>
    renderOurs(new ProblemError('NOT_READY'), { method, route: '*' }, undefined, { 'retry-after': '5' }),
  )
  return app
}

/** The store of a folder, with threads for what takes long. */
async function openWorked(dataFolder: string, isDemo: boolean): Promise<Awaited<ReturnType<typeof openStore>>> {
  const threads = openThreads()
  const opened = await openStore(dataFolder, undefined, undefined, isDemo ? 'normal' : 'full').catch(
    async (error: unknown) => {
      await threads.close()
      throw error
    },
  )
  const close = async () => {
    await threads.close()
    await opened.close()
  }
  return { ...workedBy(opened, threads), close }
}

/** @throws ExpectedError SECRET_UNUSABLE, where second factors do not open with it: nobody who has one could sign in */
async function secretOf({ secret: given, dataFolder }: Environment, { db }: Store): Promise<string> {
  const secret = given ?? (await findOrMakeSecret(dataFolder, db))
  const unreadable = await countUnreadable(db, secret)
  if (unreadable === 0) return secret
  const which = given === null ? `the secret in ${dataFolder}` : 'CALMPACE_SECRET'
  throw new ExpectedError(
    'SECRET_UNUSABLE',
    `${unreadable} second factors do not open with ${which}; nothing was changed. Put back the secret that they were made with. To change to ` +
      'this one: calmpace rekey. If the one of before is lost for good: calmpace rekey --lost',
  )
}

const whenSent = (c: Context<{ Bindings: HttpBindings }>): Promise<void> =>
  new Promise((resolve) => {
    const { outgoing } = c.env
    if (outgoing.closed) resolve()
    else outgoing.once('close', () => resolve())
  })

/** @param trustProxy a proxy in front appends the caller's address to `X-Forwarded-For`; what stands before it the caller may
 *                    have written */
function addressOf(c: Context, trustProxy: boolean): string | null {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? getConnInfo(c).remote.address ?? null
}
