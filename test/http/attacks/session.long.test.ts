import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../support/account.ts'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { expectJson } from '../../support/world.ts'

let clinic: NodeClinic
let thea: Ask
beforeAll(async () => {
  clinic = await openClinic()
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
