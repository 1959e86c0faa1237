// A new way in for who lost password and second factor: who may make it, what it takes away, when it works no longer, and that whose
// account it is hears of it.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { insertReset } from '../../../src/store/sign-in/resets.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { lastLine, linesSince } from '../../support/lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const NEW_PASSWORD = 'een ander lang wachtwoord'
const TOM = 'tom@example.org'
interface Me {
  readonly personId: string
  readonly hasTotp: boolean
  readonly passkeys: number
  readonly strong: boolean
  readonly graceUntilMs: number | null
  readonly resets: readonly {
    readonly id: string
    readonly usedAtMs: number | null
    readonly madeByName: string | null
  }[]
}
interface Link {
  readonly id: string
  readonly token: string
}

let clockMs: number
let clinic: NodeClinic
let thea: Browser
let tom: Browser
let tomId: string
let theaId: string
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
  await enrolTotp(thea.ask)
  tom = await newStaff(['therapist'], TOM)
  ;[theaId, tomId] = [(await me(thea)).personId, (await me(tom)).personId]
})
afterAll(closeClinics)

async function newStaff(roles: readonly string[], email: string): Promise<Browser> {
  const invited = send('POST', { roles, groupIds: [] })
  const { token } = await expectJson<{ token: string }>(thea.ask('/api/invitations', invited), 201)
  const browser = openBrowser(clinic.ask)
  await join(browser.ask, token, email)
  return browser
}
const me = (browser: Browser) => expectJson<Me>(browser.ask('/api/me'))
const isIn = async (browser: Browser) => (await browser.ask('/api/me')).status === 200
const askLink = (by: Browser, personId = tomId) => by.ask(`/api/people/${personId}/resets`, { method: 'POST' })
const makeLink = async (by = thea, personId = tomId): Promise<Link> => expectJson(askLink(by, personId), 201)
const use = (token: string, password = NEW_PASSWORD, browser = openBrowser(clinic.ask)) =>
  browser.ask('/api/resets/use', send('POST', { token, password }))
const works = async (token: string) => (await clinic.ask('/api/resets/look', send('POST', { token }))).status === 200
const told = async (response: Response) => [
  response.status,
  ((await response.json().catch(() => null)) as { code?: string } | null)?.code,
]

describe('a new way in', () => {
  it('takes away everything that opened the account before, and nothing else', async () => {
    const uri = await enrolTotp(tom.ask)
    const passkey = await enrolPasskey(tom.ask)
    const beside = openBrowser(clinic.ask)
    expect((await signInByPasskey(beside.ask, passkey, true)).status).toBe(200)
    const { token } = await makeLink()
    // Nothing changes until it is used.
    expect([await isIn(tom), await isIn(beside), (await me(tom)).passkeys]).toEqual([true, true, 1])

    const before = await lastLine(clinic.store.db)
    const fresh = openBrowser(clinic.ask)
    await expectJson(use(token, NEW_PASSWORD, fresh))
    expect(await me(fresh)).toMatchObject({ personId: tomId, hasTotp: false, passkeys: 0, strong: false })
    expect([await isIn(tom), await isIn(beside), await isIn(thea)]).toEqual([false, false, true])
    expect((await signIn(openBrowser(clinic.ask).ask, TOM)).status).toBe(401)
    expect((await signInByPasskey(openBrowser(clinic.ask).ask, passkey, true)).ok).toBe(false)
    const byPassword = await expectJson<{ twoFactorRedirect?: boolean }>(
      signIn(openBrowser(clinic.ask).ask, TOM, NEW_PASSWORD),
    )
    expect(byPassword.twoFactorRedirect).toBeUndefined()
    const { db } = clinic.store
    const left = [
      ...(await db.selectFrom('twoFactor').selectAll().where('userId', '=', tomId).execute()),
      ...(await db.selectFrom('passkey').selectAll().where('userId', '=', tomId).execute()),
      ...(await db.selectFrom('used_code').selectAll().where('person_id', '=', tomId).execute()),
      ...(await db.selectFrom('unkept_codes').selectAll().where('person_id', '=', tomId).execute()),
    ]
    expect(left).toEqual([])
    const lines = await linesSince(clinic.store.db, before)
    expect(lines[0]).toMatchObject({ action: 'account.reset', personId: tomId, detail: { madeBy: theaId, of: tomId } })
    // And they can set up another app.
    expect(await enrolTotp(fresh.ask, NEW_PASSWORD)).not.toBe(uri)
    expect(await me(fresh)).toMatchObject({ hasTotp: true, strong: true })
  })

  it('gives staff a quarter of an hour from then on to set up a second factor, however old the account is', async () => {
    clockMs += 40 * 24 * HOUR_MS
    const browser = openBrowser(clinic.ask)
    // Made on the machine: nobody's sign-in is needed for what is looked at here.
    const { token } = await insertReset(clinic.store.db, { id: 'r', personId: tomId, madeBy: null }, clockMs)
    await expectJson(use(token, NEW_PASSWORD, browser))
    expect((await me(browser)).graceUntilMs).toBe(clockMs + 15 * MINUTE_MS)
    expect((await browser.ask('/api/clients')).status).toBe(200)
    clockMs += 15 * MINUTE_MS + 1
    expect(await told(await browser.ask('/api/clients'))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
  })

  it('lets in whose name is locked by those who guess, and asks a client for no second factor', async () => {
    const noor = await newClient()
    const { personId } = await me(noor)
    for (let i = 0; i < 12; i++) await signIn(clinic.ask, 'noor@example.org', 'een verkeerd wachtwoord')
    const { token } = await makeLink(thea, personId)
    const fresh = openBrowser(clinic.ask)
    await expectJson(use(token, NEW_PASSWORD, fresh))
    expect(await me(fresh)).toMatchObject({ personId, graceUntilMs: null })
    expect(await isIn(noor)).toBe(false)
  })
})

describe('the link', () => {
  it('works once, of two at one moment too', async () => {
    const { token } = await makeLink()
    const answers = await Promise.all([use(token), use(token, 'nog een ander wachtwoord')])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410])
    expect(await told(await use(token))).toEqual([410, 'RESET_GONE'])
  })

  it('is worth nothing once it is read: the page has a secret of its own, for an hour', async () => {
    const { token } = await makeLink()
    const next = 'N'.repeat(32)
    const open = () => clinic.ask('/api/resets/open', send('POST', { token, next }))
    const before = await lastLine(clinic.store.db)
    expect(await expectJson(open())).toMatchObject({ name: 'tom', email: TOM, expiresAtMs: clockMs + HOUR_MS })
    // The answer got lost: asked again it is done once.
    await expectJson(open())
    const lines = await linesSince(clinic.store.db, before)
    expect(lines.map(({ action, personId, detail }) => [action, personId, detail['of']])).toEqual([
      ['account.reset-opened', null, tomId],
    ])
    expect([await works(token), await works(next)]).toEqual([false, true])
    const other = send('POST', { token, next: 'M'.repeat(32) })
    expect(await told(await clinic.ask('/api/resets/open', other))).toEqual([410, 'RESET_GONE'])
    clockMs += HOUR_MS
    expect(await works(next)).toBe(false)
  })

  it('is over after a day, when it is taken back, and when another is made', async () => {
    const first = await makeLink()
    const second = await makeLink()
    expect([await works(first.token), await works(second.token)]).toEqual([false, true])
    const path = `/api/people/${tomId}/resets`
    expect(await expectJson(thea.ask(path))).toMatchObject({ open: { id: second.id, madeByName: 'Thea' } })
    expect((await thea.ask(`${path}/${second.id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await thea.ask(`${path}/${second.id}`, { method: 'DELETE' })).status).toBe(404)
    expect(await expectJson(thea.ask(path))).toEqual({ open: null })
    const third = await makeLink()
    clockMs += 24 * HOUR_MS
    expect([await works(second.token), await works(third.token)]).toEqual([false, false])
  })

  it('is over with the right of who made it, and does not come back with it', async () => {
    const ada = await newStaff(['administrator'], 'ada@example.org')
    await enrolTotp(ada.ask)
    const adaId = (await me(ada)).personId
    const roles = (...held: string[]) =>
      expectJson(thea.ask(`/api/people/${adaId}/roles`, send('PUT', { roles: held })))
    const { token } = await makeLink(ada)
    await roles('therapist')
    expect(await works(token)).toBe(false)
    await roles('administrator')
    expect(await works(token)).toBe(false)
    const again = await makeLink(ada)
    expect((await thea.ask(`/api/people/${adaId}`, { method: 'DELETE' })).status).toBe(204)
    expect([await works(again.token), (await me(tom)).resets]).toEqual([false, []])
  })

  it('goes with the account that it is for', async () => {
    const { token } = await makeLink()
    expect((await thea.ask(`/api/people/${tomId}`, { method: 'DELETE' })).status).toBe(204)
    expect(await told(await use(token))).toEqual([410, 'RESET_GONE'])
    expect((await askLink(thea)).status).toBe(404)
  })

  it('stays, with everything of before, where the new password is refused', async () => {
    const { token } = await makeLink()
    const refused = [
      ['wachtwoord12', 'PASSWORD_COMMON'],
      ['aaaaaaaaaaaa', 'PASSWORD_REPEATS'],
      [TOM, 'PASSWORD_PERSONAL'],
      ['kort', 'INVALID_REQUEST'],
    ] as const
    for (const [password, code] of refused)
      expect([password, (await told(await use(token, password)))[1]]).toEqual([password, code])
    expect([await isIn(tom), await works(token)]).toEqual([true, true])
    expect((await signIn(clinic.ask, TOM)).status).toBe(200)
  })
})

describe('who makes one', () => {
  it('has shown two factors a short while ago, and is somebody else', async () => {
    const ada = await newStaff(['administrator'], 'ada@example.org')
    expect(await told(await askLink(ada))).toEqual([403, 'SECOND_FACTOR_REQUIRED'])
    expect(await told(await askLink(thea, theaId))).toEqual([422, 'RESET_OF_ONESELF'])
    expect((await askLink(tom)).status).toBe(404)
    expect((await askLink(thea, 'nobody-of-here')).status).toBe(404)
    clockMs += 10 * MINUTE_MS
    expect(await told(await askLink(thea))).toEqual([403, 'FRESH_SIGN_IN_REQUIRED'])
  })

  it('leaves a line that names both, and so does a link that does not work', async () => {
    const before = await lastLine(clinic.store.db)
    const { id } = await makeLink()
    await use('made-up')
    const lines = await linesSince(clinic.store.db, before)
    expect(lines.map(({ action, personId, detail }) => [action, personId, detail])).toEqual([
      ['people.manage', theaId, { personId: tomId, resetId: id }],
      ['sign-in.refused', null, { asked: 'account.reset', code: 'RESET_GONE' }],
    ])
  })
})

describe('whose account it is', () => {
  it('hears that there is a link, from whom, and stops it', async () => {
    const { id, token } = await makeLink()
    expect((await me(tom)).resets).toMatchObject([{ id, usedAtMs: null, madeByName: 'Thea' }])
    expect((await me(thea)).resets).toEqual([])
    expect((await thea.ask(`/api/me/resets/${id}`, { method: 'DELETE' })).status).toBe(404)
    const before = await lastLine(clinic.store.db)
    expect((await tom.ask(`/api/me/resets/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect([await works(token), (await me(tom)).resets]).toEqual([false, []])
    const lines = await linesSince(clinic.store.db, before)
    expect(lines[0]).toMatchObject({ action: 'account.reset-stopped', personId: tomId, detail: { resetId: id } })
  })

  it('hears that one was used until they say that they know; a later link does not hide it', async () => {
    const { id, token } = await makeLink()
    const fresh = openBrowser(clinic.ask)
    await expectJson(use(token, NEW_PASSWORD, fresh))
    expect((await me(fresh)).resets).toMatchObject([{ id, usedAtMs: clockMs }])
    const later = await makeLink()
    expect((await me(fresh)).resets.map((one) => one.id)).toEqual([id, later.id])
    const know = (of: string) => fresh.ask(`/api/me/resets/${of}/known`, { method: 'POST' })
    expect((await know(later.id)).status).toBe(404)
    expect([(await know(id)).status, (await know(id)).status]).toEqual([204, 404])
    expect((await me(fresh)).resets.map((one) => one.id)).toEqual([later.id])
    // One that was used ends no more.
    expect((await fresh.ask(`/api/me/resets/${id}`, { method: 'DELETE' })).status).toBe(404)
  })
})

async function newClient(): Promise<Browser> {
  const { items } = await expectJson<{ items: { id: string }[] }>(thea.ask('/api/groups'))
  const client = { firstName: 'Noor', birthYear: 1990, groupId: items[0]?.id }
  const { id } = await expectJson<{ id: string }>(thea.ask('/api/clients', send('POST', client)), 201)
  const link = thea.ask(`/api/clients/${id}/invitations`, { method: 'POST' })
  const { token } = await expectJson<{ token: string }>(link, 201)
  const browser = openBrowser(clinic.ask)
  await join(browser.ask, token, 'noor@example.org')
  return browser
}
