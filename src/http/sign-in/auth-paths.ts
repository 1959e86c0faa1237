// What of better-auth can be reached from outside, as data: a path that does not stand here is not there, and a field that does
// not stand with its path is refused, whatever a later version of the library adds.
import { z } from '@hono/zod-openapi'

export interface AuthPath {
  /** The action of the log's line, of an act that went well or was refused; null of a look, which writes none. */
  readonly logged: string | null
  /** The body's fields. No path takes anything from the address. */
  readonly fields: z.ZodType<Readonly<Record<string, unknown>>>
  /** Adds or removes a way to sign in: who has a second factor needs to have used it, and signed in a short while ago. */
  readonly changesFactors: boolean
  /** What it can be used to guess: the password of a name, that of whoever is signed in, or a code. */
  readonly guesses: 'name' | 'own_password' | 'code' | null
  /** Makes backup codes: they are shown until somebody says that they keep them. */
  readonly makesCodes: boolean
  /** Afterwards all other sessions are over: whoever could sign in by what is gone now is out. */
  readonly endsOthers: boolean
}

const text = z.string().max(1000)
/** What a browser's passkey says; the library reads it. */
const passkeyResponse = z.record(z.string(), z.unknown())
const path = (logged: string | null, fields: z.ZodRawShape = {}, guesses: AuthPath['guesses'] = null): AuthPath => ({
  logged,
  fields: z.strictObject(fields),
  changesFactors: false,
  endsOthers: false,
  makesCodes: false,
  guesses,
})
const factor = (logged: string | null, fields: z.ZodRawShape = {}, guesses: AuthPath['guesses'] = null): AuthPath => ({
  ...path(logged, fields, guesses),
  changesFactors: true,
})
const ending = (one: AuthPath): AuthPath => ({ ...one, endsOthers: true })
const making = (one: AuthPath): AuthPath => ({ ...one, makesCodes: true })

/** By method and path under `/api/auth`. A password that is right but lacks its second factor is a line of its own. */
export const authPaths: ReadonlyMap<string, AuthPath> = new Map([
  ['GET /get-session', path(null)],
  ['GET /list-sessions', path(null)],
  ['GET /passkey/list-user-passkeys', path(null)],
  ['GET /passkey/generate-authenticate-options', path(null)],
  ['GET /passkey/generate-register-options', factor(null)],
  ['POST /sign-in/email', path('sign-in.password', { email: text, password: text }, 'name')],
  ['POST /two-factor/verify-totp', factor('sign-in.second-factor', { code: z.string().regex(/^\d{6}$/) }, 'code')],
  ['POST /two-factor/verify-backup-code', factor('sign-in.backup-code', { code: text }, 'code')],
  ['POST /passkey/verify-authentication', path('sign-in.passkey', { response: passkeyResponse })],
  ['POST /passkey/verify-registration', factor('account.passkey-added', { response: passkeyResponse, name: text })],
  ['POST /passkey/update-passkey', path('account.passkey-renamed', { id: text, name: text })],
  ['POST /passkey/delete-passkey', ending(factor('account.passkey-removed', { id: text }))],
  ['POST /two-factor/enable', making(factor('account.second-factor-begun', { password: text }, 'own_password'))],
  [
    'POST /two-factor/generate-backup-codes',
    making(ending(factor('account.backup-codes-made', { password: text }, 'own_password'))),
  ],
  ['POST /two-factor/disable', ending(factor('account.second-factor-removed', { password: text }, 'own_password'))],
  [
    'POST /change-password',
    ending(factor('account.password-changed', { currentPassword: text, newPassword: text }, 'own_password')),
  ],
  ['POST /sign-out', path('sign-out')],
  ['POST /revoke-session', path('account.session-ended', { token: text })],
  ['POST /revoke-other-sessions', ending(path('account.sessions-ended'))],
])
