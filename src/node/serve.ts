// Serves the app and the page on this machine only: until people can sign in, nobody else may reach it.
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { serve as listen } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { createApp } from '../http/app.ts'
import { ProblemError, renderError } from '../http/problem.ts'
import type { Environment } from './environment.ts'
import { openStore } from './open-store.ts'
import { makeSpool } from './spool-upload.ts'

const pageFolder = fileURLToPath(new URL('../../web/dist', import.meta.url))

export interface Served {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Open the store, migrate, listen on loopback.
 *  @throws the listener's error, e.g. EADDRINUSE */
export async function serve({ port, dataFolder }: Environment): Promise<Served> {
  const store = await openStore(dataFolder)
  const app = new Hono()
  app.onError(renderError)
  // A foreign page can point a name of its own at this address (DNS rebinding): only our own names are answered.
  app.use(async (c, next) => {
    const { hostname } = new URL(c.req.url)
    if (!['localhost', '127.0.0.1', '[::1]'].includes(hostname)) throw new ProblemError('FOREIGN_ORIGIN')
    await next()
  })
  const readUpload = await makeSpool(dataFolder)
  const api = createApp({ store, nowMs: () => Date.now(), newId: () => crypto.randomUUID(), readUpload })
  api.get(
    '/assets/*',
    serveStatic({
      root: pageFolder,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  api.get('*', async (c, next) => {
    if (c.req.path.startsWith('/api/') || c.req.path.startsWith('/assets/')) return next()
    c.header('cache-control', 'no-cache')
    return c.html(await readFile(`${pageFolder}/index.html`, 'utf8'))
  })
  app.route('/', api)
  const server = listen({ fetch: app.fetch, port, hostname: '127.0.0.1' })
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once('error', (error) => {
      void store.close()
      reject(error)
    })
    server.once('listening', () => resolve(server.address() as AddressInfo))
  })
  return {
    url: `http://localhost:${address.port}`,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve)
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
      await store.close()
    },
  }
}
