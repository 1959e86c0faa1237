import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { cookiesOf, join, joinFirst, PASSWORD, send, withCookie, type Ask } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'

const DAY_MS = 86_400_000
let clockMs: number
let clinic: NodeClinic
let thea: Ask
beforeEach(async () => {
  clockMs = Date.now()
  clinic = await openClinic({ nowMs: () => clockMs })
  thea = await joinFirst(clinic)
})
afterAll(closeClinics)

const invite = async (ask: Ask, ...roles: string[]): Promise<string> =>
  (await expectJson<{ token: string }>(ask('/api/invitations', send('POST', { roles, groupIds: [] })), 201)).token
const tryJoin = (token: string, email: string): Promise<Response> =>
  clinic.ask('/api/join', send('POST', { token, name: 'Bo', email, password: PASSWORD }))
const look = async (token: string) => (await clinic.ask('/api/invitations/look', send('POST', { token }))).status
const people = async () => (await expectJson<{ items: object[] }>(thea('/api/people'))).items.length

describe('an invitation', () => {
  it('works once: replayed it is gone, as one that never was', async () => {
    const token = await invite(thea, 'therapist')
    expect((await tryJoin(token, 'bo@example.org')).status).toBe(200)
    const replayed = await tryJoin(token, 'eve@example.org')
    const invented = await tryJoin('A'.repeat(32), 'eve@example.org')
    expect([replayed.status, await replayed.json()]).toEqual([410, await invented.json()])
    expect([await look(token), await people()]).toEqual([410, 2])
  })

  it('of the first administrator works once too', async () => {
    expect((await tryJoin(clinic.firstToken, 'eve@example.org')).status).toBe(410)
  })

  it('gives one account where ten join by it at once', async () => {
    const token = await invite(thea, 'therapist')
    const joined = await Promise.all(Array.from({ length: 10 }, (_, i) => tryJoin(token, `bo${i}@example.org`)))
    expect(joined.filter(({ status }) => status === 200).length).toBe(1)
    expect(joined.filter(({ status }) => status === 410).length).toBe(9)
    expect(await people()).toBe(2)
  })

  it('is over after a week', async () => {
    const token = await invite(thea, 'therapist')
    clockMs += 7 * DAY_MS - 1
    expect(await look(token)).toBe(200)
    clockMs += 2
    expect([await look(token), (await tryJoin(token, 'bo@example.org')).status]).toEqual([410, 410])
  })

  it('stays open where the account could not be made, and leaves nothing of it', async () => {
    const token = await invite(thea, 'therapist')
    expect((await tryJoin(token, 'THEA@example.org')).status).toBe(422)
    expect([await people(), await look(token)]).toEqual([1, 200])
    expect((await tryJoin(token, 'bo@example.org')).status).toBe(200)
  })

  it('stops working with the right to invite of who made it', async () => {
    const ada = await join(clinic.ask, await invite(thea, 'administrator'), 'ada@example.org')
    const { personId } = await expectJson<{ personId: string }>(ada('/api/me'))
    const [before, after] = [await invite(ada, 'administrator'), await invite(ada, 'therapist')]
    await expectJson(thea(`/api/people/${personId}/roles`, send('PUT', { roles: ['therapist'] })))
    expect([await look(before), await look(after)]).toEqual([410, 410])
  })

  it('gives what it says and no more, whatever the body asks for', async () => {
    const token = await invite(thea, 'therapist')
    const greedy = { token, name: 'Bo', email: 'bo@example.org', password: PASSWORD, roles: ['administrator'] }
    expect((await clinic.ask('/api/join', send('POST', greedy))).status).toBe(400)
    const also = { token, name: 'Bo', email: 'bo@example.org', password: PASSWORD, alsoTherapist: true }
    const joined = await clinic.ask('/api/join', send('POST', also))
    const me = await expectJson<{ roles: string[] }>(withCookie(clinic.ask, cookiesOf(joined))('/api/me'))
    expect(me.roles).toEqual(['therapist'])
  })

  it('of a client is no way into the record of one who has an account by now', async () => {
    const noor = await expectJson<{ id: string }>(
      thea('/api/clients', send('POST', { firstName: 'Noor', birthYear: 1986 })),
      201,
    )
    const inviteNoor = async () =>
      (await expectJson<{ token: string }>(thea(`/api/clients/${noor.id}/invitations`, { method: 'POST' }), 201)).token
    const [first, second] = [await inviteNoor(), await inviteNoor()]
    const self = await join(clinic.ask, first, 'noor@example.org')
    expect([await look(second), (await tryJoin(second, 'eve@example.org')).status]).toEqual([410, 410])
    expect((await tryJoin(await inviteNoor(), 'eve@example.org')).status).toBe(410)
    expect((await self(`/api/clients/${noor.id}`)).status).toBe(200)
  })
})
