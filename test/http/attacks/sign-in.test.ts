import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { signIn } from '../../support/account.ts'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { read } from '../../support/world.ts'

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

const tell = async (response: Response) => [response.status, await response.json()]
/** Each from an address of its own, so that only the lock-out of the name is in the way. */
const trySlowly = async (times: number, email: string, password = 'verkeerd wachtwoord') => {
  const answers = []
  for (let i = 0; i < times; i++) {
    from = `198.51.100.${i}`
    answers.push(await tell(await signIn(clinic.ask, email, password)))
  }
  return answers
}

describe('guessing a sign-in', () => {
  it('gets one answer for a wrong password, an unknown name and a locked name', async () => {
    const known = await trySlowly(12, KNOWN)
    const unknown = await trySlowly(12, UNKNOWN)
    expect(new Set([...known, ...unknown].map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(known[0]).toMatchObject([401, { code: 'SIGN_IN_REFUSED' }])
  })

  it('takes the same work for a name that nobody has: one hash, counted in time over the median of seven', async () => {
    const medianOf = async (email: (i: number) => string) => {
      const times: number[] = []
      for (let i = 0; i < 7; i++) {
        from = `198.51.100.${i}`
        const begin = performance.now()
        await signIn(clinic.ask, email(i), 'verkeerd wachtwoord')
        times.push(performance.now() - begin)
      }
      return times.toSorted((a, b) => a - b)[3] ?? 0
    }
    const ratio = (await medianOf(() => KNOWN)) / (await medianOf((i) => `${i}${UNKNOWN}`))
    // Without a hash on one side it would be a factor of twenty.
    expect(ratio).toBeGreaterThan(1 / 4)
    expect(ratio).toBeLessThan(4)
  })

  it.each([KNOWN, UNKNOWN])(
    'locks %s out after ten, for a quarter of an hour, the right password too',
    async (email) => {
      await trySlowly(10, email)
      expect((await signIn(clinic.ask, KNOWN)).status).toBe(email === KNOWN ? 401 : 200)
      // Trying on does not make it longer.
      clockMs += 14 * 60_000
      await trySlowly(3, email)
      clockMs += 61_000
      expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
    },
  )

  it('is not let past the lock-out by another way to write the name', async () => {
    for (const email of [KNOWN, KNOWN.toUpperCase(), 'Thea@Example.org']) await trySlowly(4, email)
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(401)
  })

  it('is not let past the lock-out by forty at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => {
        from = `198.51.100.${i}`
        return signIn(clinic.ask, KNOWN, 'verkeerd wachtwoord')
      }),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(40).fill(401))
    const log = await read<{ items: object[] }>(thea('/api/audit?action=sign-in.refused&limit=100'))
    // Who was locked out before a password was looked at stands in no line.
    expect(log.items.length).toBe(10)
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
    expect(response.status === 404 || (response.status === 401 && counted.length === 1)).toBe(true)
  })

  it('is slowed down by address, whatever the names', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 25; i++) statuses.push((await signIn(clinic.ask, `${i}@example.org`, 'x'.repeat(12))).status)
    expect(statuses.slice(0, 20)).toEqual(Array<number>(20).fill(401))
    expect(statuses.slice(20)).toEqual(Array<number>(5).fill(429))
    from = '192.0.2.2'
    expect((await signIn(clinic.ask, KNOWN)).status).toBe(200)
  })

  it('cannot choose the address that is counted', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 22; i++) {
      const { headers, ...init } = send('POST', { email: `${i}@example.org`, password: 'x'.repeat(12) })
      const forged = {
        'x-forwarded-for': `203.0.113.${i}`,
        'x-calmpace-address': `203.0.113.${i}`,
        'x-real-ip': '1.1.1.1',
      }
      statuses.push(
        (await clinic.ask('/api/auth/sign-in/email', { ...init, headers: { ...(headers as object), ...forged } }))
          .status,
      )
    }
    expect(statuses.at(-1)).toBe(429)
  })
})

describe('what of better-auth is there', () => {
  it.each([
    ['POST', '/sign-up/email'],
    ['POST', '/sign-in/social'],
    ['POST', '/request-password-reset'],
    ['GET', '/reset-password/token'],
    ['POST', '/reset-password'],
    ['POST', '/change-email'],
    ['POST', '/update-user'],
    ['POST', '/update-session'],
    ['POST', '/delete-user'],
    ['GET', '/delete-user/callback'],
    ['GET', '/verify-email'],
    ['GET', '/error'],
    ['GET', '/ok'],
    ['GET', '/list-accounts'],
    ['POST', '/two-factor/generate-backup-codes'],
    ['POST', '/two-factor/get-totp-uri'],
    ['POST', '/two-factor/send-otp'],
    ['GET', '/constructor'],
  ])('is not %s %s', async (method, path) => {
    const browser = openBrowser(thea)
    const response = await browser.ask(`/api/auth${path}`, method === 'GET' ? {} : send(method, { name: 'x' }))
    expect(response.status).toBe(404)
  })
})
