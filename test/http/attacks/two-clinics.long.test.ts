import { afterAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../../support/browser.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { join, joinFirst, send } from '../../support/sign-in.ts'
import { expectJson } from '../../support/expect-json.ts'
import { makeWorld } from '../../support/world.ts'

afterAll(closeClinics)

describe('two clinics in one process, under one secret', () => {
  it('let no session of one reach anything of the other', async () => {
    const [here, there] = [await openClinic(), await openClinic()]
    const ours = openBrowser(here.ask)
    await joinFirst({ ...here, ask: ours.ask })
    const world = await makeWorld(there)
    const intruder = openBrowser(there.ask)
    for (const [name, value] of ours.cookies) intruder.cookies.set(name, value)
    expect((await ours.ask('/api/clients')).status).toBe(200)
    for (const path of [
      '/api/me',
      '/api/clients',
      `/api/clients/${world.noor}`,
      `/api/runs/${world.runId}`,
      '/api/audit',
    ])
      expect([path, (await intruder.ask(path)).status]).toEqual([path, 401])
    // By an id of the other alone: not there.
    for (const path of [`/api/clients/${world.noor}`, `/api/runs/${world.runId}`, `/api/runs/${world.runId}/series`])
      expect([path, (await ours.ask(path)).status]).toEqual([path, 404])
    const cursor = (await expectJson<{ nextCursor: string }>(ours.ask('/api/clients'))).nextCursor
    expect(cursor).toBeNull()
  })

  it('take no invitation of each other, and have the same person twice, who is two people', async () => {
    const [here, there] = [await openClinic(), await openClinic()]
    const [ours, theirs] = [await joinFirst(here), await joinFirst(there)]
    const invitation = send('POST', { roles: ['therapist'], groupIds: [] })
    const { token } = await expectJson<{ token: string }>(ours('/api/invitations', invitation), 201)
    expect((await there.ask('/api/invitations/look', send('POST', { token }))).status).toBe(410)
    const both = [await join(here.ask, token, 'bo@example.org'), theirs] as const
    const ids = await Promise.all(
      both.map(async (ask) => (await expectJson<{ personId: string }>(ask('/api/me'))).personId),
    )
    expect(new Set(ids).size).toBe(2)
    expect(
      (
        await there.ask(
          '/api/auth/sign-in/email',
          send('POST', { email: 'bo@example.org', password: 'een lang wachtwoord' }),
        )
      ).status,
    ).toBe(401)
  })
})
