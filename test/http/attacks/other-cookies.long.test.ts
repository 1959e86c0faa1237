// A cookie of one step of signing in, sent in the place of another's: whom the log's line then names.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { enrolPasskey, enrolTotp, signIn } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { lastLine, linesSince } from '../../support/lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send } from '../../support/sign-in.ts'
import { nextCode } from '../../support/totp.ts'
import { expectJson } from '../../support/expect-json.ts'

const CODE = 'calmpace.two_factor'
const CHALLENGE = 'calmpace.better-auth-passkey'
let clinic: NodeClinic
let thea: Browser
let uri: string
let theaId: string
beforeEach(async () => {
  clinic = await openClinic()
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  uri = await enrolTotp(thea.ask)
  theaId = (await expectJson<{ personId: string }>(thea.ask('/api/me'))).personId
})
afterAll(closeClinics)

const half = async (email: string): Promise<string> => {
  const browser = openBrowser(clinic.ask)
  await signIn(browser.ask, email)
  return browser.cookies.get(CODE) ?? ''
}
const tryCode = (cookie: string, path = '/two-factor/verify-totp', code = '000000') =>
  openBrowser(clinic.ask).ask(`/api/auth${path}`, {
    ...send('POST', { code }),
    headers: { 'content-type': 'application/json', cookie },
  })
const linesOf = async (work: () => Promise<unknown>) => {
  const before = await lastLine(clinic.store.db)
  await work()
  return linesSince(clinic.store.db, before)
}

describe('the cookie of a sign-in that waits for its code', () => {
  it.each(['/two-factor/verify-totp', '/two-factor/verify-backup-code'])(
    "is none where it is a passkey's challenge: %s",
    async (path) => {
      const browser = openBrowser(clinic.ask)
      await browser.ask('/api/auth/passkey/generate-authenticate-options')
      await thea.ask('/api/auth/passkey/generate-register-options')
      for (const cookie of [browser.cookies.get(CHALLENGE), thea.cookies.get(CHALLENGE)]) {
        expect(cookie).toBeDefined()
        const lines = await linesOf(async () => {
          expect((await tryCode(`${CODE}=${cookie}`, path)).status).toBe(401)
        })
        expect(lines.map(({ action, personId }) => [action, personId])).toEqual([['sign-in.refused', null]])
      }
      expect(JSON.stringify(await clinic.store.db.selectFrom('audit').selectAll().execute())).not.toContain('thea@')
    },
  )

  it('names nobody, and uses nobody up, where its signature is made up', async () => {
    const cookie = await half('thea@example.org')
    const made = `${cookie.slice(0, cookie.lastIndexOf('.'))}.${encodeURIComponent(btoa('x'.repeat(32)))}`
    const code = await nextCode(uri)
    const lines = await linesOf(async () => {
      expect((await tryCode(`${CODE}=${made}`, undefined, code)).status).toBe(401)
    })
    expect(lines.map(({ personId }) => personId)).toEqual([null])
    expect((await tryCode(`${CODE}=${cookie}`, undefined, code)).status).toBe(200)
  })

  it('names whose code is tried, whatever else is sent along', async () => {
    const invited = send('POST', { roles: ['therapist'], groupIds: [] })
    const { token } = await expectJson<{ token: string }>(thea.ask('/api/invitations', invited), 201)
    const bea = openBrowser(clinic.ask)
    await join(bea.ask, token, 'bea@example.org')
    await enrolTotp(bea.ask)
    const beaId = (await expectJson<{ personId: string }>(bea.ask('/api/me'))).personId
    const [hers, other] = [await half('thea@example.org'), await half('bea@example.org')]
    const named = async (cookie: string) => (await linesOf(() => tryCode(cookie))).map(({ personId }) => personId)
    expect(await named(`a.two_factor=zzz; ${CODE}=${hers}`)).toEqual([theaId])
    expect(await named(`a.two_factor=${other}; ${CODE}=${hers}`)).toEqual([theaId])
    // The library takes the first of a name, and what another reader does not take for a space.
    expect(await named(`${CODE}=${hers}; ${CODE}=${other}`)).toEqual([theaId])
    expect(await named(`\u00a0${CODE}=${other}; ${CODE}=${hers}`)).toEqual([beaId])
  })
})

describe("the cookie of a passkey's challenge", () => {
  it('is none where it is a sign-in that waits for its code', async () => {
    await enrolPasskey(thea.ask)
    const cookie = await half('thea@example.org')
    for (const one of [cookie, `${cookie.slice(0, -1)}x`]) {
      const browser = openBrowser(clinic.ask)
      browser.cookies.set(CHALLENGE, one)
      const data = btoa(`${'x'.repeat(32)}\u0005`)
      const body = { response: { id: 'x', response: { authenticatorData: data } } }
      const lines = await linesOf(async () => {
        const answer = await browser.ask('/api/auth/passkey/verify-authentication', send('POST', body))
        expect(answer.ok || answer.status >= 500).toBe(false)
      })
      expect(lines.map(({ action, personId }) => [action, personId])).toEqual([['sign-in.refused', null]])
    }
    const own = openBrowser(clinic.ask)
    for (const [name, value] of thea.cookies) own.cookies.set(name, value)
    own.cookies.set(CHALLENGE, await half('thea@example.org'))
    const registered = await own.ask('/api/auth/passkey/verify-registration', send('POST', { response: {}, name: 'x' }))
    expect(registered.status).toBe(400)
  })
})
