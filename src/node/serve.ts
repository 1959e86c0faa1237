// Serves the app and the page: on this machine alone, or, with an origin and a secret, behind a proxy for others.
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve as listen, type HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono, type Context } from 'hono'
import { createApp } from '../http/app.ts'
import { isServicePath, refuseMethod } from '../http/known-paths.ts'
import { ProblemError, renderError } from '../http/problem.ts'
import { securityHeaders } from '../http/web-security.ts'
import { inviteFirstAdministrator } from '../http/sign-in/join.ts'
import { countUnreadable } from '../http/sign-in/sealed-factors.ts'
import { complain } from '../live/tell.ts'
import { capConnections } from './cap-connections.ts'
import { compressAnswers } from './compress-answers.ts'
import type { Environment } from './environment.ts'
import { startJobs } from './jobs.ts'
import { openStore } from './open-store.ts'
import { answerOwnNames } from './own-names.ts'
import { servePageFiles } from './page-files.ts'
import { findOrMakeSecret } from './secret.ts'
import { makeSpool } from './spool-upload.ts'
import { serveAlone } from './serve-alone.ts'
import { openPool, workedBy } from './work/worked-store.ts'

const pageFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface Served {
  readonly url: string
  /** Where the first administrator joins; null where there is one. */
  readonly firstUrl: string | null
  readonly close: () => Promise<void>
}

/** Open the store, migrate, listen.
 *  @param limits for tests
 *  @param isDemo of made people: nothing that a clinic can set brings it about
 *  @throws the listener's error, e.g. EADDRINUSE */
export async function serve(
  environment: Environment,
  limits: SlowClients = slowClients,
  { isDemo = false }: { readonly isDemo?: boolean } = {},
): Promise<Served> {
  const { port, dataFolder, origin, listen: hostname } = environment
  const store = await openServed(dataFolder)
  const secret = await secretOf(environment, store)
  const nowMs = () => Date.now()
  const newId = () => crypto.randomUUID()
  const app = new Hono()
  app.onError(renderError)
  app.use(compressAnswers, ...securityHeaders(origin))
  app.use(answerOwnNames(origin))
  const page = servePageFiles(pageFolder, 'no-cache', 'index.html')
  const api = createApp({
    store,
    nowMs,
    newId,
    readUpload: await makeSpool(dataFolder),
    secret,
    origin,
    addressOf: (c) => addressOf(c, environment.trustProxy),
    whenSent,
    isDemo,
  })
  api.get('/assets/*', servePageFiles(pageFolder, 'public, max-age=31536000, immutable'))
  // The service worker, the manifest and the icons keep their names, so a browser asks anew each time.
  const rootFile = '/:file{[a-z0-9-]+\\.[a-z0-9]+}'
  api.get(rootFile, servePageFiles(pageFolder, 'no-cache'))
  for (const file of [rootFile, '/assets/*'])
    api.get(file, () => {
      throw new ProblemError('NOT_FOUND')
    })
  // Whatever else is asked for outside the service is a place in the page.
  api.get('*', async (c, next) => (isServicePath(c.req.path) ? next() : page(c, next)))
  api.all('*', async (c, next) => {
    if (isServicePath(c.req.path)) return next()
    const allowed = ['GET', 'HEAD', 'OPTIONS']
    return c.req.method === 'OPTIONS' ? c.body(null, 204, { allow: allowed.join(', ') }) : refuseMethod(allowed)
  })
  app.route('/', api)
  const firstCode = await inviteFirstAdministrator(store, newId, nowMs())
  const { mostConnections, mostOfOneAddress, timeout, ...serverOptions } = limits
  const server = listen({ fetch: app.fetch, port, hostname, serverOptions })
  server.maxConnections = mostConnections
  server.setTimeout(timeout)
  // Behind a proxy all come from its address; it has to count by itself.
  if (!environment.trustProxy) capConnections(server, mostOfOneAddress)
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error) => {
      void store.close()
      reject(error)
    })
    server.once('listening', () => resolve(server.address() as AddressInfo))
  })
  const stopJobs = startJobs({ store, nowMs, newId })
  const url = origin ?? `http://localhost:${address.port}`
  return {
    url,
    firstUrl: firstCode === null ? null : `${url}/join#${firstCode}`,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await stopJobs()
      await store.close()
    },
  }
}

/** The store of a folder that nobody else serves, with threads for what takes long. */
async function openServed(dataFolder: string): Promise<Awaited<ReturnType<typeof openStore>>> {
  const letGo = serveAlone(dataFolder)
  const pool = openPool()
  const opened = await openStore(dataFolder).catch((error: unknown) => {
    letGo()
    throw error
  })
  const close = async () => {
    await pool.close()
    await opened.close()
    letGo()
  }
  return { ...workedBy(opened, pool), close }
}

/** With a loud word where it is another one than second factors were sealed with. */
async function secretOf(
  { secret: given, dataFolder }: Environment,
  { db, close }: Awaited<ReturnType<typeof openStore>>,
): Promise<string> {
  try {
    const secret = given ?? (await findOrMakeSecret(dataFolder, db))
    const unreadable = await countUnreadable(db, secret)
    if (unreadable > 0)
      complain(
        `calmpace: ${unreadable} second factors do not open with this secret: put back the one that they were made with, or make a link ` +
          'for whoever has one, an administrator first: calmpace new-sign-in E-MAIL',
      )
    return secret
  } catch (error) {
    await close()
    throw error
  }
}

/** Who sends a request a byte at a time, or takes an answer so, does not hold a connection for ever, and there are only so
 *  many of them. Milliseconds; Node looks once in each `connectionsCheckingInterval`. */
type SlowClients = Readonly<
  Record<
    | 'headersTimeout'
    | 'requestTimeout'
    | 'connectionsCheckingInterval'
    | 'timeout'
    | 'mostConnections'
    | 'mostOfOneAddress',
    number
  >
>
const slowClients: SlowClients = {
  headersTimeout: 20_000,
  /** Of an upload over a slow line; a small body has a time of its own (limit-body.ts). */
  requestTimeout: 15 * 60_000,
  connectionsCheckingInterval: 10_000,
  /** Nothing went either way. An upload may wait for its turn meanwhile. */
  timeout: 5 * 60_000,
  /** product choice: each costs some 50 kB; one more is closed before it says a word. */
  mostConnections: 1000,
  /** product choice: a clinic's staff may share one address, and a browser opens six. */
  mostOfOneAddress: 100,
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
