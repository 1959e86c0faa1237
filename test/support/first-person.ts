// The first administrator of a served calmpace, joined over HTTP with a second factor, who guides runners too.
import { strict as assert } from 'node:assert'
import type { Served } from './served.ts'
import { totpCode } from './totp.ts'

export const firstPerson = { name: 'Thea', email: 'thea@example.org', password: 'een lang wachtwoord' } as const

export type SignedIn = (path: string, init?: RequestInit) => Promise<Response>

/** @returns the cookie of their session, e.g. `name=value` */
export async function joinFirst({ url, firstUrl }: Served): Promise<string> {
  assert.ok(firstUrl !== null, 'somebody has joined already')
  const token = new URL(firstUrl).hash.slice(1)
  const joined = await post(url, '/api/join', { token, ...firstPerson, alsoTherapist: true })
  const weak = sessionOf(joined)
  const begun = await post(url, '/api/auth/two-factor/enable', { password: firstPerson.password }, weak)
  const { totpURI } = (await begun.json()) as { totpURI: string }
  const code = await totpCode(totpURI)
  return sessionOf(await post(url, '/api/auth/two-factor/verify-totp', { code }, weak))
}

/** Asking as whoever has this cookie. */
export const asking =
  (url: string, cookie: string): SignedIn =>
  (path, init = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), cookie } })

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
