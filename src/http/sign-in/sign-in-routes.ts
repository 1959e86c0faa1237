// Everything under /api/auth: better-auth's own handler, plus what the library does not do: waits after wrong
// passwords, passkeys only if they verified their holder, log lines, and an address that the caller cannot choose.
import { Hono, type Context } from 'hono'
import { forgetBrowsers } from '../../store/sign-in/known-browsers.ts'
import { findPersonByEmail } from '../../store/people/people.ts'
import { deleteOverSessions, endSession, endSessions, endSessionsNotBy } from '../../store/sign-in/sessions.ts'
import { markUnkept } from '../../store/sign-in/unkept-codes.ts'
import { freeCode, useCode } from '../../store/sign-in/used-codes.ts'
import type { AppContext } from '../app-context.ts'
import { lookedBy } from '../audit/log-refused.ts'
import { ProblemError } from '../problem.ts'
import { ADDRESS_HEADER, MIN_PASSWORD, strongMethods, type Auth } from './auth.ts'
import { authPaths, type AuthPath } from './auth-paths.ts'
import { toProblem } from './auth-problems.ts'
import { readBackupCode } from './backup-codes.ts'
import { findCodeOwner } from './code-owner.ts'
import { findKnownBrowser, keepKnownBrowser } from './known-browser.ts'
import { beginAttempt, forgetAttempts, takeAttemptBack, type Attempt } from './lock-out.ts'
import { findPasswordProblem } from './password-rules.ts'
import { ownerOfPasskey, type SignInLog } from './sign-in-log.ts'
import { isReadable } from './sealed-factors.ts'
import { findSession, usedOwnFactor, type SignInSession } from './session.ts'

/** product choice: of one person; a phone, a laptop and a key in a drawer are three. */
const MOST_PASSKEYS = 20

export function signInRoutes(context: AppContext, authFor: (c: Context) => Auth, log: SignInLog) {
  const { store, nowMs, addressOf, secret } = context
  return new Hono().all('/api/auth/*', async (c) => {
    const path = c.req.path.slice('/api/auth'.length)
    const method = lookedBy(c.req.method)
    const route = authPaths.get(`${method} ${path}`)
    if (route === undefined) throw new ProblemError('NOT_FOUND')
    const text = method === 'GET' ? '' : await readText(c.req.raw)
    const read = parse(text)
    const body = read ?? {}
    const auth = authFor(c)
    const session = await findSession(context, auth, c.req.raw.headers)
    if (path === '/list-sessions') await deleteOverSessions(store.db, nowMs())
    const asking: Asking = { c, route, session, body, auth }
    const isUnderstood = read !== null && route.fields.safeParse(body).success && new URL(c.req.url).search === ''
    if (!isUnderstood) return refuseUnread(asking)
    if (path === '/passkey/verify-authentication' && !holderWasVerified(body))
      return refuse(asking, new ProblemError('SIGN_IN_REFUSED'))
    if (route.needsOwnFactor && session !== null && !usedOwnFactor(session))
      return refuse(asking, new ProblemError('SECOND_FACTOR_REQUIRED'))
    const barred = session === null ? null : barOf(path, asking, session)
    if (barred !== null) return refuse(asking, barred)
    const attempt = await attemptOf(asking)
    if (attempt !== null && !(await store.atomically((db) => beginAttempt(db, secret, attempt, nowMs()))))
      return refuse(
        asking,
        new ProblemError(route.guesses === 'name' ? 'SIGN_IN_REFUSED' : 'TRIED_TOO_OFTEN'),
        'LOCKED',
      )
    const unreadable = await unreadableOf(asking)
    if (unreadable !== null) return refuse(asking, unreadable)
    const code = path === '/two-factor/verify-totp' ? String(body['code']) : null
    const owner =
      code === null ? null : (session?.person.id ?? (await findCodeOwner(store.db, auth, c.req.raw.headers)))
    if (code !== null && owner !== null && !(await useCode(store.db, owner, code, nowMs())))
      return refuse(asking, new ProblemError('CODE_USED'))
    const response = await auth
      .handler(withAddress(c.req.raw, await meant(path, asking, text ?? ''), addressOf(c)))
      .catch((error: unknown) => refuseOtherCookie(asking, error))
    if (code !== null && owner !== null && !response.ok) await freeCode(store.db, owner, code)
    if (session !== null && response.ok) await endReplaced(route, session, response)
    if (session !== null && response.ok && route.makesCodes) await markUnkept(store.db, session.person.id, nowMs())
    if (attempt !== null) await settle(attempt, route, response)
    if (!response.ok) {
      // Wrong name, wrong password, locked out: one answer.
      const isSignIn = route.guesses === 'name' && (response.status === 401 || response.status === 403)
      if (isSignIn) return refuse(asking, new ProblemError('SIGN_IN_REFUSED'))
      await logRefusal(asking, await codeOf(response))
      return toProblem(response, await codeOf(response))
    }
    return finish(asking, response, path)
  })

  interface Asking {
    readonly c: Context
    readonly route: AuthPath
    readonly session: SignInSession | null
    readonly body: Readonly<Record<string, unknown>>
    readonly auth: Auth
  }

  /** Why somebody signed in may not change how they sign in so; null where they may. A code of a session is the first one of an app
   *  that is being set up. */
  function barOf(path: string, { route, body }: Asking, session: SignInSession): ProblemError | null {
    if (!route.changesFactors) return null
    if (path === '/two-factor/verify-backup-code' || (path === '/two-factor/verify-totp' && session.person.hasTotp))
      return new ProblemError('INVALID_REQUEST')
    if (nowMs() >= session.freshUntilMs) return new ProblemError('FRESH_SIGN_IN_REQUIRED')
    const adds = path === '/passkey/generate-register-options' || path === '/passkey/verify-registration'
    if (adds && session.person.passkeys >= MOST_PASSKEYS) return new ProblemError('LIST_FULL')
    const wanted = path === '/change-password' ? String(body['newPassword']) : ''
    // The library refuses a password that is too short.
    const problem = wanted.length < MIN_PASSWORD ? null : findPasswordProblem(wanted, session.person)
    return problem === null ? null : new ProblemError(problem)
  }

  /** A code of somebody whose second factor nobody can read; null where it can be looked at. */
  async function unreadableOf({ c, route, auth }: Asking): Promise<ProblemError | null> {
    const owner = route.guesses === 'code' ? await findCodeOwner(store.db, auth, c.req.raw.headers) : null
    if (owner === null || (await isReadable(store.db, secret, owner))) return null
    return new ProblemError('SECOND_FACTOR_UNREADABLE')
  }

  /** The body for the library: a typed backup code is replaced by its stored form. */
  async function meant(path: string, { c, auth, body }: Asking, text: string): Promise<string> {
    if (path !== '/two-factor/verify-backup-code') return text
    const owner = await findCodeOwner(store.db, auth, c.req.raw.headers)
    if (owner === null) return text
    return JSON.stringify({ code: await readBackupCode(auth, store.db, owner, String(body['code'])) })
  }

  /** A sign-in takes the place of the session that asked for it; a way to sign in that is gone takes all others along. */
  async function endReplaced(route: AuthPath, session: SignInSession, response: Response): Promise<void> {
    const token = newTokenOf(response)
    if (route.logged?.startsWith('sign-in.') === true) await endSession(store.db, session.id)
    if (route.endsOthers) await endSessions(store.db, session.person.id, token ?? session.token)
    if (route.addsFactor) await endSessionsNotBy(store.db, session.person.id, strongMethods, token ?? session.token)
  }

  /** The person whose password could be guessed here. */
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
    const named = route.guesses === 'name' ? await findPersonByEmail(store.db, nameIn(body)) : null
    const personId = (await personOf(response)) ?? named ?? session?.person.id ?? null
    if (path === '/change-password' && personId !== null) await forgetBrowsers(store.db, personId)
    // Signing out of nothing is no act.
    if (route.logged !== null && personId !== null) await log.done(c, route.logged, personId)
    // Where others are ended the browsers of before are forgotten; the one that asks for it is known all the same.
    const isKnown = (signedIn && route.logged?.startsWith('sign-in.') === true) || route.endsOthers
    if (personId === null || !isKnown) return response
    const answer = new Response(response.body, response)
    answer.headers.append('set-cookie', await keepKnownBrowser(context, c, originOf(c), personId, route.endsOthers))
    return answer
  }

  async function refuse(asking: Asking, problem: ProblemError, code: string = problem.code): Promise<never> {
    await logRefusal(asking, code)
    throw problem
  }

  /** A request that only reads leaves no line. */
  function refuseUnread(asking: Asking): Promise<never> {
    const problem = new ProblemError('INVALID_REQUEST')
    if (asking.route.logged === null) throw problem
    return refuse(asking, problem)
  }

  /** The library takes any row that a signed cookie of ours names for a passkey's challenge: of another step it is no JSON. */
  function refuseOtherCookie(asking: Asking, error: unknown): Promise<never> {
    if (!(error instanceof SyntaxError)) throw error
    const isSignIn = asking.route.logged?.startsWith('sign-in.') === true
    return refuse(asking, new ProblemError(isSignIn ? 'SIGN_IN_REFUSED' : 'INVALID_REQUEST'))
  }

  /** One line of who is signed in; of who is not only where it was a way in. */
  async function logRefusal({ c, route, session, body, auth }: Asking, code: string): Promise<void> {
    const { guesses } = route
    const logged = route.logged ?? route.asked
    if (logged === null) return
    if (guesses === 'name') return log.refusedUnknown(c, logged, code, { name: nameIn(body) })
    if (session !== null) return log.refused(c, session.person.id, logged, code)
    if (!logged.startsWith('sign-in.')) return
    const personId =
      guesses === 'code'
        ? await findCodeOwner(store.db, auth, c.req.raw.headers)
        : await ownerOfPasskey(store.db, memberOf(body['response'], 'id'))
    return log.refusedUnknown(c, logged, code, { personId })
  }

  function originOf(c: Context): string {
    return context.origin ?? new URL(c.req.url).origin
  }

  /** The person whose session is in the answer. */
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

/** Of the session that an answer begins; null where it begins none. */
function newTokenOf(response: Response): string | null {
  for (const cookie of response.headers.getSetCookie()) {
    const value = /^[^=]*\.session_token=([^;]+)/.exec(cookie)?.[1]
    if (value !== undefined) return decodeURIComponent(value).split('.', 1)[0] ?? null
  }
  return null
}

/** JSON alone: a form would not be looked into here, but would be by the library. How much it is was counted before
 *  (limit-body.ts). @returns null where it is something else */
async function readText(request: Request): Promise<string | null> {
  const type = request.headers.get('content-type')
  return type === null || /^application\/json\s*(;|$)/i.test(type) ? request.text() : null
}

/** No body is one without fields. @returns null of what is no object */
function parse(text: string | null): Readonly<Record<string, unknown>> | null {
  if (text === null || text === '') return text === null ? null : {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
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
  const method = lookedBy(request.method)
  return new Request(request.url, { method, headers, ...(method === 'GET' ? {} : { body: text }) })
}
