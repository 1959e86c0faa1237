// The host names that this server answers to. Another site can point its own name at this address (DNS rebinding), so
// the server refuses other names. A line tells the administrator which name came and which was expected.
import type { MiddlewareHandler } from 'hono'
import { oneLine } from '../domain/one-line.ts'
import { ProblemError } from '../http/problem.ts'
import { logEvent } from '../live/server-log.ts'

/** product choice: a mistake in a configuration shows at the first one; a stranger fills no disk with lines. */
const MOST_LINES = 20

/** Paths for monitoring, by any address; they say nothing about people. */
const healthPaths: readonly string[] = ['/healthz', '/readyz']

/** @param origin the public address; null on a machine of one's own */
export function answerOwnNames(origin: string | null): MiddlewareHandler {
  const names = origin === null ? ['localhost', '127.0.0.1', '[::1]'] : [new URL(origin).hostname]
  const expected = origin ?? 'http://localhost'
  const seen = new Set<string>()
  return async (c, next) => {
    const { hostname, host } = new URL(c.req.url)
    if (names.includes(hostname) || healthPaths.includes(c.req.path)) return next()
    if (!seen.has(hostname) && seen.size < MOST_LINES) {
      seen.add(hostname)
      const asked = oneLine(host, 100)
      logEvent('host.refused', `a request for ${asked} was refused: this server answers for ${expected} only`, {
        host: asked,
        expectedHost: expected,
      })
    }
    throw new ProblemError('FOREIGN_ORIGIN', `This server answers for ${expected} only, not for ${oneLine(host, 100)}.`)
  }
}
