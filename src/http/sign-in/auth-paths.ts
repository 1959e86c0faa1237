// The open paths of better-auth, as data. A path that is not in this list does not exist, and a field that is not
// listed with its path is refused, whatever a later version of the library adds.
import { z } from '@hono/zod-openapi'

export interface AuthPath {
  /** The action of the log's line, of an act that went well or was refused; null of a look, which writes none. */
  readonly logged: string | null
  /** The request as the log names it in a refusal, if it is no action; otherwise the action. */
  readonly asked: string | null
  /** The body's fields. No path takes anything from the address. */
  readonly fields: z.ZodObject
  /** Open to everybody, signed in or not: a way in or out. */
  readonly isPublic: boolean
  /** Adds or removes a way to sign in: who asks signed in a short while ago. */
  readonly changesFactors: boolean
  /** Of whoever is signed in and has a second factor: they need to have shown it. A password alone tells nobody where they are
   *  signed in and by what, and ends nothing of it. */
  readonly needsOwnFactor: boolean
  /** What an attacker could guess with it: the password of a name, the password of the signed-in person, or a code. */
  readonly guesses: 'name' | 'own_password' | 'code' | null
  /** Makes backup codes: they are shown until somebody says that they keep them. */
  readonly makesCodes: boolean
  /** Ends all other sessions, so that a person who signed in with the removed password or factor is out. */
  readonly endsOthers: boolean
  /** Asked within a session it sets a second factor up: sessions that came about by a password alone are over. */
  readonly addsFactor: boolean
}

const text = z.string().max(1000)
const keyName = z.string().max(100)
/** The answer of a browser's passkey; the library reads it. */
const passkeyResponse = z.record(z.string(), z.unknown())
const path = (logged: string | null, fields: z.ZodRawShape = {}, guesses: AuthPath['guesses'] = null): AuthPath => ({
  logged,
  asked: null,
  fields: z.strictObject(fields),
  isPublic: false,
  changesFactors: false,
  needsOwnFactor: false,
  endsOthers: false,
  addsFactor: false,
  makesCodes: false,
  guesses,
})
const own = (one: AuthPath): AuthPath => ({ ...one, needsOwnFactor: true })
const asking = (asked: string, one: AuthPath): AuthPath => ({ ...one, asked })
const factor = (logged: string | null, fields: z.ZodRawShape = {}, guesses: AuthPath['guesses'] = null): AuthPath => ({
  ...own(path(logged, fields, guesses)),
  changesFactors: true,
})
const adding = (one: AuthPath): AuthPath => ({ ...one, addsFactor: true })
const ending = (one: AuthPath): AuthPath => ({ ...one, endsOthers: true })
const open = (one: AuthPath): AuthPath => ({ ...one, isPublic: true })
const making = (one: AuthPath): AuthPath => ({ ...one, makesCodes: true })

/** By method and path under `/api/auth`. A password that is right but lacks its second factor is a line of its own. */
export const authPaths: ReadonlyMap<string, AuthPath> = new Map([
  ['GET /get-session', open(path(null))],
  ['GET /list-sessions', asking('account.view', own(path(null)))],
  ['GET /passkey/list-user-passkeys', asking('account.view', own(path(null)))],
  ['GET /passkey/generate-authenticate-options', open(path(null))],
  ['GET /passkey/generate-register-options', asking('account.passkey-added', factor(null))],
  ['POST /sign-in/email', open(path('sign-in.password', { email: text, password: text }, 'name'))],
  [
    'POST /two-factor/verify-totp',
    open(adding(factor('sign-in.second-factor', { code: z.string().regex(/^\d{6}$/) }, 'code'))),
  ],
  ['POST /two-factor/verify-backup-code', open(factor('sign-in.backup-code', { code: text }, 'code'))],
  ['POST /passkey/verify-authentication', open(path('sign-in.passkey', { response: passkeyResponse }))],
  [
    'POST /passkey/verify-registration',
    adding(factor('account.passkey-added', { response: passkeyResponse, name: keyName })),
  ],
  ['POST /passkey/update-passkey', own(path('account.passkey-renamed', { id: text, name: keyName }))],
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
  ['POST /sign-out', open(path('sign-out'))],
  ['POST /revoke-session', own(path('account.session-ended', { token: text }))],
  ['POST /revoke-other-sessions', ending(own(path('account.sessions-ended')))],
])
