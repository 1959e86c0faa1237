// Changing how one signs in: asks for a fresh sign-in, ends what rested on what is gone, and lets nothing through that the page
// never sends.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, PASSWORD, send } from '../../support/sign-in.ts'
import { nextCode } from '../../support/totp.ts'
import { expectJson } from '../../support/expect-json.ts'

const MINUTE_MS = 60_000
const email = 'thea@example.org'
let clockMs: number
let clinic: NodeClinic
let thea: Browser
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
})
afterAll(closeClinics)

const asPassword = async (): Promise<Browser> => {
  const browser = openBrowser(clinic.ask)
  await signIn(browser.ask, email)
  return browser
}
const asTotp = async (uri: string): Promise<Browser> => {
  const browser = await asPassword()
  await expectJson(post(browser, '/two-factor/verify-totp', { code: await nextCode(uri) }))
  return browser
}
const post = (browser: Browser, path: string, body: object) => browser.ask(`/api/auth${path}`, send('POST', body))
const prove = (browser: Browser, body: object) => browser.ask('/api/me/proof', send('POST', body))
const told = async (response: Response) => {
  const text = await response.text()
  return [response.status, text.startsWith('{') ? (JSON.parse(text) as { code?: string }).code : undefined]
}
const isIn = async (browser: Browser) => (await browser.ask('/api/me')).status === 200

/** What adds or removes a way to sign in. */
const changes: readonly (readonly [string, object | null])[] = [
  ['/passkey/generate-register-options', null],
  ['/passkey/verify-registration', { response: {}, name: 'x' }],
  ['/passkey/delete-passkey', { id: 'x' }],
  ['/two-factor/enable', { password: PASSWORD }],
  ['/two-factor/disable', { password: PASSWORD }],
  ['/change-password', { currentPassword: PASSWORD, newPassword: 'een ander wachtwoord' }],
]
const change = (browser: Browser, [path, body]: (typeof changes)[number]) =>
  body === null ? browser.ask(`/api/auth${path}`) : post(browser, path, body)

describe('a change of a way to sign in', () => {
  it('needs a sign-in of the last ten minutes: by password', async () => {
    const { ask } = await newClient()
    clockMs += 10 * MINUTE_MS
    for (const one of changes)
      expect([one[0], await told(await change(ask, one))]).toEqual([one[0], [403, 'FRESH_SIGN_IN_REQUIRED']])
    expect((await prove(ask, { password: PASSWORD })).status).toBe(204)
    clockMs += 10 * MINUTE_MS - 1000
    expect((await change(ask, ['/two-factor/enable', { password: PASSWORD }])).status).toBe(200)
    clockMs += 1000
    expect((await change(ask, ['/two-factor/enable', { password: PASSWORD }])).status).toBe(403)
  })

  it('needs it of a session with two factors as well, and both once more', async () => {
    const uri = await enrolTotp(thea.ask)
    clockMs += 10 * MINUTE_MS
    for (const one of changes)
      expect([one[0], await told(await change(thea, one))]).toEqual([one[0], [403, 'FRESH_SIGN_IN_REQUIRED']])
    expect((await prove(thea, { password: PASSWORD })).status).toBe(401)
    const code = await nextCode(uri)
    expect((await prove(thea, { password: 'verkeerd wachtwoord', code })).status).toBe(401)
    expect((await change(thea, changes[0] ?? ['', null])).status).toBe(403)
    // The code of the wrong password was not used up.
    expect((await prove(thea, { password: PASSWORD, code })).status).toBe(204)
    expect((await change(thea, changes[0] ?? ['', null])).status).toBe(200)
    expect((await prove(thea, { password: PASSWORD, code })).status).toBe(401)
  })

  it('is made by whoever signs in by their passkey; a password proves nothing there', async () => {
    const passkey = await enrolPasskey(thea.ask)
    const browser = openBrowser(clinic.ask)
    await signInByPasskey(browser.ask, passkey, true)
    clockMs += 10 * MINUTE_MS
    expect((await prove(browser, { password: PASSWORD })).status).toBe(401)
    expect(await told(await change(browser, ['/passkey/delete-passkey', { id: 'x' }]))).toEqual([
      403,
      'FRESH_SIGN_IN_REQUIRED',
    ])
    const before = browser.cookies.get('calmpace.session_token')
    expect((await signInByPasskey(browser.ask, passkey, true)).status).toBe(200)
    expect((await change(browser, changes[0] ?? ['', null])).status).toBe(200)
    // The session of before is no second one beside it.
    browser.cookies.set('calmpace.session_token', before ?? '')
    expect(await isIn(browser)).toBe(false)
  })

  it('is guessed at no longer than a sign-in is, and each guess is a line with a name', async () => {
    const { ask, personId } = await newClient()
    for (let i = 0; i < 10; i++) expect((await prove(ask, { password: `verkeerd wachtwoord ${i}` })).status).toBe(401)
    expect((await prove(ask, { password: PASSWORD })).status).toBe(401)
    const { items } = await expectJson<{ items: { personId: string; action: string }[] }>(
      thea.ask('/api/audit?action=refused'),
    )
    expect(items.map((line) => line.personId)).toEqual(Array.from({ length: 11 }, () => personId))
    clockMs += 16 * MINUTE_MS
    expect((await prove(ask, { password: PASSWORD })).status).toBe(204)
  })

  it('ends every other session where something is taken away, its own goes on', async () => {
    const passkey = await enrolPasskey(thea.ask)
    const others = async () => {
      const [one, two] = [openBrowser(clinic.ask), openBrowser(clinic.ask)]
      for (const browser of [one, two]) await signInByPasskey(browser.ask, passkey, true)
      return { one, two }
    }
    const afterPassword = await others()
    const next = { currentPassword: PASSWORD, newPassword: 'een ander wachtwoord' }
    await expectJson(post(afterPassword.one, '/change-password', next))
    expect([await isIn(afterPassword.one), await isIn(afterPassword.two), await isIn(thea)]).toEqual([
      true,
      false,
      false,
    ])

    const afterTotp = await others()
    await expectJson(post(afterTotp.one, '/two-factor/enable', { password: 'een ander wachtwoord' }))
    await expectJson(post(afterTotp.one, '/two-factor/disable', { password: 'een ander wachtwoord' }))
    expect([await isIn(afterTotp.one), await isIn(afterTotp.two)]).toEqual([true, false])

    const afterPasskey = await others()
    const [held] = await expectJson<{ id: string }[]>(afterPasskey.one.ask('/api/auth/passkey/list-user-passkeys'))
    await expectJson(post(afterPasskey.one, '/passkey/delete-passkey', { id: held?.id ?? '' }))
    expect([await isIn(afterPasskey.one), await isIn(afterPasskey.two)]).toEqual([true, false])
    expect((await signInByPasskey(openBrowser(clinic.ask).ask, passkey, true)).ok).toBe(false)
  })

  it('by an administrator: lists somebody’s passkeys and removes them, freshly signed in, and their sessions with it', async () => {
    const { token } = await expectJson<{ token: string }>(
      thea.ask('/api/invitations', send('POST', { roles: ['therapist'], groupIds: [] })),
      201,
    )
    const bo = openBrowser(clinic.ask)
    await join(bo.ask, token, 'bo@example.org')
    const passkey = await enrolPasskey(bo.ask)
    const { personId } = await expectJson<{ personId: string }>(bo.ask('/api/me'))
    const path = `/api/people/${personId}/passkeys`
    const { items } = await expectJson<{ items: { id: string; name: string }[] }>(thea.ask(path))
    expect(items.map(({ name }) => name)).toEqual(['telefoon'])
    clockMs += 10 * MINUTE_MS
    const remove = (id: string) => thea.ask(`${path}/${id}`, { method: 'DELETE' })
    expect(await told(await remove(items[0]?.id ?? ''))).toEqual([403, 'FRESH_SIGN_IN_REQUIRED'])
    expect((await prove(thea, { password: PASSWORD })).status).toBe(204)
    expect((await remove('another')).status).toBe(404)
    expect((await remove(items[0]?.id ?? '')).status).toBe(204)
    expect(await isIn(bo)).toBe(false)
    expect((await signInByPasskey(openBrowser(clinic.ask).ask, passkey, true)).ok).toBe(false)
  })
})

describe('a password that somebody would guess', () => {
  const bad = [
    ['aaaaaaaaaaaa', 'PASSWORD_REPEATS'],
    ['123456789012', 'PASSWORD_SEQUENCE'],
    ['thea@example.org', 'PASSWORD_PERSONAL'],
    ['Wachtwoord2024!', 'PASSWORD_COMMON'],
  ] as const

  it('is refused at joining, and the invitation stays open', async () => {
    const wanted = send('POST', { roles: ['therapist'], groupIds: [] })
    const { token } = await expectJson<{ token: string }>(thea.ask('/api/invitations', wanted), 201)
    const joinWith = (password: string) =>
      clinic.ask('/api/join', send('POST', { token, name: 'Thea Bakker', email: 'thea.b@example.org', password }))
    for (const [password, code] of bad) expect(await told(await joinWith(password))).toEqual([422, code])
    expect((await joinWith(PASSWORD)).status).toBe(200)
  })

  it('is refused at a change, and the old one stays', async () => {
    for (const [newPassword, code] of bad) {
      const answer = await post(thea, '/change-password', { currentPassword: PASSWORD, newPassword })
      expect(await told(answer)).toEqual([422, code])
    }
    expect((await signIn(clinic.ask, email)).status).toBe(200)
  })
})

describe('a code of an app', () => {
  it('counts once, at one moment too', async () => {
    const uri = await enrolTotp(thea.ask)
    const code = await nextCode(uri)
    const browsers = [await asPassword(), await asPassword(), await asPassword()]
    const tries = await Promise.all(browsers.map((browser) => post(browser, '/two-factor/verify-totp', { code })))
    expect(tries.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    expect(await told(await post(await asPassword(), '/two-factor/verify-totp', { code }))).toEqual([401, 'CODE_USED'])
  })

  it('of the setting up is used as well', async () => {
    const { totpURI: uri } = await expectJson<{ totpURI: string }>(
      post(thea, '/two-factor/enable', { password: PASSWORD }),
    )
    const code = await nextCode(uri)
    await expectJson(post(thea, '/two-factor/verify-totp', { code }))
    expect(await told(await post(await asPassword(), '/two-factor/verify-totp', { code }))).toEqual([401, 'CODE_USED'])
  })

  it('is not tried within a session that has one, nor is a backup code', async () => {
    await enrolTotp(thea.ask)
    expect(await told(await post(thea, '/two-factor/verify-totp', { code: '000000' }))).toEqual([
      400,
      'INVALID_REQUEST',
    ])
    expect(await told(await post(thea, '/two-factor/verify-backup-code', { code: 'a' }))).toEqual([
      400,
      'INVALID_REQUEST',
    ])
    expect(await isIn(thea)).toBe(true)
  })
})

describe('what the page never sends', () => {
  it('is refused: no browser skips the second factor', async () => {
    const uri = await enrolTotp(thea.ask)
    const browser = await asPassword()
    const code = await nextCode(uri)
    const asked = await post(browser, '/two-factor/verify-totp', { code, trustDevice: true })
    expect(await told(asked)).toEqual([400, 'INVALID_REQUEST'])
    await expectJson(post(browser, '/two-factor/verify-totp', { code }))
    expect([...browser.cookies.keys()].filter((name) => name.includes('trust'))).toEqual([])
  })

  it('is refused on every path, in body and address', async () => {
    const tries: readonly (readonly [string, object])[] = [
      ['/sign-in/email', { email, password: PASSWORD, callbackURL: '/x' }],
      ['/sign-in/email', { email, password: PASSWORD, rememberMe: false }],
      ['/sign-in/email', { email: { $ne: '' }, password: PASSWORD }],
      ['/sign-in/email?callbackURL=/x', { email, password: PASSWORD }],
      ['/two-factor/verify-backup-code', { code: 'x', disableSession: true }],
      ['/two-factor/verify-backup-code', { code: 'x', trustDevice: true }],
      ['/two-factor/enable', { password: PASSWORD, issuer: 'evil' }],
      ['/two-factor/enable', { password: PASSWORD, method: 'otp' }],
      [
        '/change-password',
        { currentPassword: PASSWORD, newPassword: 'een ander wachtwoord', revokeOtherSessions: false },
      ],
      ['/sign-out', { x: 1 }],
      ['/passkey/delete-passkey', { id: 'x', userId: 'y' }],
    ]
    for (const [path, body] of tries)
      expect([path, await told(await post(thea, path, body))]).toEqual([path, [400, 'INVALID_REQUEST']])
    for (const query of ['disableRefresh=true', 'disableCookieCache=true', 'x=1'])
      expect((await thea.ask(`/api/auth/get-session?${query}`)).status).toBe(400)
  })

  it('as a cookie of a trusted browser of before is worth nothing', async () => {
    await enrolTotp(thea.ask)
    const browser = openBrowser(clinic.ask)
    browser.cookies.set('calmpace.trust_device', 'x!trust-device-x.y')
    const answer = await expectJson<{ twoFactorRedirect?: boolean }>(signIn(browser.ask, email))
    expect([answer.twoFactorRedirect, await isIn(browser)]).toEqual([true, false])
  })
})

describe('a lost phone', () => {
  it('is signed out by ending all other sessions, with what waits for its second factor', async () => {
    const uri = await enrolTotp(thea.ask)
    const [phone, half] = [await asTotp(uri), await asPassword()]
    await expectJson(post(thea, '/revoke-other-sessions', {}))
    expect([await isIn(phone), await isIn(thea)]).toEqual([false, true])
    expect((await post(half, '/two-factor/verify-totp', { code: '000000' })).status).toBe(401)
    const { rows } = { rows: await clinic.store.db.selectFrom('verification').selectAll().execute() }
    expect(rows.filter(({ identifier }) => identifier.startsWith('2fa-') && !identifier.includes('attempts'))).toEqual(
      [],
    )
  })
})

/** A client with a password and nothing else. */
async function newClient() {
  const client = send('POST', { firstName: 'Kim', birthYear: 1990 })
  const { id } = await expectJson<{ id: string }>(thea.ask('/api/clients', client), 201)
  const invitation = thea.ask(`/api/clients/${id}/invitations`, { method: 'POST' })
  const { token } = await expectJson<{ token: string }>(invitation, 201)
  const browser = openBrowser(clinic.ask)
  await join(browser.ask, token, 'kim@example.org')
  const { personId } = await expectJson<{ personId: string }>(browser.ask('/api/me'))
  return { ask: browser, personId }
}
