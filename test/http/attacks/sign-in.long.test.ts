import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { waitAfter } from '../../../src/http/sign-in/lock-out.ts'
import { signIn } from '../../support/account.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'

const KNOWN = 'thea@example.org'
const UNKNOWN = 'nobody@example.org'
let clockMs: number
let from: string
let clinic: NodeClinic
let thea: Ask
beforeEach(async () => {
  clockMs = Date.now()
  from = '192.0.2.1'
  clinic = await openClinic({ nowMs: () => clockMs, address: () => from })
  thea = await joinFirst(clinic)
})
afterAll(closeClinics)

const tell = async (response: Response) => JSON.stringify([response.status, await response.json()])
const wrong = async (email: string) => tell(await signIn(clinic.ask, email, 'verkeerd wachtwoord'))
/** Sets what was counted so far, for each attempt costs a tenth of a second. */
const countedSoFar = (times: number) => sql`update sign_in_lock set failures = ${times}`.execute(clinic.store.db)

describe('guessing a sign-in', () => {
  it('gets one answer for a wrong password, an unknown name and a locked name', async () => {
    const answers = [await wrong(KNOWN), await wrong(UNKNOWN)]
    await countedSoFar(10)
    answers.push(await wrong(KNOWN), await wrong(UNKNOWN))
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('SIGN_IN_REFUSED')
  })

  it('takes the same work for a name that nobody has: one hash, by the processor time of the least of five', async () => {
    const leastOf = async (email: (i: number) => string) => {
      const times: number[] = []
      for (let i = 0; i < 5; i++) {
        from = `198.51.100.${i}`
        const before = process.cpuUsage()
        await signIn(clinic.ask, email(i), 'verkeerd wachtwoord')
        const { user, system } = process.cpuUsage(before)
        times.push(user + system)
      }
      return Math.min(...times)
    }
    const ratio = (await leastOf(() => KNOWN)) / (await leastOf((i) => `${i}${UNKNOWN}`))
    // Without a hash on one side it would be a factor of twenty.
    expect(ratio).toBeGreaterThan(1 / 4)
    expect(ratio).toBeLessThan(4)
  })

  it.each([KNOWN, UNKNOWN])('makes %s wait after ten, twice as long after each', async (email) => {
    await wrong(email)
    await countedSoFar(9)
    await wrong(email)
    // The right password is refused too; nobody else is.
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(email === KNOWN ? 401 : 200)
    // Trying on does not make it longer.
    clockMs += 59_000
    await wrong(email)
    clockMs += 2000
    await wrong(email)
    clockMs += 119_000
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(email === KNOWN ? 401 : 200)
    clockMs += 2000
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
  })

  it('waits a quarter of an hour at most, and an hour without a try sets everything back', () => {
    const minutes = Array.from({ length: 9 }, (_, i) => waitAfter(7 + i, 10) / 60_000)
    expect(minutes).toEqual([0, 0, 0, 1, 2, 4, 8, 15, 15])
  })

  it('starts from none again after a right password', async () => {
    await wrong(KNOWN)
    await countedSoFar(9)
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
    await wrong(KNOWN)
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
  })

  it('is not let past the lock-out by another way to write the name', async () => {
    await wrong('Thea@Example.org')
    const counts = () => clinic.store.db.selectFrom('sign_in_lock').selectAll().execute()
    const before = (await counts()).length
    await countedSoFar(10)
    for (const email of [KNOWN, KNOWN.toUpperCase(), ` ${KNOWN}`])
      expect((await signIn(clinic.ask, email)).ok).toBe(false)
    // Its lines of refusal are counted by the hour as well, and nothing else is.
    expect((await counts()).length).toBe(before)
  })

  it('is not let past the lock-out by forty at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        from = `198.51.100.${i}`
        return signIn(clinic.ask, KNOWN, 'verkeerd wachtwoord')
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(401))
    const log = await expectJson<{ items: { detail: { code: string } }[] }>(
      thea('/api/audit?action=sign-in.refused&limit=100'),
    )
    // Thirty passwords were looked at, at most; each try is a line, and says which it was.
    expect(log.items.length).toBe(40)
    expect(log.items.filter(({ detail }) => detail.code !== 'LOCKED').length).toBeLessThanOrEqual(30)
  })

  it.each([
    ['a form', 'application/x-www-form-urlencoded', `email=${KNOWN}&password=${encodeURIComponent(PASSWORD)}`],
    ['plain text', 'text/plain', JSON.stringify({ email: KNOWN, password: PASSWORD })],
    ['a multipart form', 'multipart/form-data; boundary=x', '--x--'],
  ])('is not let past the lock-out by %s', async (_name, type, body) => {
    const response = await clinic.ask('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []])
  })

  it.each([
    '/sign-in/email/',
    '//sign-in/email',
    '/sign-in//email',
    '/sign-in/%65mail',
    '/Sign-In/email',
    '/x/../sign-in/email/',
  ])('finds no second way to the same place: %s', async (path) => {
    const response = await clinic.ask(
      `/api/auth${path}`,
      send('POST', { email: KNOWN, password: 'verkeerd wachtwoord' }),
    )
    const counted = await clinic.store.db.selectFrom('sign_in_lock').selectAll().execute()
    // Where it is the same place, it counts.
    expect(response.status === 404 || (response.status === 401 && counted.length > 1)).toBe(true)
  })

  it('is slowed down by address, whatever the names and whatever address a header claims', async () => {
    await wrong('a@example.org')
    await countedSoFar(20)
    const init = send('POST', { email: 'b@example.org', password: 'verkeerd wachtwoord' })
    const forged = { 'x-forwarded-for': '203.0.113.7', 'x-calmpace-address': '203.0.113.7', 'x-real-ip': '203.0.113.7' }
    const headers = { ...Object.fromEntries(new Headers(init.headers)), ...forged }
    expect((await clinic.ask('/api/auth/sign-in/email', { ...init, headers })).status).toBe(429)
    from = '192.0.2.2'
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
  })
})
