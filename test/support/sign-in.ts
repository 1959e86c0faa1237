// Signing in over HTTP, as people do: by an invitation, with a cookie from then on.
import { expect } from 'vitest'

export type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** A clinic that nobody has signed in to, and the token of its first administrator's invitation. */
export interface NewClinic {
  readonly ask: Ask
  readonly firstToken: string
}

export const PASSWORD = 'een lang wachtwoord'

export const send = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** The cookies of an answer, as a browser would send them back. */
export const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ')

/** Ask with a cookie. */
/** An import is waited for, also where the machine is busy. */
export const patient = { prefer: 'wait=50' }

export const withCookie =
  (ask: Ask, cookie: string): Ask =>
  (path, init = {}) =>
    ask(path, { ...init, headers: { ...patient, ...Object.fromEntries(new Headers(init.headers)), cookie } })

/** Join by an invitation. @returns asking as that person from then on */
export async function join(
  ask: Ask,
  token: string,
  email: string,
  more: { readonly name?: string; readonly alsoTherapist?: boolean } = {},
): Promise<Ask> {
  const { name = email.split('@')[0], alsoTherapist = false } = more
  const response = await ask('/api/join', send('POST', { token, name, email, password: PASSWORD, alsoTherapist }))
  expect(response.status, await response.clone().text()).toBe(200)
  return withCookie(ask, cookiesOf(response))
}

/** The first administrator, who guides runners too: one group of their own. */
export const joinFirst = ({ ask, firstToken }: NewClinic): Promise<Ask> =>
  join(ask, firstToken, 'thea@example.org', { name: 'Thea', alsoTherapist: true })
