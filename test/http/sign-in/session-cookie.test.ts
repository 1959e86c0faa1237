// The session's cookie is read as the library reads it: one that we take and it does not would let somebody in whom signing out,
// which is the library's, does not find.
import { afterAll, expect, test } from 'vitest'
import { makeAuth } from '../../../src/http/sign-in/auth.ts'
import { readSessionToken } from '../../../src/http/sign-in/session-cookie.ts'
import { hmacBase64, hmacEverywhere } from '../../../src/store/sha256.ts'
import { closeClinics, openClinic, TEST_SECRET } from '../../support/node-clinic.ts'
import { cookiesOf, PASSWORD, send } from '../../support/sign-in.ts'

afterAll(closeClinics)

test('the library and we take the same cookies', async () => {
  const clinic = await openClinic()
  const body = { token: clinic.firstToken, name: 'Thea', email: 'thea@example.org', password: PASSWORD }
  const joined = await clinic.ask('/api/join', send('POST', { ...body, alsoTherapist: true }))
  const held = cookiesOf(joined).split('; ')
  const cookie = held.find((one) => one.includes('session_token')) ?? ''
  const auth = makeAuth(clinic.store.db, TEST_SECRET, 'http://localhost', () => Date.now())
  const { name } = (await auth.$context).authCookies.sessionToken
  const value = cookie.split('=').slice(1).join('=')
  const [token = '', signature = ''] = decodeURIComponent(value).split('.')
  const other = await hmacBase64('another secret', token)
  const given: [string, boolean][] = [
    [cookie, true],
    [`a=1; ${cookie}; b=2`, true],
    [`a=1;${cookie};b=2`, true],
    [`  ${name}  =  ${value}  `, true],
    [`${name}="${value}"`, true],
    [`${name}=${token}.${signature}`, true],
    [`nothing; ${cookie}`, true],
    [`${cookie}; ${name}=another.one`, true],
    [`${name}=another.one; ${cookie}`, false],
    [`${name}=; ${cookie}`, false],
    [`x${cookie}`, false],
    [cookie.toUpperCase(), false],
    [`${name}=${token}`, false],
    [`${name}=${token}.`, false],
    [`${name}=.${signature}`, false],
    [`${name}=${token}.${signature.slice(1)}`, false],
    [`${name}=${token}.${other}`, false],
    [`${name}=${token}x.${signature}`, false],
    [`${name}=%E0%A4%A`, false],
    [`${name}=%`, false],
    ['', false],
    [';;=;', false],
  ]
  const taken = []
  for (const [one] of given) {
    const headers = new Headers({ cookie: one })
    const theirs = (await auth.api.getSession({ headers }))?.session.token ?? null
    const ours = await readSessionToken(headers.get('cookie') ?? '', name, TEST_SECRET)
    taken.push([one, theirs === token, ours === token])
  }
  expect(taken).toEqual(given.map(([one, isTaken]) => [one, isTaken, isTaken]))
})

test('a signature is the same on every runtime', async () => {
  for (const of of ['', 'abc', 'Noor 🏃'])
    expect(await hmacBase64(TEST_SECRET, of)).toBe(await hmacEverywhere(TEST_SECRET, of))
})
