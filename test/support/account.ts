// What somebody does with their own account, over HTTP: sign in, an authenticator app, a passkey.
import { PASSWORD, send, type Ask } from './sign-in.ts'
import { makePasskey } from './soft-passkey.ts'
import { nextCode } from './totp.ts'
import { expectJson } from './expect-json.ts'

const RELYING = { rpId: 'localhost', origin: 'http://localhost' }

export const signIn = (ask: Ask, email: string, password = PASSWORD): Promise<Response> =>
  ask('/api/auth/sign-in/email', send('POST', { email, password }))

/** @param ask a browser, whose session becomes a strong one
 *  @returns the address that the app scanned */
export async function enrolTotp(ask: Ask, password = PASSWORD): Promise<string> {
  const { totpURI: uri } = await expectJson<{ totpURI: string }>(
    ask('/api/auth/two-factor/enable', send('POST', { password })),
  )
  await expectJson(ask('/api/auth/two-factor/verify-totp', send('POST', { code: await nextCode(uri) })))
  return uri
}

export async function enrolPasskey(ask: Ask): Promise<Awaited<ReturnType<typeof makePasskey>>> {
  const passkey = await makePasskey()
  const { challenge, rp } = await expectJson<{ challenge: string; rp: { id: string } }>(
    ask('/api/auth/passkey/generate-register-options'),
  )
  const origin = rp.id === RELYING.rpId ? RELYING.origin : `https://${rp.id}`
  const response = await passkey.register({ challenge, rpId: rp.id, origin })
  await expectJson(ask('/api/auth/passkey/verify-registration', send('POST', { response, name: 'telefoon' })))
  return passkey
}

/** @param verified whether the passkey says that it verified its holder */
export async function signInByPasskey(
  ask: Ask,
  passkey: Awaited<ReturnType<typeof makePasskey>>,
  verified: boolean,
): Promise<Response> {
  const { challenge } = await expectJson<{ challenge: string }>(ask('/api/auth/passkey/generate-authenticate-options'))
  const response = await passkey.sign({ challenge, ...RELYING }, verified)
  return ask('/api/auth/passkey/verify-authentication', send('POST', { response }))
}
