// Serves the page's files. Each has an ETag of its content, and the time when it came to this disk. npm unpacks a new
// version with old times of another machine, which would make a browser keep the old page; these two do not. Files are
// sent whole, because they are small and half a file is useless. The build puts compressed versions beside them
// (test/house/pack-file.ts), each with its own ETag.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context, MiddlewareHandler } from 'hono'
import { tagOf } from '../http/conditional.ts'
import { pacedLog } from '../live/server-log.ts'

interface Tag {
  readonly atMs: number
  readonly etag: Promise<string>
}

/** Whether the page is there, with the files that it begins with. */
export function isPageBuilt(root: string): boolean {
  const index = join(root, 'index.html')
  if (!existsSync(index)) return false
  const named = readFileSync(index, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"?#]+)"/g)
  return [...named].every(([, file = '']) => existsSync(join(root, file)))
}

/** @param path of one file, for whatever is asked; else the request's own. Where it is missing the page was not built */
export function servePageFiles(root: string, cacheControl: string, path?: string): MiddlewareHandler {
  const tags = new Map<string, Tag>()
  const tagAt = (found: string): Tag => {
    const { mtimeMs, ctimeMs } = statSync(found)
    const atMs = Math.max(mtimeMs, ctimeMs)
    const known = tags.get(found)
    if (known?.atMs === atMs) return known
    const tag = { atMs, etag: tagOf(Uint8Array.from(readFileSync(found))) }
    tags.set(found, tag)
    return tag
  }
  return async (c, next) => {
    const isGet = c.req.method === 'GET' || c.req.method === 'HEAD'
    // The library would print a line of its own.
    if (!existsSync(root)) return path !== undefined && isGet ? notBuilt(c) : next()
    let found: string | null = null
    c.req.raw.headers.delete('range')
    const serve = serveStatic({
      root,
      precompressed: true,
      ...(path === undefined ? {} : { path }),
      onFound: (one) => void (found = one),
    })
    const orMissing = path !== undefined && isGet ? async () => undefined : next
    const response = await serve(c, orMissing)
    if (found === null && path !== undefined && isGet) return notBuilt(c)
    if (found === null || !(response instanceof Response)) return response
    const { atMs, etag } = tagAt(found)
    response.headers.set('cache-control', cacheControl)
    response.headers.set('accept-ranges', 'none')
    response.headers.set('etag', await etag)
    response.headers.set('vary', 'Accept-Encoding')
    response.headers.set('last-modified', new Date(atMs).toUTCString())
    return response
  }
}

/** product choice: one a minute says enough. */
const logNotBuilt = pacedLog(1)

/** It was taken away while it was served. A browser shows the words. */
function notBuilt(c: Context): Response {
  const requestId = crypto.randomUUID()
  const facts = { requestId, method: c.req.method, route: '*', status: 503, code: 'PAGE_NOT_BUILT' }
  logNotBuilt('request.refused', 'the page is not built: npm run build', facts)
  return c.text('The page is not built: npm run build\n', 503, { 'x-request-id': requestId })
}
