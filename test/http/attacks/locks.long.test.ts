// Who guesses waits and fills no log; whose name it is comes in.
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { networkOf } from '../../../src/http/sign-in/pace.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser, type Browser } from '../../support/browser.ts'
import { lastLine, linesSince } from '../../support/lines.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { joinFirst, PASSWORD, send } from '../../support/sign-in.ts'
import { totpCode } from '../../support/totp.ts'
import { expectJson } from '../../support/expect-json.ts'

const KNOWN = 'thea@example.org'
const WRONG = 'verkeerd wachtwoord'
const MINUTE_MS = 60_000
let clockMs: number
let from: string
let clinic: NodeClinic
let thea: Browser
beforeEach(async () => {
  clockMs = Date.now()
  from = '192.0.2.1'
  clinic = await openClinic({ nowMs: () => clockMs, address: () => from })
  thea = openBrowser(clinic.ask)
  await joinFirst({ ...clinic, ask: thea.ask })
})
afterAll(closeClinics)

const linesOf = async (work: () => Promise<unknown>) => {
  const before = await lastLine(clinic.store.db)
  await work()
  return linesSince(clinic.store.db, before)
}
const statusOf = async (answer: Promise<Response>) => (await answer).status
/** Ten wrong tries from each of three addresses: as many as there are for a name. */
async function guessFromEverywhere(): Promise<void> {
  for (let i = 0; i < 30; i++) {
    from = `198.51.100.${Math.floor(i / 10)}`
    expect(await statusOf(signIn(clinic.ask, KNOWN, WRONG))).toBe(401)
  }
}

describe('200 wrong sign-ins from one address', () => {
  it('lock no name of twenty: all but the first are not looked at, and count for nothing but one line', async () => {
    from = '203.0.113.9'
    const names = [KNOWN, ...Array.from({ length: 19 }, (_, i) => `person${i}@example.org`)]
    const statuses: number[] = []
    const lines = await linesOf(async () => {
      for (const name of names)
        for (let i = 0; i < 10; i++) statuses.push(await statusOf(signIn(clinic.ask, name, WRONG)))
    })
    expect(statuses.filter((status) => status === 401).length).toBe(20)
    expect(statuses.filter((status) => status === 429).length).toBe(180)
    expect(lines.map(({ action }) => action)).toEqual([
      ...Array<string>(20).fill('sign-in.refused'),
      'sign-in.refused-many',
    ])
    from = '192.0.2.2'
    const [told] = await linesOf(async () => {
      clockMs += MINUTE_MS
      expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(200)
    })
    expect(told).toMatchObject({ action: 'sign-in.refused-many', cameFrom: '203.0.113.9', detail: { refused: 179 } })
  })

  it('go on for hours, and the name is free for whoever comes from elsewhere', async () => {
    from = '203.0.113.9'
    for (let i = 0; i < 35; i++) {
      expect(await statusOf(signIn(clinic.ask, KNOWN, WRONG))).toBe(401)
      if (i >= 9) clockMs += 15 * MINUTE_MS
    }
    from = '192.0.2.2'
    expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(200)
  })
})

describe('a name that is guessed from many networks of one line', () => {
  it('is free for whoever comes from elsewhere: all of them count as one address', async () => {
    for (let i = 0; i < 40; i++) {
      from = `2001:db8:7:${Math.floor(i / 10)}::9`
      expect(await statusOf(signIn(clinic.ask, KNOWN, WRONG))).toBe(401)
    }
    from = '192.0.2.77'
    expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(200)
    // A right password of theirs takes back what was counted from there.
    from = '2001:db8:7:a::9'
    for (let i = 0; i < 3; i++) expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(200)
  })
})

describe('a name that is guessed from everywhere', () => {
  it('has its person wait in a browser that nobody knows, and not where they signed in before', async () => {
    await guessFromEverywhere()
    from = '192.0.2.77'
    const unknown = await signIn(clinic.ask, KNOWN)
    expect([unknown.status, await unknown.json()]).toMatchObject([401, { code: 'SIGN_IN_REFUSED' }])
    thea.cookies.delete('calmpace.session_token')
    expect(await statusOf(signIn(thea.ask, KNOWN))).toBe(200)
    // What is counted for the guessers stays.
    expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(401)
  })

  it('lets a passkey in at once, in a browser that nobody knows', async () => {
    const passkey = await enrolPasskey(thea.ask)
    await guessFromEverywhere()
    expect(await statusOf(signInByPasskey(openBrowser(clinic.ask).ask, passkey, true))).toBe(200)
  })

  it('lets a passkey in where codes were guessed, and where its own network asks too fast', async () => {
    await enrolTotp(thea.ask)
    const passkey = await enrolPasskey(thea.ask)
    const thief = openBrowser(clinic.ask)
    for (let i = 0; i < 12; i++) {
      if (i % 4 === 0) await signIn(thief.ask, KNOWN)
      await thief.ask('/api/auth/two-factor/verify-totp', send('POST', { code: '000000' }))
    }
    for (let i = 0; i < 21; i++) await signIn(clinic.ask, '', WRONG)
    expect(await statusOf(signIn(clinic.ask, KNOWN))).toBe(429)
    expect(await statusOf(signInByPasskey(openBrowser(clinic.ask).ask, passkey, true))).toBe(200)
  })

  it('is known to no browser by a cookie that was made up, or is of somebody else or of before a new password', async () => {
    const known = thea.cookies.get('calmpace.known') ?? ''
    expect(known).toMatch(/^[\w-]{32}$/)
    const change = send('POST', { currentPassword: PASSWORD, newPassword: 'een heel ander wachtwoord' })
    await expectJson(thea.ask('/api/auth/change-password', change))
    await guessFromEverywhere()
    for (const cookie of ['x'.repeat(32), known]) {
      const browser = openBrowser(clinic.ask)
      browser.cookies.set('calmpace.known', cookie)
      from = '192.0.2.77'
      expect(await statusOf(signIn(browser.ask, KNOWN, 'een heel ander wachtwoord'))).toBe(401)
    }
    // The one in which it was chosen is known anew.
    thea.cookies.delete('calmpace.session_token')
    expect(await statusOf(signIn(thea.ask, KNOWN, 'een heel ander wachtwoord'))).toBe(200)
  })
})

describe('a stolen session', () => {
  it.each([
    ['/change-password', 'account.password-changed', { newPassword: 'een ander wachtwoord' }, 'currentPassword'],
    ['/two-factor/disable', 'account.second-factor-removed', {}, 'password'],
    ['/two-factor/enable', 'account.second-factor-begun', {}, 'password'],
  ])('guesses no password at %s: it waits after ten, and each try is a line', async (path, asked, rest, field) => {
    const guess = (password: string) => thea.ask(`/api/auth${path}`, send('POST', { ...rest, [field]: password }))
    const lines = await linesOf(async () => {
      for (let i = 0; i < 10; i++) {
        // The library's limit of the address is another fence.
        await clinic.store.db.deleteFrom('rateLimit' as never).execute()
        expect(await statusOf(guess(`gok nummer ${i}`))).toBe(400)
      }
      const late = await guess(PASSWORD)
      expect([late.status, await late.json()]).toMatchObject([403, { code: 'TRIED_TOO_OFTEN' }])
      // The same count as at the door.
      expect(await statusOf(signIn(thea.ask, KNOWN))).toBe(401)
    })
    const { personId } = await expectJson<{ personId: string }>(thea.ask('/api/me'))
    expect(lines.slice(0, 11)).toEqual(
      ['INVALID_PASSWORD', 'LOCKED'].flatMap((code) =>
        Array.from({ length: code === 'LOCKED' ? 1 : 10 }, () => ({
          ...{ action: 'refused', personId, clientId: null, cameFrom: '192.0.2.1', detail: { asked, code } },
        })),
      ),
    )
    clockMs += 2 * MINUTE_MS
    await clinic.store.db.deleteFrom('rateLimit' as never).execute()
    expect(await statusOf(guess(PASSWORD))).toBe(200)
  })

  it('is not made to wait by what was no try', async () => {
    for (let i = 0; i < 12; i++) {
      await clinic.store.db.deleteFrom('rateLimit' as never).execute()
      await thea.ask('/api/auth/change-password', send('POST', { currentPassword: PASSWORD, newPassword: 'kort' }))
    }
    const change = send('POST', { currentPassword: PASSWORD, newPassword: 'een ander wachtwoord' })
    await clinic.store.db.deleteFrom('rateLimit' as never).execute()
    expect(await statusOf(thea.ask('/api/auth/change-password', change))).toBe(200)
  })
})

describe('posts of nobody known', () => {
  it('write a hundred lines an hour and one a minute, however many they are and wherever they come from', async () => {
    const lines = await linesOf(async () => {
      for (let i = 0; i < 500; i++) {
        from = `198.51.${Math.floor(i / 250)}.${i % 250}`
        expect(await statusOf(clinic.ask('/api/invitations/look', send('POST', { token: `${i}` })))).toBe(410)
      }
    })
    expect(lines.length).toBe(101)
    clockMs += MINUTE_MS
    // Whoever reads the log sees all of them.
    const administrator = await expectJson<{ items: { action: string; detail: object }[] }>(
      thea.ask('/api/audit?limit=1'),
    )
    expect(administrator.items[0]).toMatchObject({
      ...{ action: 'sign-in.refused-many', cameFrom: null },
      detail: { refused: 399, addresses: 'several' },
    })
  })

  it('are named by whose account was tried, or by a word for the name that says nothing tomorrow', async () => {
    const uri = await enrolTotp(thea.ask)
    const { personId } = await expectJson<{ personId: string }>(thea.ask('/api/me'))
    const wrongCode = String((Number(await totpCode(uri)) + 1) % 1_000_000).padStart(6, '0')
    const thief = openBrowser(clinic.ask)
    const lines = await linesOf(async () => {
      await signIn(clinic.ask, KNOWN, WRONG)
      await signIn(clinic.ask, 'nobody@example.org', WRONG)
      await signIn(clinic.ask, 'Nobody@example.org ', WRONG)
      clockMs += 24 * 60 * MINUTE_MS
      await signIn(clinic.ask, 'nobody@example.org', WRONG)
      clockMs -= 24 * 60 * MINUTE_MS
      await signIn(thief.ask, KNOWN)
      await thief.ask('/api/auth/two-factor/verify-totp', send('POST', { code: wrongCode }))
      await thief.ask('/api/auth/two-factor/verify-backup-code', send('POST', { code: 'x' }))
    })
    expect(lines.map(({ action }) => action)).toEqual([
      ...Array<string>(4).fill('sign-in.refused'),
      ...['sign-in.password', 'sign-in.refused', 'sign-in.refused'],
    ])
    expect(lines.map((line) => line.personId)).toEqual([personId, null, null, null, personId, personId, personId])
    const words = lines.slice(1, 4).map(({ detail }) => detail['name'])
    expect(words[0]).toMatch(/^\S{12}$/)
    expect(words[1]).toBe(words[0])
    expect(words[2]).not.toBe(words[0])
    expect(JSON.stringify(lines)).not.toMatch(/example|@/i)
  })
})

describe('one asker', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ])('of %s has %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
