// Compresses answers to a GET if the caller accepts gzip. Node only: Cloudflare compresses by itself. The build has
// already compressed the page's files. Which answers are not compressed, and why not hono/compress:
// docs/decisions/0030-compressed-answers.md
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context, MiddlewareHandler } from 'hono'
import { accepts } from 'hono/accepts'
import { COMPRESSIBLE_CONTENT_TYPE_REGEX as packable } from 'hono/compress'

/** product choice: what is shorter costs more to pack than it saves on a slow line (10 ms at 1.6 Mbit/s). */
const LEAST_BYTES = 2048
/** In a thread of Node's own: nobody else waits. */
const pack = promisify(gzip)

export const compressAnswers: MiddlewareHandler = async (c, next) => {
  await next()
  const { headers, status } = c.res
  if (status === 304) headers.set('vary', 'Accept-Encoding')
  if (!mayPack(c) || headers.has('content-encoding') || !packable.test(headers.get('content-type') ?? '')) return
  headers.set('vary', 'Accept-Encoding')
  if (accepts(c, { header: 'Accept-Encoding', supports: ['gzip'], default: '' }) !== 'gzip') return
  if (c.req.method === 'HEAD') {
    // How long the GET's is nobody knows before it is packed.
    if (Number(headers.get('content-length')) >= LEAST_BYTES) c.header('content-length', undefined)
    return
  }
  const bytes = await c.res.arrayBuffer()
  const isLong = bytes.byteLength >= LEAST_BYTES
  const body = isLong ? await pack(bytes) : bytes
  c.res = new Response(body, c.res)
  c.header('content-length', String(body.byteLength))
  if (!isLong) return
  c.header('content-encoding', 'gzip')
  // The tag is that of the bytes as they are: what is packed says the same, and is another sequence of bytes.
  const etag = headers.get('etag')
  if (etag !== null) c.header('etag', etag.replace(/^(?:W\/)?/, 'W/'))
}

/** What length tells of a packed answer is told to nobody who can have somebody's browser ask (BREACH): neither to another site,
 *  nor of an answer that holds a way to sign in. */
function mayPack({ req, res }: Context): boolean {
  const site = req.header('sec-fetch-site') ?? 'none'
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  const isOwn = site === 'same-origin' || site === 'none'
  const mayChange = !/\bno-transform\b/i.test(res.headers.get('cache-control') ?? '')
  return isRead && isOwn && mayChange && !req.path.startsWith('/api/auth/')
}
