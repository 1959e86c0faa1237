// The first administrator of a served calmpace, joined over HTTP with a second factor, who guides runners too.
import { strict as assert } from 'node:assert'
import type { Served } from './served.ts'
import { patient } from './sign-in.ts'
import { totpCode } from './totp.ts'

export const firstPerson = { name: 'Thea', email: 'thea@example.org', password: 'een lang wachtwoord' } as const

export type SignedIn = (path: string, init?: RequestInit) => Promise<Response>

/** @returns the cookie of their session, e.g. `name=value` */
export const joinFirst = async (served: Pick<Served, 'url' | 'firstUrl'>): Promise<string> =>
  (await joinFirstWithCodes(served)).cookie

/** With codes, each of which lets them in once more (`signInFirst`). */
export async function joinFirstWithCodes({
  url,
  firstUrl,
}: Pick<Served, 'url' | 'firstUrl'>): Promise<{ cookie: string; backupCodes: string[] }> {
  assert.ok(firstUrl !== null, 'somebody has joined already')
  const token = new URL(firstUrl).hash.slice(1)
  const joined = await post(url, '/api/join', { token, ...firstPerson, alsoTherapist: true })
  const weak = sessionOf(joined)
  const begun = await post(url, '/api/auth/two-factor/enable', { password: firstPerson.password }, weak)
  const { totpURI, backupCodes } = (await begun.json()) as { totpURI: string; backupCodes: string[] }
  const code = await totpCode(totpURI)
  const cookie = sessionOf(await post(url, '/api/auth/two-factor/verify-totp', { code }, weak))
  await fetch(`${url}/api/me/backup-codes/kept`, { method: 'POST', headers: { origin: url, cookie } })
  return { cookie, backupCodes }
}

/** A session more of the first administrator. */
export async function signInFirst(url: string, backupCode: string): Promise<string> {
  const { email, password } = firstPerson
  const halfway = await post(url, '/api/auth/sign-in/email', { email, password })
  const cookie = halfway.headers
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .join('; ')
  return sessionOf(await post(url, '/api/auth/two-factor/verify-backup-code', { code: backupCode }, cookie))
}

/** Asking as whoever has this cookie. */
export const asking =
  (url: string, cookie: string): SignedIn =>
  (path, init = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { ...patient, ...Object.fromEntries(new Headers(init.headers)), cookie },
    })

async function post(url: string, path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`)
  return response
}

function sessionOf(response: Response): string {
  const cookie = response.headers.getSetCookie().find((one) => one.includes('session_token'))
  assert.ok(cookie !== undefined, 'no session came')
  return cookie.split(';')[0] ?? ''
}
