// Backup codes: read without a doubt, typed as people type, made again, and not lost with the page that showed them.
import { symmetricEncrypt } from 'better-auth/crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { closeClinics, openClinic, TEST_SECRET, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, PASSWORD, send } from '../../support/sign-in.ts'
import { nextCode } from '../../support/totp.ts'
import { expectJson } from '../../support/expect-json.ts'

const MINUTE_MS = 60_000
const email = 'thea@example.org'
let clockMs: number
let clinic: NodeClinic
let thea: Browser
let uri: string
let codes: readonly string[]
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  const begun = await expectJson<{ totpURI: string; backupCodes: string[] }>(
    post(thea, '/two-factor/enable', { password: PASSWORD }),
  )
  uri = begun.totpURI
  codes = begun.backupCodes
  await expectJson(post(thea, '/two-factor/verify-totp', { code: await nextCode(uri) }))
})
afterAll(closeClinics)

const post = (browser: Browser, path: string, body: object) => browser.ask(`/api/auth${path}`, send('POST', body))
const byCode = async (code: string): Promise<number> => {
  const browser = openBrowser(clinic.ask)
  await signIn(browser.ask, email)
  return (await post(browser, '/two-factor/verify-backup-code', { code })).status
}
const look = async (browser: Browser) =>
  (await expectJson<{ codes: string[] }>(browser.ask('/api/me/backup-codes/look', { method: 'POST' }))).codes
const keep = async (browser: Browser) => (await browser.ask('/api/me/backup-codes/kept', { method: 'POST' })).status
const mine = async (browser: Browser) =>
  (await expectJson<{ backupCodes: object | null }>(browser.ask('/api/me'))).backupCodes
const make = (browser: Browser) => post(browser, '/two-factor/generate-backup-codes', { password: PASSWORD })
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]
const linesOf = async (action: string) =>
  (await expectJson<{ items: { personId: string }[] }>(thea.ask(`/api/audit?action=${action}`))).items.length

describe('a backup code', () => {
  it('has no sign that is taken for another', () => {
    expect(codes.length).toBe(10)
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[ACDEFGHJKMNPQRTVWXY34679]{5}-[ACDEFGHJKMNPQRTVWXY34679]{5}$/)
  })

  it('is typed in any case, with dashes and spaces or without, and counts once', async () => {
    const [one = '', two = '', three = '', four = ''] = codes
    expect(await byCode(one.toLowerCase().replace('-', ''))).toBe(200)
    expect(await byCode(one)).toBe(401)
    expect(await byCode(` ${two.toLowerCase().replace('-', ' – ')} `)).toBe(200)
    expect(await byCode(three.split('').join(' '))).toBe(200)
    expect(await byCode(four.slice(0, -1))).toBe(401)
    expect(await byCode('')).toBe(401)
    expect(await byCode(four)).toBe(200)
    expect(await mine(thea)).toEqual({ left: 6, unkept: true })
  })

  it('of before, with letters of both cases, lets in as it stands', async () => {
    const { rows } = await sql<{ secret: string; backupCodes: string }>`select * from twoFactor`.execute(
      clinic.store.db,
    )
    expect(rows[0]?.backupCodes).not.toContain(codes[0])
    const key = TEST_SECRET
    const old = await symmetricEncrypt({ key, data: JSON.stringify(['aB0Ol-I1xyZ', 'AB0ol-i1XYz', 'zzzzz-00000']) })
    await sql`update twoFactor set backupCodes = ${old}`.execute(clinic.store.db)
    expect(await byCode('AB0ol-i1XYz')).toBe(200)
    expect(await byCode('AB0ol-i1XYz'.toLowerCase())).toBe(200)
    expect(await byCode('ZZZZZ00000')).toBe(200)
    expect(await mine(thea)).toEqual({ left: 0, unkept: true })
  })

  it('of somebody else lets nobody in', async () => {
    const invited = thea.ask('/api/invitations', send('POST', { roles: ['therapist'], groupIds: [] }))
    const { token } = await expectJson<{ token: string }>(invited, 201)
    const bo = openBrowser(clinic.ask)
    await join(bo.ask, token, 'bo@example.org')
    await enrolTotp(bo.ask)
    for (const code of await look(bo)) expect(codes).not.toContain(code)
    expect(await byCode((await look(bo))[0] ?? '')).toBe(401)
  })
})

describe('a backup code within a session, where the phone with the app is gone', () => {
  const prove = async (browser: Browser, body: object) =>
    (await browser.ask('/api/me/proof', send('POST', body))).status
  const endApp = () => post(thea, '/two-factor/disable', { password: PASSWORD })

  it('shows with the password who is there, so that the app can be ended and set up anew', async () => {
    clockMs += 10 * MINUTE_MS
    expect(await codeOf(await endApp())).toEqual([403, 'FRESH_SIGN_IN_REQUIRED'])
    const typed = (codes[0] ?? '').toLowerCase().replace('-', ' ')
    expect(await prove(thea, { password: PASSWORD, backupCode: typed })).toBe(204)
    expect(await mine(thea)).toEqual({ left: 9, unkept: true })
    expect([await linesOf('sign-in.again'), await linesOf('sign-in.backup-code')]).toEqual([1, 1])
    await expectJson(endApp())
    await enrolTotp(thea.ask)
    expect(await byCode(codes[1] ?? '')).toBe(401)
  })

  it('counts once, of three at one moment one, and is not used up by a wrong password', async () => {
    const backupCode = codes[0] ?? ''
    expect(await prove(thea, { password: 'verkeerd wachtwoord', backupCode })).toBe(401)
    expect(await mine(thea)).toEqual({ left: 10, unkept: true })
    const right = { password: PASSWORD, backupCode }
    const tries = await Promise.all([prove(thea, right), prove(thea, right), prove(thea, right)])
    expect(tries.toSorted()).toEqual([204, 401, 401])
    expect(await prove(thea, right)).toBe(401)
    expect([await byCode(backupCode), await mine(thea)]).toEqual([401, { left: 9, unkept: true }])
    expect(await prove(thea, { ...right, code: await nextCode(uri) })).toBe(400)
  })

  it('is guessed at no longer than a password is, and each guess is a line', async () => {
    const guess = (backupCode: string) => prove(thea, { password: PASSWORD, backupCode })
    for (let i = 0; i < 10; i++) expect(await guess(`AAAAA-AAAA${i}`)).toBe(401)
    expect(await guess(codes[0] ?? '')).toBe(401)
    expect([await mine(thea), await linesOf('refused')]).toEqual([{ left: 10, unkept: true }, 11])
    clockMs += 16 * MINUTE_MS
    expect(await guess(codes[0] ?? '')).toBe(204)
  })

  it('is nothing in a session of a password alone', async () => {
    const half = openBrowser(clinic.ask)
    await signIn(half.ask, email)
    expect(await prove(half, { password: PASSWORD, backupCode: codes[0] ?? '' })).toBe(401)
    await sql`update session set method = '/sign-in/email'`.execute(clinic.store.db)
    expect(await prove(thea, { password: PASSWORD, backupCode: codes[0] ?? '' })).toBe(403)
  })
})

describe('backup codes made again', () => {
  it('ask for a fresh sign-in and the password, end the old ones and the other sessions, in one line', async () => {
    const other = openBrowser(clinic.ask)
    await signIn(other.ask, email)
    await expectJson(post(other, '/two-factor/verify-totp', { code: await nextCode(uri) }))
    clockMs += 10 * MINUTE_MS
    expect(await codeOf(await make(thea))).toEqual([403, 'FRESH_SIGN_IN_REQUIRED'])
    clockMs -= 10 * MINUTE_MS
    const wrong = await post(thea, '/two-factor/generate-backup-codes', { password: 'verkeerd wachtwoord' })
    expect(await codeOf(wrong)).toEqual([400, 'INVALID_PASSWORD'])
    const { backupCodes: next } = await expectJson<{ backupCodes: string[] }>(make(thea))
    expect(next.filter((code) => codes.includes(code))).toEqual([])
    expect(await byCode(codes[0] ?? '')).toBe(401)
    expect(await byCode(next[0] ?? '')).toBe(200)
    expect((await other.ask('/api/me')).status).toBe(401)
    expect(await linesOf('account.backup-codes-made')).toBe(1)
  })

  it('are for who has an app, and not by a password alone', async () => {
    const passkey = await enrolPasskey(thea.ask)
    const browser = openBrowser(clinic.ask)
    await signInByPasskey(browser.ask, passkey, true)
    await expectJson(make(browser))
    const half = openBrowser(clinic.ask)
    await signIn(half.ask, email)
    expect((await make(half)).status).toBe(401)
    await expectJson(post(browser, '/two-factor/disable', { password: PASSWORD }))
    expect(await codeOf(await make(browser))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
    // The session that took its place came about by neither.
    const looked = await browser.ask('/api/me/backup-codes/look', { method: 'POST' })
    expect([await codeOf(looked), await mine(browser)]).toEqual([[403, 'SECOND_FACTOR_REQUIRED'], null])
  })
})

describe('codes that nobody said they keep', () => {
  it('are shown again in a fresh session until they are kept, and each look is a line', async () => {
    expect(await look(thea)).toEqual(codes)
    expect(await look(thea)).toEqual(codes)
    clockMs += 10 * MINUTE_MS
    const stale = await thea.ask('/api/me/backup-codes/look', { method: 'POST' })
    expect(await codeOf(stale)).toEqual([403, 'FRESH_SIGN_IN_REQUIRED'])
    const proof = send('POST', { password: PASSWORD, code: await nextCode(uri) })
    expect((await thea.ask('/api/me/proof', proof)).status).toBe(204)
    expect(await look(thea)).toEqual(codes)
    expect([await keep(thea), await keep(thea)]).toEqual([204, 204])
    expect([await look(thea), await mine(thea)]).toEqual([[], { left: 10, unkept: false }])
    expect([await linesOf('account.backup-codes-shown'), await linesOf('account.backup-codes-kept')]).toEqual([3, 1])
  })

  it('are shown for a day at most, and new ones are shown anew', async () => {
    await keep(thea)
    const { backupCodes: next } = await expectJson<{ backupCodes: string[] }>(make(thea))
    expect(await look(thea)).toEqual(next)
    await clinic.store.db
      .updateTable('unkept_codes')
      .set({ made_at_ms: clockMs - 86_400_000 })
      .execute()
    expect([await look(thea), await mine(thea)]).toEqual([[], { left: 10, unkept: false }])
  })

  it('are nobody’s to see who has given a password alone', async () => {
    const half = openBrowser(clinic.ask)
    await signIn(half.ask, email)
    for (const path of ['look', 'kept'])
      expect((await half.ask(`/api/me/backup-codes/${path}`, { method: 'POST' })).status).toBe(401)
    // A session of before the app was set up, as a database could still hold it.
    await sql`update session set method = '/sign-in/email'`.execute(clinic.store.db)
    const looked = await thea.ask('/api/me/backup-codes/look', { method: 'POST' })
    expect([looked.status, await mine(thea), await keep(thea)]).toEqual([403, null, 403])
    await sql`update session set method = '/two-factor/verify-totp'`.execute(clinic.store.db)
    expect(await look(thea)).toEqual(codes)
  })
})
