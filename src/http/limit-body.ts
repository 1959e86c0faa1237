// How much a request may bring besides an upload: read at once and counted, so that nobody fills the memory by sending on
// and on. Uploads (multipart) have a limit of their own and are never read whole (read-upload.ts).
import type { MiddlewareHandler } from 'hono'
import { ProblemError } from './problem.ts'

const MAX_BODY_BYTES = 1024 * 1024

export const limitBody: MiddlewareHandler = async (c, next) => {
  const { raw } = c.req
  const isUpload = /^multipart\/form-data\b/i.test(raw.headers.get('content-type') ?? '')
  if (isUpload || raw.body === null) return next()
  if (Number(raw.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw new ProblemError('BODY_TOO_LARGE')
  c.req.raw = new Request(raw.url, { method: raw.method, headers: raw.headers, body: await readLimited(raw.body) })
  return next()
}

async function readLimited(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > MAX_BODY_BYTES) throw new ProblemError('BODY_TOO_LARGE')
    pieces.push(piece)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
