// Limits the size and the time of a request body, except uploads. The body is read and counted at once, so that nobody
// can fill the memory by sending without end, or block it by sending nothing more. Before sign-in the limits are small.
// Uploads (multipart) have their own limits and are never read whole (read-upload.ts).
import type { MiddlewareHandler } from 'hono'
import type { GuardEnv } from './guard.ts'
import { joinBytes } from '../formats/join-bytes.ts'
import { ProblemError } from './problem.ts'
import type { Turns } from './turns.ts'

interface BodyLimit {
  readonly bytes: number
  /** From the first look at the body until its end. */
  readonly withinMs: number
}
/** product choice: a passkey with its attestation, the largest of them, is some 4 kB. */
export const beforeSignIn: BodyLimit = { bytes: 16 * 1024, withinMs: 10_000 }
/** product choice: batches of a group run over the worst of mobile networks. */
const signedIn: BodyLimit = { bytes: 1024 * 1024, withinMs: 60_000 }

/** The routes that take a multipart form. */
const uploadPath = /^\/api\/clients\/[^/]+\/(runs|import)$/

/** For routes that anybody can reach: nobody waits for a turn, for nobody is known. */
export const limitPublicBody: MiddlewareHandler = async (c, next) => {
  refuseForm(c.req.raw, c.req.path)
  c.req.raw = await withReadBody(c.req.raw, beforeSignIn)
  return next()
}

/** For everybody who is signed in.
 *  @param turns how many bodies of one person are read at a time */
export const limitOwnBody =
  (turns: Turns): MiddlewareHandler<GuardEnv> =>
  async (c, next) => {
    const { raw } = c.req
    // A GET has none, and asking for it costs as much as half of a short answer.
    if (hasNone(raw) || raw.body === null || (isForm(raw) && uploadPath.test(c.req.path))) return next()
    refuseForm(raw, c.req.path)
    const release = await turns.take(c.var.access.personId, raw.signal)
    try {
      c.req.raw = await withReadBody(raw, signedIn)
    } finally {
      release()
    }
    // Rights are checked again now: a body may take a minute, and its turn longer.
    await c.var.askAgain()
    return next()
  }

const hasNone = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'

const isForm = ({ headers }: Request): boolean => /^multipart\/form-data\b/i.test(headers.get('content-type') ?? '')

/** Not a byte of it is read. @throws ProblemError INVALID_REQUEST */
function refuseForm(request: Request, path: string): void {
  if (isForm(request) && !uploadPath.test(path)) throw new ProblemError('INVALID_REQUEST', 'This takes no form.')
}

/** By what it says of itself: nothing is read, asked or written for it. @throws ProblemError BODY_TOO_LARGE */
export function refuseTooLarge({ headers }: Request, { bytes }: BodyLimit): void {
  if (Number(headers.get('content-length') ?? 0) > bytes) throw new ProblemError('BODY_TOO_LARGE')
}

async function withReadBody(raw: Request, limit: BodyLimit): Promise<Request> {
  if (hasNone(raw) || raw.body === null) return raw
  refuseTooLarge(raw, limit)
  return new Request(raw.url, { method: raw.method, headers: raw.headers, body: await readLimited(raw.body, limit) })
}

/** @throws ProblemError BODY_TOO_LARGE, BODY_TOO_SLOW, INVALID_REQUEST where it ended too early */
async function readLimited(
  body: ReadableStream<Uint8Array>,
  { bytes, withinMs }: BodyLimit,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const late = Symbol('late')
  const { promise: tooLate, resolve } = Promise.withResolvers<typeof late>()
  const timer = setTimeout(() => resolve(late), withinMs)
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const read = await Promise.race([reader.read(), tooLate])
      if (read === late) throw new ProblemError('BODY_TOO_SLOW')
      if (read.done) return joinBytes(pieces)
      size += read.value.length
      if (size > bytes) throw new ProblemError('BODY_TOO_LARGE')
      pieces.push(read.value)
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined)
    // A connection that broke is no fault of ours.
    throw error instanceof ProblemError ? error : new ProblemError('INVALID_REQUEST', 'The body ended too early.')
  } finally {
    clearTimeout(timer)
  }
}
