// Conditional GET (RFC 9110 §13): if the answer has an ETag or a Last-Modified and the caller has it already, answers
// 304 without a body. A HEAD answers like the GET, with the length of its body. Private answers have neither header,
// because nobody may store them (`no-store`). The only exception is the original file of a run: a script that has it
// need not download it again, and the log has a line all the same.
import type { MiddlewareHandler } from 'hono'
import fresh from 'fresh'

/** Made while it goes out, so that nobody knows its length beforehand: a GET says none either. */
const madeOnItsWay = /^\/api\/clients\/[^/]+\/data\.zip$/

export const answerWithoutBody: MiddlewareHandler = async (c, next) => {
  await next()
  const { method, path } = c.req
  if (method !== 'GET' && method !== 'HEAD') return
  if (c.res.status === 200 && isKept(c.req.raw.headers, c.res.headers)) {
    await c.res.body?.cancel()
    c.res = new Response(null, { status: 304 })
    // What tells of a body that is not sent (§15.4.5); the framework has taken it over from the answer.
    for (const name of ['content-length', 'content-type', 'content-encoding', 'content-disposition', 'accept-ranges'])
      c.res.headers.delete(name)
    return
  }
  if (method !== 'HEAD') return
  const { res } = c
  const isMade = madeOnItsWay.test(path) && res.ok
  const length = res.headers.get('content-length') ?? (isMade ? null : String((await res.arrayBuffer()).byteLength))
  if (!res.bodyUsed) await res.body?.cancel()
  c.res = new Response(null, res)
  if (length !== null) c.header('content-length', length)
}

function isKept(asked: Headers, answered: Headers): boolean {
  const etag = answered.get('etag')
  const lastModified = answered.get('last-modified')
  if (etag === null && lastModified === null) return false
  // Not `Cache-Control`: `fetch` itself adds `no-cache` to a request of somebody who brings a condition of their own.
  const names = ['if-none-match', 'if-modified-since']
  const given = Object.fromEntries(names.map((name) => [name, asked.get(name) ?? undefined]))
  // What is no date there is as nothing there (§13.1.3); a bare number or a day would be taken for one.
  if (!isHttpDate(given['if-modified-since'] ?? '')) delete given['if-modified-since']
  return fresh(given, { etag: etag ?? undefined, 'last-modified': lastModified ?? undefined })
}

const weekday = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const time = String.raw`\d\d:\d\d:\d\d`
/** The three ways to write one (RFC 9110 §5.6.7). */
const httpDate = new RegExp(
  String.raw`^(?:${weekday}, \d\d ${month} \d{4} ${time} GMT` +
    String.raw`|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d\d-${month}-\d\d ${time} GMT` +
    String.raw`|${weekday} ${month} [ \d]\d ${time} \d{4})$`,
)
const isHttpDate = (text: string): boolean => httpDate.test(text) && !Number.isNaN(Date.parse(text))

/** A strong ETag of these bytes: the same for the same, on every machine. */
export async function tagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}
