// What of better-auth can be reached from outside, as data: a path that does not stand here is not there, whatever a later
// version of the library adds.

export interface AuthPath {
  /** The action of the log's line where it went well; null writes none. */
  readonly logged: string | null
  /** Adds or removes a way to sign in: who has a second factor needs to have used it. */
  readonly changesFactors: boolean
}

const plain: AuthPath = { logged: null, changesFactors: false }
const logged = (action: string): AuthPath => ({ logged: action, changesFactors: false })
const factor = (action: string | null): AuthPath => ({ logged: action, changesFactors: true })

/** By method and path under `/api/auth`. A password that is right but lacks its second factor is a line of its own. */
export const authPaths: ReadonlyMap<string, AuthPath> = new Map([
  ['GET /get-session', plain],
  ['GET /list-sessions', plain],
  ['GET /passkey/list-user-passkeys', plain],
  ['GET /passkey/generate-authenticate-options', plain],
  ['GET /passkey/generate-register-options', factor(null)],
  ['POST /sign-in/email', logged('sign-in.password')],
  ['POST /two-factor/verify-totp', factor('sign-in.second-factor')],
  ['POST /two-factor/verify-backup-code', factor('sign-in.backup-code')],
  ['POST /passkey/verify-authentication', logged('sign-in.passkey')],
  ['POST /passkey/verify-registration', factor('account.passkey-added')],
  ['POST /passkey/update-passkey', plain],
  ['POST /passkey/delete-passkey', factor('account.passkey-removed')],
  ['POST /two-factor/enable', factor('account.second-factor-begun')],
  ['POST /two-factor/disable', factor('account.second-factor-removed')],
  ['POST /change-password', factor('account.password-changed')],
  ['POST /sign-out', logged('sign-out')],
  ['POST /revoke-session', logged('account.session-ended')],
  ['POST /revoke-other-sessions', logged('account.sessions-ended')],
])
