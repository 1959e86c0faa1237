// Everything under /api/auth: better-auth's own handler, with what it does not do by itself around it: the lock-out of a
// name, a passkey that verified its holder, the log of sign-ins, and an address that the caller cannot choose.
import { Hono, type Context } from 'hono'
import { appendAudit } from '../../store/audit.ts'
import { sha256Hex } from '../../store/sha256.ts'
import type { AppContext } from '../app-context.ts'
import { ProblemError } from '../problem.ts'
import { ADDRESS_HEADER, type Auth } from './auth.ts'
import { countSignIn, isLockedOut } from './lock-out.ts'

const MAX_BODY_BYTES = 64 * 1024

export function signInRoutes(context: AppContext, authFor: (c: Context) => Auth) {
  const { store, nowMs, addressOf } = context
  return new Hono().all('/api/auth/*', async (c) => {
    const path = c.req.path.slice('/api/auth'.length)
    const text = c.req.method === 'GET' ? '' : await readText(c.req.raw)
    const body = parse(text)
    const name = path === '/sign-in/email' && typeof body['email'] === 'string' ? body['email'] : null
    if (name !== null && (await isLockedOut(store.db, name, nowMs()))) throw new ProblemError('SIGN_IN_REFUSED')
    if (path === '/passkey/verify-authentication' && !holderWasVerified(body)) throw new ProblemError('SIGN_IN_REFUSED')
    const cameFrom = addressOf(c)
    const response = await authFor(c).handler(withAddress(c.req.raw, text, cameFrom))
    if (name !== null) await countSignIn(store.db, name, response.ok, nowMs())
    await logSignIn(path, name, response, cameFrom)
    // Wrong name, wrong password, locked out: one answer.
    if (name !== null && (response.status === 401 || response.status === 403)) throw new ProblemError('SIGN_IN_REFUSED')
    return response
  })

  async function logSignIn(path: string, name: string | null, response: Response, cameFrom: string | null) {
    const action = response.ok ? loggedPaths[path] : name === null ? undefined : 'sign-in.refused'
    if (action === undefined) return
    const personId = response.ok ? await personOf(response) : null
    const detail = name === null ? {} : { name: (await sha256Hex(name.trim().toLowerCase())).slice(0, 16) }
    await store.atomically((db) =>
      appendAudit(db, { atMs: nowMs(), personId, action, clientId: null, rule: null, cameFrom, detail }),
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

/** What stands in the log. A password that is right but lacks its second factor is a line of its own. */
const loggedPaths: Readonly<Record<string, string>> = {
  '/sign-in/email': 'sign-in.password',
  '/two-factor/verify-totp': 'sign-in.second-factor',
  '/two-factor/verify-backup-code': 'sign-in.backup-code',
  '/passkey/verify-authentication': 'sign-in.passkey',
  '/passkey/verify-registration': 'account.passkey-added',
  '/passkey/delete-passkey': 'account.passkey-removed',
  '/two-factor/enable': 'account.second-factor-begun',
  '/two-factor/disable': 'account.second-factor-removed',
  '/change-password': 'account.password-changed',
  '/sign-out': 'sign-out',
  '/revoke-session': 'account.session-ended',
  '/revoke-other-sessions': 'account.sessions-ended',
}

async function readText(request: Request): Promise<string> {
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
