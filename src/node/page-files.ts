// Serves the page's files. Each has an ETag of its content, and the time when it came to this disk. npm unpacks a new
// version with old times of another machine, which would make a browser keep the old page; these two do not. Files are
// sent whole, because they are small and half a file is useless. The build puts compressed versions beside them
// (test/house/pack-file.ts), each with its own ETag.
import { readFileSync, statSync } from 'node:fs'
import { serveStatic } from '@hono/node-server/serve-static'
import type { MiddlewareHandler } from 'hono'
import { tagOf } from '../http/conditional.ts'

interface Tag {
  readonly atMs: number
  readonly etag: Promise<string>
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
    let found: string | null = null
    c.req.raw.headers.delete('range')
    const serve = serveStatic({
      root,
      precompressed: true,
      ...(path === undefined ? {} : { path }),
      onFound: (one) => void (found = one),
    })
    const isGet = c.req.method === 'GET' || c.req.method === 'HEAD'
    const orMissing = path !== undefined && isGet ? async () => undefined : next
    const response = await serve(c, orMissing)
    if (found === null && path !== undefined && isGet) return c.text('The page is not built: npm run build\n', 503)
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
