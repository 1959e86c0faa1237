// Serves the app and the page: on this machine alone, or, with an origin and a secret, behind a proxy for others.
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve as listen, type HttpBindings } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono, type Context } from 'hono'
import { createApp } from '../http/app.ts'
import { ProblemError, renderError } from '../http/problem.ts'
import { securityHeaders } from '../http/web-security.ts'
import { inviteFirstAdministrator } from '../http/sign-in/join.ts'
import type { Environment } from './environment.ts'
import { startJobs } from './jobs.ts'
import { openStore } from './open-store.ts'
import { findOrMakeSecret } from './secret.ts'
import { makeSpool } from './spool-upload.ts'

const pageFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface Served {
  readonly url: string
  /** Where the first administrator joins; null where there is one. */
  readonly firstUrl: string | null
  readonly close: () => Promise<void>
}

/** Open the store, migrate, listen.
 *  @param limits for tests
 *  @throws the listener's error, e.g. EADDRINUSE */
export async function serve(environment: Environment, limits: SlowClients = slowClients): Promise<Served> {
  const { port, dataFolder, origin, listen: hostname } = environment
  const store = await openStore(dataFolder)
  const nowMs = () => Date.now()
  const newId = () => crypto.randomUUID()
  const app = new Hono()
  app.onError(renderError)
  app.use(...securityHeaders(origin))
  // A foreign page can point a name of its own at this address (DNS rebinding): only our own names are answered.
  const names = origin === null ? ['localhost', '127.0.0.1', '[::1]'] : [new URL(origin).hostname]
  app.use(async (c, next) => {
    if (!names.includes(new URL(c.req.url).hostname)) throw new ProblemError('FOREIGN_ORIGIN')
    await next()
  })
  const api = createApp({
    store,
    nowMs,
    newId,
    readUpload: await makeSpool(dataFolder),
    secret: environment.secret ?? (await findOrMakeSecret(dataFolder)),
    origin,
    addressOf: (c) => addressOf(c, environment.trustProxy),
    whenSent,
  })
  api.get(
    '/assets/*',
    serveStatic({
      root: pageFolder,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  // The service worker, the manifest and the icons keep their names, so a browser asks anew each time.
  const rootFile = '/:file{[a-z0-9-]+\\.[a-z0-9]+}'
  api.get(rootFile, serveStatic({ root: pageFolder, onFound: (_path, c) => c.header('cache-control', 'no-cache') }))
  api.get(rootFile, () => {
    throw new ProblemError('NOT_FOUND')
  })
  api.get('*', async (c, next) => {
    if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/assets/')) return next()
    c.header('cache-control', 'no-cache')
    return c.html(await readFile(`${pageFolder}/index.html`, 'utf8'))
  })
  app.route('/', api)
  const firstCode = await inviteFirstAdministrator(store, newId, nowMs())
  const { mostConnections, timeout, ...serverOptions } = limits
  const server = listen({ fetch: app.fetch, port, hostname, serverOptions })
  server.maxConnections = mostConnections
  server.setTimeout(timeout)
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

/** Who sends a request a byte at a time, or takes an answer so, does not hold a connection for ever, and there are only so
 *  many of them. Milliseconds; Node looks once in each `connectionsCheckingInterval`. */
type SlowClients = Readonly<
  Record<'headersTimeout' | 'requestTimeout' | 'connectionsCheckingInterval' | 'timeout' | 'mostConnections', number>
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
