// Requests for signing in and for one's own account: the routes under /api/auth, which better-auth answers.
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { ApiError, client, done, read } from './request.ts'

const ask = (path: string): Promise<Response> => fetch(`/api/auth${path}`)
const send = (path: string, body: object = {}): Promise<Response> =>
  fetch(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
const readAs = <T>(request: Promise<Response>): Promise<T> => read<T>(request)

/** @returns whether a code is asked for now */
export async function signIn(email: string, password: string): Promise<boolean> {
  const answer = await readAs<{ twoFactorRedirect?: boolean }>(send('/sign-in/email', { email, password }))
  return answer.twoFactorRedirect === true
}
export const verifyTotp = (code: string) => done(send('/two-factor/verify-totp', { code }))
export const verifyBackupCode = (code: string) => done(send('/two-factor/verify-backup-code', { code }))
export const signOut = () => done(send('/sign-out'))

/** Proves again, inside the session, who the person is; with a code of the app or a backup code if there is an app. */
export const prove = (given: { password: string; code?: string; backupCode?: string }) =>
  done(client.api.me.proof.$post({ json: given }))

/** Begins it; the code of the app makes it count. */
export const beginTotp = (password: string) =>
  readAs<{ totpURI: string; backupCodes: string[] }>(send('/two-factor/enable', { password }))
/** Those of before work no longer. */
export const makeBackupCodes = (password: string) =>
  readAs<{ backupCodes: string[] }>(send('/two-factor/generate-backup-codes', { password }))
/** Those of which the reader did not say yet that they keep them. */
export const lookAtBackupCodes = () => read(client.api.me['backup-codes'].look.$post())
export const keepBackupCodes = () => done(client.api.me['backup-codes'].kept.$post())
export const endTotp = (password: string) => done(send('/two-factor/disable', { password }))
export const changePassword = (currentPassword: string, newPassword: string) =>
  done(send('/change-password', { currentPassword, newPassword }))

export interface MySession {
  readonly id: string
  readonly token: string
  readonly createdAt: string
  readonly ipAddress: string | null
  readonly userAgent: string | null
}
export const listMySessions = () => readAs<MySession[]>(ask('/list-sessions'))
export const findMySession = () => readAs<{ session: MySession }>(ask('/get-session'))
export const endMySession = (token: string) => done(send('/revoke-session', { token }))
export const endMyOtherSessions = () => done(send('/revoke-other-sessions'))

export interface Passkey {
  readonly id: string
  readonly name: string | null
  readonly createdAt: string | null
}
export const knowsPasskeys = browserSupportsWebAuthn
export const listPasskeys = () => readAs<Passkey[]>(ask('/passkey/list-user-passkeys'))
export const renamePasskey = (id: string, name: string) => done(send('/passkey/update-passkey', { id, name }))
export const removePasskey = (id: string) => done(send('/passkey/delete-passkey', { id }))

/** @throws ApiError `PASSKEY_CANCELLED` where the person or their device would not */
export async function signInByPasskey(): Promise<void> {
  const optionsJSON = await readAs<PublicKeyCredentialRequestOptionsJSON>(ask('/passkey/generate-authenticate-options'))
  const response: AuthenticationResponseJSON = await startAuthentication({ optionsJSON }).catch(cancelled)
  await done(send('/passkey/verify-authentication', { response }))
}

/** Adds a passkey of this device. @throws ApiError as above */
export async function addPasskey(name: string): Promise<void> {
  const optionsJSON = await readAs<PublicKeyCredentialCreationOptionsJSON>(ask('/passkey/generate-register-options'))
  const response: RegistrationResponseJSON = await startRegistration({ optionsJSON }).catch(cancelled)
  await done(send('/passkey/verify-registration', { response, name }))
}

function cancelled(): never {
  throw new ApiError('PASSKEY_CANCELLED')
}
