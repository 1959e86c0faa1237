// Everything under /api/auth: better-auth's own handler, with what it does not do by itself around it: waits for who guesses, a passkey that verified its holder, the log of sign-ins, and an address that the caller cannot choose.
import { Hono, type Context } from 'hono'
import { forgetBrowsers } from '../../store/known-browsers.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import { ADDRESS_HEADER, type Auth } from './auth.ts'
import { authPaths, type AuthPath } from './auth-paths.ts'
import { findKnownBrowser, keepKnownBrowser } from './known-browser.ts'
import { beginAttempt, forgetAttempts, takeAttemptBack, type Attempt } from './lock-out.ts'
import { halfSignedIn, ownerOfPasskey, personNamed, type SignInLog } from './sign-in-log.ts'
import { findSession, type Session } from './session.ts'

const MAX_BODY_BYTES = 64 * 1024

export function signInRoutes(context: AppContext, authFor: (c: Context) => Auth, log: SignInLog) {
  const { store, nowMs, addressOf, secret } = context
  return new Hono().all('/api/auth/*', async (c) => {
    const path = c.req.path.slice('/api/auth'.length)
    const route = authPaths.get(`${c.req.method} ${path}`)
    if (route === undefined) throw new ProblemError('NOT_FOUND')
    const text = c.req.method === 'GET' ? '' : await readText(c.req.raw)
    const body = parse(text)
    const auth = authFor(c)
    const session = await findSession(store.db, auth, c.req.raw.headers)
    const asking: Asking = { c, route, session, body, auth }
    if (path === '/passkey/verify-authentication' && !holderWasVerified(body))
      return refuse(asking, new ProblemError('SIGN_IN_REFUSED'))
    if (route.changesFactors && !mayChangeFactors(session))
      return refuse(asking, new ProblemError('SECOND_FACTOR_REQUIRED'))
    const attempt = await attemptOf(asking)
    if (attempt !== null && !(await store.atomically((db) => beginAttempt(db, secret, attempt, nowMs()))))
      return refuse(
        asking,
        new ProblemError(route.guesses === 'name' ? 'SIGN_IN_REFUSED' : 'TRIED_TOO_OFTEN'),
        'LOCKED',
      )
    const response = await auth.handler(withAddress(c.req.raw, text, addressOf(c)))
    if (attempt !== null) await settle(attempt, route, response)
    if (!response.ok) {
      // Wrong name, wrong password, locked out: one answer.
      const isSignIn = route.guesses === 'name' && (response.status === 401 || response.status === 403)
      if (isSignIn) return refuse(asking, new ProblemError('SIGN_IN_REFUSED'))
      await logRefusal(asking, await codeOf(response))
      return response
    }
    return finish(asking, response, path)
  })

  interface Asking {
    readonly c: Context
    readonly route: AuthPath
    readonly session: Session | null
    readonly body: Readonly<Record<string, unknown>>
    readonly auth: Auth
  }

  /** Whose password can be guessed here. */
  async function attemptOf({ c, route, session, body }: Asking): Promise<Attempt | null> {
    const given =
      route.guesses === 'name' ? body['email'] : route.guesses === 'own_password' ? session?.person.email : null
    if (typeof given !== 'string') return null
    return { name: given, cameFrom: addressOf(c), browser: await findKnownBrowser(context, c, originOf(c), given) }
  }

  async function settle(attempt: Attempt, { guesses }: AuthPath, response: Response): Promise<void> {
    const wasWrong = guesses === 'name' ? response.status === 401 : (await codeOf(response)) === 'INVALID_PASSWORD'
    if (!response.ok && wasWrong) return
    await store.atomically((db) =>
      response.ok ? forgetAttempts(db, secret, attempt) : takeAttemptBack(db, secret, attempt),
    )
  }

  async function finish({ c, route, session, body }: Asking, response: Response, path: string): Promise<Response> {
    const signedIn = response.headers.getSetCookie().some((one) => /session_token=[^;]/.test(one))
    const named = route.guesses === 'name' ? await personNamed(store.db, nameIn(body)) : null
    const personId = (await personOf(response)) ?? named ?? session?.person.id ?? null
    if (path === '/change-password' && personId !== null) await forgetBrowsers(store.db, personId)
    // Signing out of nothing is no act.
    if (route.logged !== null && personId !== null) await log.done(c, route.logged, personId)
    if (personId === null || !(signedIn && route.logged?.startsWith('sign-in.'))) return response
    const answer = new Response(response.body, response)
    answer.headers.append('set-cookie', await keepKnownBrowser(context, c, originOf(c), personId))
    return answer
  }

  async function refuse(asking: Asking, problem: ProblemError, code: string = problem.code): Promise<never> {
    await logRefusal(asking, code)
    throw problem
  }

  /** One line of who is signed in; of who is not only where it was a way in. */
  async function logRefusal({ c, route, session, body, auth }: Asking, code: string): Promise<void> {
    const { guesses } = route
    const logged = route.logged ?? (route.changesFactors ? 'account.passkey-added' : null)
    if (logged === null) return
    if (guesses === 'name') return log.refusedUnknown(c, logged, code, { name: nameIn(body) })
    if (session !== null) return log.refused(c, session.person.id, logged, code)
    if (!logged.startsWith('sign-in.')) return
    const personId =
      guesses === 'code'
        ? await halfSignedIn(auth, c)
        : await ownerOfPasskey(store.db, memberOf(body['response'], 'id'))
    return log.refusedUnknown(c, logged, code, { personId })
  }

  function originOf(c: Context): string {
    return context.origin ?? new URL(c.req.url).origin
  }

  /** Whose session the answer carries. */
  async function personOf(response: Response): Promise<string | null> {
    const found = await jsonOf(response)
    const user = memberOf(found, 'user') ?? memberOf(memberOf(found, 'session'), 'user')
    const id = memberOf(user, 'id') ?? memberOf(memberOf(found, 'session'), 'userId')
    return typeof id === 'string' ? id : null
  }
}

const nameIn = ({ email }: Readonly<Record<string, unknown>>): string => (typeof email === 'string' ? email : '')

const jsonOf = (response: Response): Promise<unknown> =>
  response
    .clone()
    .json()
    .catch(() => null)

/** The library's word for what was wrong. */
async function codeOf(response: Response): Promise<string> {
  const code = memberOf(await jsonOf(response), 'code')
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : String(response.status)
}

/** Else a password alone would be enough: with it somebody adds a second factor of their own beside a passkey that they do
 *  not have. */
const mayChangeFactors = (session: Session | null): boolean =>
  session === null || session.strong || !(session.person.hasTotp || session.person.passkeys > 0)

/** JSON alone: a form would not be looked into here, but would be by the library. */
async function readText(request: Request): Promise<string> {
  const type = request.headers.get('content-type')
  if (type !== null && !/^application\/json\s*(;|$)/i.test(type)) throw new ProblemError('INVALID_REQUEST')
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw new ProblemError('INVALID_REQUEST')
  const text = await request.text()
  if (text.length > MAX_BODY_BYTES) throw new ProblemError('INVALID_REQUEST')
  return text
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** Bit 2 of the authenticator's flags (byte 32 of its data): the holder was verified, so that the passkey is two factors.
 *  @source WebAuthn Level 3, §6.1 */
function holderWasVerified(body: Readonly<Record<string, unknown>>): boolean {
  const data = memberOf(memberOf(memberOf(body, 'response'), 'response'), 'authenticatorData')
  if (typeof data !== 'string') return false
  try {
    return ((atob(data.replaceAll('-', '+').replaceAll('_', '/')).charCodeAt(32) || 0) & 4) !== 0
  } catch {
    return false
  }
}

function withAddress(request: Request, text: string, cameFrom: string | null): Request {
  const headers = new Headers(request.headers)
  headers.delete(ADDRESS_HEADER)
  if (cameFrom !== null) headers.set(ADDRESS_HEADER, cameFrom)
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
  return new Request(request.url, { method: request.method, headers, ...(hasBody ? { body: text } : {}) })
}
