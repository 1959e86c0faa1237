// Everything under /api/auth: better-auth's own handler, with what it does not do by itself around it: the lock-out of a
// name, a passkey that verified its holder, the log of sign-ins, and an address that the caller cannot choose.
import { Hono, type Context } from 'hono'
import { appendAudit } from '../../store/audit.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import { ADDRESS_HEADER, type Auth } from './auth.ts'
import { authPaths, type AuthPath } from './auth-paths.ts'
import { beginAttempt, forgetAttempts } from './lock-out.ts'
import { findSession, type Session } from './session.ts'

const MAX_BODY_BYTES = 64 * 1024

export function signInRoutes(context: AppContext, authFor: (c: Context) => Auth) {
  const { store, nowMs, addressOf, secret } = context
  return new Hono().all('/api/auth/*', async (c) => {
    const path = c.req.path.slice('/api/auth'.length)
    const route = authPaths.get(`${c.req.method} ${path}`)
    if (route === undefined) throw new ProblemError('NOT_FOUND')
    const text = c.req.method === 'GET' ? '' : await readText(c.req.raw)
    const body = parse(text)
    const name = path === '/sign-in/email' && typeof body['email'] === 'string' ? body['email'] : null
    if (name !== null && !(await store.atomically((db) => beginAttempt(db, secret, name, nowMs()))))
      throw new ProblemError('SIGN_IN_REFUSED')
    if (path === '/passkey/verify-authentication' && !holderWasVerified(body)) throw new ProblemError('SIGN_IN_REFUSED')
    const session = await findSession(store.db, authFor(c), c.req.raw.headers)
    if (route.changesFactors) requireOwnFactor(session)
    const cameFrom = addressOf(c)
    const response = await authFor(c).handler(withAddress(c.req.raw, text, cameFrom))
    if (name !== null && response.ok) await forgetAttempts(store.db, secret, name)
    await logSignIn(route, { cameFrom, asker: session?.person.id ?? null }, response)
    // Wrong name, wrong password, locked out: one answer.
    if (name !== null && (response.status === 401 || response.status === 403)) throw new ProblemError('SIGN_IN_REFUSED')
    return response
  })

  async function logSignIn(
    { logged }: AuthPath,
    { cameFrom, asker }: { cameFrom: string | null; asker: string | null },
    response: Response,
  ): Promise<void> {
    const action = response.ok ? logged : logged?.startsWith('sign-in.') ? 'sign-in.refused' : null
    if (action === null) return
    const personId = response.ok ? ((await personOf(response)) ?? asker) : null
    // No name that was typed, in no form: whoever has the log and an address would find whose lines these are.
    await store.atomically((db) =>
      appendAudit(db, { atMs: nowMs(), personId, action, clientId: null, rule: null, cameFrom, detail: {} }),
    )
  }

  /** Whose session the answer carries. */
  async function personOf(response: Response): Promise<string | null> {
    const found: unknown = await response
      .clone()
      .json()
      .catch(() => null)
    const user = memberOf(found, 'user') ?? memberOf(memberOf(found, 'session'), 'user')
    const id = memberOf(user, 'id') ?? memberOf(memberOf(found, 'session'), 'userId')
    return typeof id === 'string' ? id : null
  }
}

/** Else a password alone would be enough: with it somebody adds a second factor of their own beside a passkey that they do
 *  not have. @throws ProblemError SECOND_FACTOR_REQUIRED */
function requireOwnFactor(session: Session | null): void {
  if (session === null || session.strong) return
  if (session.person.hasTotp || session.person.passkeys > 0) throw new ProblemError('SECOND_FACTOR_REQUIRED')
}

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
