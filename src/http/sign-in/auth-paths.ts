// What of better-auth can be reached from outside, as data: a path that does not stand here is not there, whatever a later
// version of the library adds.

export interface AuthPath {
  /** The action of the log's line, of an act that went well or was refused; null of a look, which writes none. */
  readonly logged: string | null
  /** Adds or removes a way to sign in: who has a second factor needs to have used it. */
  readonly changesFactors: boolean
  /** What it can be used to guess: the password of a name, that of whoever is signed in, or a code. */
  readonly guesses: 'name' | 'own_password' | 'code' | null
}

const plain: AuthPath = { logged: null, changesFactors: false, guesses: null }
const logged = (action: string, guesses: AuthPath['guesses'] = null): AuthPath => ({
  logged: action,
  changesFactors: false,
  guesses,
})
const factor = (action: string | null, guesses: AuthPath['guesses'] = null): AuthPath => ({
  logged: action,
  changesFactors: true,
  guesses,
})

/** By method and path under `/api/auth`. A password that is right but lacks its second factor is a line of its own. */
export const authPaths: ReadonlyMap<string, AuthPath> = new Map([
  ['GET /get-session', plain],
  ['GET /list-sessions', plain],
  ['GET /passkey/list-user-passkeys', plain],
  ['GET /passkey/generate-authenticate-options', plain],
  ['GET /passkey/generate-register-options', factor(null)],
  ['POST /sign-in/email', logged('sign-in.password', 'name')],
  ['POST /two-factor/verify-totp', factor('sign-in.second-factor', 'code')],
  ['POST /two-factor/verify-backup-code', factor('sign-in.backup-code', 'code')],
  ['POST /passkey/verify-authentication', logged('sign-in.passkey')],
  ['POST /passkey/verify-registration', factor('account.passkey-added')],
  ['POST /passkey/update-passkey', logged('account.passkey-renamed')],
  ['POST /passkey/delete-passkey', factor('account.passkey-removed')],
  ['POST /two-factor/enable', factor('account.second-factor-begun', 'own_password')],
  ['POST /two-factor/disable', factor('account.second-factor-removed', 'own_password')],
  ['POST /change-password', factor('account.password-changed', 'own_password')],
  ['POST /sign-out', logged('sign-out')],
  ['POST /revoke-session', logged('account.session-ended')],
  ['POST /revoke-other-sessions', logged('account.sessions-ended')],
])
