// Somebody who joined, with a second factor that is set up and used from then on: an emergency asks for it.
import { expect } from 'vitest'
import { cookiesOf, PASSWORD, send, withCookie, type Ask } from './sign-in.ts'
import { totpCode } from './totp.ts'

/** @param weak asking as them, as `join` gives it
 *  @returns asking as them with two factors */
export async function secure(ask: Ask, weak: Ask): Promise<Ask> {
  const begun = await weak('/api/auth/two-factor/enable', send('POST', { password: PASSWORD }))
  expect(begun.status, await begun.clone().text()).toBe(200)
  const { totpURI } = (await begun.json()) as { totpURI: string }
  const code = await totpCode(totpURI)
  const verified = await weak('/api/auth/two-factor/verify-totp', send('POST', { code }))
  expect(verified.status, await verified.clone().text()).toBe(200)
  return withCookie(ask, cookiesOf(verified))
}
