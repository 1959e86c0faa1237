// What is named or asked twice, and what anybody may ask again and again.
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { enrolPasskey, enrolTotp, signIn } from '../../support/account.ts'
import { addClient, codeOf, read } from '../../support/clinic-work.ts'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'

let clinic: NodeClinic
let thea: Ask
beforeEach(async () => {
  clinic = await openClinic()
  thea = await joinFirst(clinic)
})
afterAll(closeClinics)

const invite = async (roles: readonly string[] = ['therapist']): Promise<string> =>
  (await read<{ token: string }>(thea('/api/invitations', send('POST', { roles, groupIds: [] })), 201)).token

describe('named twice', () => {
  it('a role is held once', async () => {
    const tess = await join(clinic.ask, await invite(['therapist', 'therapist']), 'tess@example.org')
    const { personId } = await read<{ personId: string }>(tess('/api/me'))
    const roles = { roles: ['supervisor', 'therapist', 'supervisor'] }
    const person = await read<{ roles: string[] }>(thea(`/api/people/${personId}/roles`, send('PUT', roles)))
    expect(person.roles.toSorted()).toEqual(['supervisor', 'therapist'])
  })

  it('the secret of a link opens one link: another that is opened to it stays as it is', async () => {
    const [one, other] = [await invite(), await invite()]
    const next = 'A'.repeat(32)
    const open = (token: string, to: string) => clinic.ask('/api/invitations/open', send('POST', { token, next: to }))
    await read(open(one, next))
    expect(await codeOf(open(other, next), 410)).toBe('INVITATION_GONE')
    await read(open(other, 'B'.repeat(32)))
  })

  it('the same of a link to a new way in', async () => {
    const office = openBrowser(clinic.ask)
    await join(office.ask, await invite(['administrator']), 'office@example.org')
    await enrolTotp(office.ask)
    const tokens: string[] = []
    for (const email of ['tom@example.org', 'tim@example.org']) {
      const ask = await join(clinic.ask, await invite(), email)
      const { personId } = await read<{ personId: string }>(ask('/api/me'))
      const made = office.ask(`/api/people/${personId}/resets`, { method: 'POST' })
      tokens.push((await read<{ token: string }>(made, 201)).token)
    }
    const open = (token = '') => clinic.ask('/api/resets/open', send('POST', { token, next: 'A'.repeat(32) }))
    await read(open(tokens[0]))
    expect(await codeOf(open(tokens[1]), 410)).toBe('RESET_GONE')
  })
})

it('the description of the API is made once, however often anybody asks for it', async () => {
  const made = vi.spyOn(clinic.app, 'getOpenAPI31Document')
  const texts: string[] = []
  for (let i = 0; i < 3; i++)
    for (const path of ['/api/docs', '/api/openapi.json']) {
      const response = await clinic.ask(path)
      expect(response.status).toBe(200)
      texts.push(await response.text())
    }
  expect(made.mock.calls.length).toBeLessThanOrEqual(1)
  expect(new Set(texts).size).toBe(2)
})

it('passkeys of one person have an end: one more is neither begun nor added', async () => {
  const own = openBrowser(clinic.ask)
  await signIn(own.ask, 'thea@example.org')
  await enrolPasskey(own.ask)
  const { db } = clinic.store
  const { rows } = await sql<Record<string, unknown>>`select * from passkey`.execute(db)
  for (let i = 0; i < 19; i++) {
    const row = { ...rows[0], id: `key-${i}`, credentialID: `credential-${i}` }
    await db
      .insertInto('passkey')
      .values(row as never)
      .execute()
  }
  // Within a session that had two factors.
  await db.updateTable('session').set({ method: '/passkey/verify-authentication' }).execute()
  expect(await codeOf(own.ask('/api/auth/passkey/generate-register-options'), 422)).toBe('LIST_FULL')
  const body = send('POST', { response: {}, name: 'nog een' })
  expect(await codeOf(own.ask('/api/auth/passkey/verify-registration', body), 422)).toBe('LIST_FULL')
})

describe('a second factor that is set up', () => {
  it.each([
    ['an app', enrolTotp],
    ['a passkey', enrolPasskey],
  ])('by %s ends sessions that were without one, and not the one that set it up', async (_name, enrol) => {
    const clientId = await addClient(thea, 'Noor')
    const link = thea(`/api/clients/${clientId}/invitations`, { method: 'POST' })
    const noor = openBrowser(clinic.ask)
    await join(noor.ask, (await read<{ token: string }>(link, 201)).token, 'noor@example.org')
    const thief = openBrowser(clinic.ask)
    await signIn(thief.ask, 'noor@example.org')
    await read(thief.ask(`/api/clients/${clientId}`))
    await enrol(noor.ask)
    expect(await codeOf(thief.ask(`/api/clients/${clientId}`), 401)).toBe('SIGNED_OUT')
    await read(noor.ask(`/api/clients/${clientId}`))
  })
})
