import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findInvitation, insertInvitation } from '../../../src/store/people/invitations.ts'
import { findReset, insertReset } from '../../../src/store/sign-in/resets.ts'
import { deleteOverSessions } from '../../../src/store/sign-in/sessions.ts'
import { enrolPasskey, enrolTotp, signIn, signInByPasskey } from '../../support/account.ts'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { newPart, postBatches, requestOf } from '../../support/phone.ts'
import { join, joinFirst, PASSWORD, send, type Ask } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
let clockMs = Date.now()
let clinic: NodeClinic
let thea: Ask
beforeAll(async () => {
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = await joinFirst(clinic)
})
afterAll(closeClinics)

let invited = 0
/** A new therapist. */
async function newTherapist() {
  const invitation = send('POST', { roles: ['therapist'], groupIds: [] })
  const { token } = await expectJson<{ token: string }>(thea('/api/invitations', invitation), 201)
  const ask = await join(clinic.ask, token, `t${++invited}@example.org`)
  const { personId } = await expectJson<{ personId: string }>(ask('/api/me'))
  return { ask, personId }
}
const SESSION = 'calmpace.session_token'

describe('a session', () => {
  it('is never the one that somebody planted before signing in', async () => {
    const victim = openBrowser(clinic.ask)
    victim.cookies.set(SESSION, 'planted.by-somebody')
    await signIn(victim.ask, 'thea@example.org')
    expect(victim.cookies.get(SESSION)).not.toContain('planted')

    // A session of the attacker's own, which the attacker would go on using.
    const attacker = await newTherapist()
    const planted = openBrowser(clinic.ask)
    await signIn(planted.ask, `t${invited}@example.org`)
    const before = planted.cookies.get(SESSION)
    await signIn(planted.ask, 'thea@example.org')
    expect(planted.cookies.get(SESSION)).not.toBe(before)
    expect((await expectJson<{ personId: string }>(attacker.ask('/api/me'))).personId).toBe(attacker.personId)
  })

  it('whose signature or token was changed is none', async () => {
    const browser = openBrowser(clinic.ask)
    await signIn(browser.ask, 'thea@example.org')
    const whole = browser.cookies.get(SESSION) ?? ''
    for (const changed of [
      whole.slice(1),
      whole.slice(0, -4),
      whole.split('.')[0] ?? '',
      `${whole}x`,
      whole.toLowerCase(),
    ]) {
      browser.cookies.set(SESSION, changed)
      expect((await browser.ask('/api/me')).status).toBe(401)
    }
  })

  it('has lost a role the moment that it was taken away', async () => {
    const { ask, personId } = await newTherapist()
    expect((await ask('/api/clients')).status).toBe(200)
    await expectJson(thea(`/api/people/${personId}/roles`, send('PUT', { roles: [] })))
    expect((await ask('/api/clients')).status).toBe(404)
  })

  it('ends with its account', async () => {
    const { ask, personId } = await newTherapist()
    await expectJson(thea(`/api/people/${personId}`, { method: 'DELETE' }), 204)
    expect([(await ask('/api/me')).status, (await ask('/api/clients')).status]).toEqual([401, 401])
    expect((await signIn(clinic.ask, `t${invited}@example.org`)).status).toBe(401)
  })

  it('ends where the administrator ends it, and where its holder signs out', async () => {
    const ended = await newTherapist()
    await expectJson(thea(`/api/people/${ended.personId}/sessions`, { method: 'DELETE' }), 204)
    expect((await ended.ask('/api/me')).status).toBe(401)
    const { ask } = await newTherapist()
    await expectJson(ask('/api/auth/sign-out', send('POST', {})))
    expect((await ask('/api/me')).status).toBe(401)
    const { items } = await expectJson<{ items: { personId: string | null }[] }>(thea('/api/audit?action=sign-out'))
    expect(items[0]?.personId).toBeTypeOf('string')
  })

  it('of the last administrator keeps its role and its account', async () => {
    const { personId } = await expectJson<{ personId: string }>(thea('/api/me'))
    await expectJson(thea(`/api/people/${personId}/roles`, send('PUT', { roles: ['therapist'] })), 422)
    await expectJson(thea(`/api/people/${personId}`, { method: 'DELETE' }), 422)
  })
})

describe('how long a session lasts', () => {
  const newClient = async () => {
    const client = send('POST', { firstName: 'Kim', birthYear: 1990 })
    const { id } = await expectJson<{ id: string }>(thea('/api/clients', client), 201)
    const { token } = await expectJson<{ token: string }>(
      thea(`/api/clients/${id}/invitations`, { method: 'POST' }),
      201,
    )
    const email = `c${++invited}@example.org`
    return { ask: await join(clinic.ask, token, email), email }
  }
  const sessionsOf = async (email: string) => {
    const { rows } = await sql<{ id: string }>`select session.id from session join person on person.id = session.userId
      where person.email = ${email}`.execute(clinic.store.db)
    return rows.length
  }
  const usedEvery = async (ask: Ask, everyMs: number, forMs: number) => {
    for (const untilMs = clockMs + forMs; clockMs + everyMs <= untilMs;) {
      clockMs += everyMs
      expect((await ask('/api/me')).status).toBe(200)
    }
  }
  let passkey: Awaited<ReturnType<typeof enrolPasskey>>
  beforeAll(async () => {
    const browser = openBrowser(clinic.ask)
    await signIn(browser.ask, 'thea@example.org')
    passkey = await enrolPasskey(browser.ask)
  })
  beforeEach(async () => {
    // The administrator of the next test is there again.
    thea = openBrowser(clinic.ask).ask
    await signInByPasskey(thea, passkey, true)
  })

  it('is an hour without a request, and its row goes', async () => {
    const { ask, email } = await newClient()
    clockMs += HOUR_MS - 1000
    expect((await ask('/api/clients')).status).toBe(200)
    clockMs += HOUR_MS - 1000
    expect((await ask('/api/me')).status).toBe(200)
    clockMs += HOUR_MS
    expect([(await ask('/api/clients')).status, (await ask('/api/me')).status]).toEqual([401, 401])
    expect(await sessionsOf(email)).toBe(0)
    // The library does not know it any more either.
    expect((await ask('/api/auth/list-sessions')).status).toBe(401)
  })

  it('is twelve hours whatever is done meanwhile', async () => {
    const { ask } = await newClient()
    await usedEvery(ask, 50 * MINUTE_MS, 12 * HOUR_MS - 1000)
    clockMs += 20 * MINUTE_MS - 1000
    expect((await ask('/api/me')).status).toBe(200)
    clockMs += 1000
    expect((await ask('/api/me')).status).toBe(401)
  })

  it('of a server whose clock ran ahead for a moment is over once it is right; so are links, looks, graces and waits of then', async () => {
    const AHEAD_MS = 40 * 24 * HOUR_MS
    const before = await newTherapist()
    const email = `t${invited}@example.org`
    clockMs += AHEAD_MS
    const browser = openBrowser(clinic.ask)
    await signIn(browser.ask, email)
    const byFirst = openBrowser(clinic.ask)
    await signIn(byFirst.ask, 'thea@example.org')
    const { token } = await insertInvitation(
      clinic.store.db,
      { id: 'ahead', roles: ['therapist'], groupIds: [], clientId: null, invitedBy: null },
      clockMs,
    )
    const reset = await insertReset(clinic.store.db, { id: 'ahead', personId: before.personId, madeBy: null }, clockMs)
    for (let i = 0; i < 12; i++) await signIn(clinic.ask, email, 'een verkeerd wachtwoord')
    expect((await browser.ask('/api/me')).status).toBe(200)

    clockMs -= AHEAD_MS
    expect((await browser.ask('/api/me')).status).toBe(401)
    expect([
      await findInvitation(clinic.store.db, token, clockMs),
      await findReset(clinic.store.db, reset.token, clockMs),
    ]).toEqual([null, null])
    expect((await signIn(clinic.ask, email)).status).toBe(200)
    await deleteOverSessions(clinic.store.db, clockMs)
    const left = await clinic.store.db.selectFrom('session').select('beganAtMs').execute()
    expect(left.filter(({ beganAtMs }) => beganAtMs > clockMs + 5 * MINUTE_MS)).toEqual([])
  })

  it('begins anew at a sign-in alone: what takes its place ends when it would have', async () => {
    const { ask } = await newTherapist()
    const browser = openBrowser(clinic.ask)
    const email = `t${invited}@example.org`
    await signIn(browser.ask, email)
    await usedEvery(browser.ask, 50 * MINUTE_MS, 11 * HOUR_MS)
    const before = browser.cookies.get(SESSION)
    expect((await browser.ask('/api/me/proof', send('POST', { password: PASSWORD }))).status).toBe(204)
    await enrolTotp(browser.ask)
    expect(browser.cookies.get(SESSION)).not.toBe(before)
    clockMs += 50 * MINUTE_MS
    expect((await browser.ask('/api/me')).status).toBe(200)
    clockMs += 20 * MINUTE_MS
    expect([(await browser.ask('/api/me')).status, (await ask('/api/me')).status]).toEqual([401, 401])
  })

  it('is held off by a group run that sends', async () => {
    await newTherapist()
    const email = `t${invited}@example.org`
    const browser = openBrowser(clinic.ask)
    await signIn(browser.ask, email)
    await enrolTotp(browser.ask)
    const part = newPart('somebody')
    for (let i = 0; i < 3; i++) {
      clockMs += 50 * MINUTE_MS
      expect((await postBatches(browser.ask, part.groupRunId, requestOf(part, []))).status).toBe(200)
    }
  })

  it('leaves no row behind, when nobody comes back for it', async () => {
    const [idle, used] = [await newClient(), await newClient()]
    await signIn(clinic.ask, idle.email)
    expect(await sessionsOf(idle.email)).toBe(2)
    clockMs += 50 * MINUTE_MS
    await used.ask('/api/me')
    clockMs += 10 * MINUTE_MS
    await deleteOverSessions(clinic.store.db, clockMs)
    expect([await sessionsOf(idle.email), await sessionsOf(used.email)]).toEqual([0, 1])
  })
})

describe('its cookie', () => {
  const attributesAt = async (origin: string) => {
    const at = await openClinic({ origin })
    await joinFirst({ ...at, ask: (path, init) => at.ask(`${origin}${path}`, init) })
    const response = await signIn((path, init) => at.ask(`${origin}${path}`, init), 'thea@example.org')
    const [pair = '', ...attributes] = (response.headers.getSetCookie()[0] ?? '').split('; ')
    return [pair.split('=')[0], ...attributes.map((one) => one.toLowerCase()).toSorted()]
  }

  it('belongs to this very host alone where it is https', async () => {
    expect(await attributesAt('https://calm.example')).toEqual([
      '__Host-calmpace.session_token',
      'httponly',
      'max-age=43200',
      'path=/',
      'samesite=lax',
      'secure',
    ])
  })

  it('is kept from scripts and other sites on a machine of one’s own too', async () => {
    expect(await attributesAt('http://localhost:8787')).toEqual([
      'calmpace.session_token',
      'httponly',
      'max-age=43200',
      'path=/',
      'samesite=lax',
    ])
  })
})
