// Security headers of every answer, and the check which site may ask for a change. The app uses it, and so does an
// entry point for answers that it gives before the app.
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { ProblemError } from './problem.ts'

/** @param origin the public address; null where it is only known from a request */
export function securityHeaders(origin: string | null): readonly [MiddlewareHandler, MiddlewareHandler] {
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      manifestSrc: ["'self'"],
      workerSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    strictTransportSecurity: origin?.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
  })
  return [
    headers,
    async (c, next) => {
      await next()
      // On the answer as it is: `c.header` would make it anew, body and all.
      const { headers: answered } = c.res
      answered.set('permissions-policy', permissionsPolicy)
      answered.set('cache-control', cacheControlOf(c.req.path, answered.get('cache-control')))
    },
  ]
}

/** For answers without data about people: caches may store them, but must ask again each time. */
const publicPaths: readonly string[] = ['/api/openapi.json', '/api/docs']

/** Nothing under /api is kept by anybody in between or by the browser, nor whatever says nothing else: the page's files do. */
const cacheControlOf = (path: string, said: string | null): string =>
  publicPaths.includes(path) ? 'no-cache' : path.startsWith('/api/') ? 'no-store' : (said ?? 'no-store')

/** A page of another site can make a browser send a request with the cookie, but cannot take away what the browser writes
 *  about it: the Origin, and since 2023 everywhere Sec-Fetch-Site. Without both it was no browser, so nobody was tricked:
 *  the cookie was given on purpose.
 *  @throws ProblemError FOREIGN_ORIGIN */
export const refuseForeignOrigin =
  (origin: string | null): MiddlewareHandler =>
  (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const from = c.req.header('origin')
    const site = c.req.header('sec-fetch-site')
    const ownOrigin = origin ?? new URL(c.req.url).origin
    if ((from !== undefined && from !== ownOrigin) || site === 'cross-site' || site === 'same-site')
      throw new ProblemError('FOREIGN_ORIGIN')
    return next()
  }

/** To the page itself what it needs, to nobody what it never needs (Permissions Policy, W3C). */
const permissionsPolicy = [
  ...['bluetooth', 'screen-wake-lock', 'publickey-credentials-get', 'publickey-credentials-create'].map(
    (feature) => `${feature}=(self)`,
  ),
  ...[
    'camera',
    'microphone',
    'geolocation',
    'usb',
    'midi',
    'payment',
    'accelerometer',
    'gyroscope',
    'magnetometer',
  ].map((feature) => `${feature}=()`),
].join(', ')
