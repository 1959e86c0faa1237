// Being erased, on both runtimes. What is left in the files is looked at in test/node/erasure.test.ts.
import { expect, it } from 'vitest'
import { addClient, codeOf, read, setZone, upload } from '../../support/clinic-work.ts'
import { secure } from '../../support/secured.ts'
import { join, joinFirst, send } from '../../support/sign-in.ts'
import type { RightsRuntime } from './rights-runtime.ts'

export function erasureContract({ openNew, fixture }: RightsRuntime): void {
  const withClient = async () => {
    const { ask, firstToken } = await openNew()
    const staff = await joinFirst({ ask, firstToken })
    const clientId = await addClient(staff, 'Noor')
    await setZone(staff, clientId, { manualCeilingBpm: 140 }, 'talk test')
    const files = { 'a.fit': fixture('calm-run'), 'b.fit': fixture('near-duplicate') }
    const [run] = await upload(staff, clientId, files)
    const { token } = await read<{ token: string }>(
      staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }),
      201,
    )
    const noor = await join(ask, token, 'noor@example.org', { name: 'Noor' })
    return { ask, staff, noor, clientId, path: `/api/clients/${clientId}`, run: `/api/runs/${run?.runId}` }
  }

  it('erases a client who asks for it: record, runs, account and session; the log says so without a name', async () => {
    const { staff, noor, clientId, path, run } = await withClient()
    const wrong = await noor(path, send('DELETE', { confirmation: 'Nora' }))
    expect(await codeOf(wrong, 422)).toBe('NOT_CONFIRMED')
    expect(await codeOf(noor(path, send('DELETE', {})), 400)).toBe('INVALID_REQUEST')
    await read(noor(run))
    await read(noor(path, send('DELETE', { confirmation: ' noor ' })), 204)
    expect(await codeOf(noor('/api/me'), 401)).toBe('SIGNED_OUT')
    for (const gone of [path, run, `${path}/runs`, `${path}/zones`, `${path}/log`])
      expect(await codeOf(staff(gone), 404)).toBe('NOT_FOUND')
    expect((await read<{ items: object[] }>(staff('/api/clients'))).items).toEqual([])
    expect((await read<{ items: object[] }>(staff('/api/people'))).items).toHaveLength(1)
    const { items } = await read<{ items: object[] }>(staff('/api/audit?action=data.erase'))
    const nobody = { clientId: null, personId: null, cameFrom: null, detail: {}, whoStruck: true, whomStruck: true }
    // The first was not confirmed, and leaves a line as well where it does.
    expect(items[0]).toMatchObject({ action: 'data.erase', rule: 'client-self', ...nobody })
    expect((await read<{ items: object[] }>(staff(`/api/audit?clientId=${clientId}`))).items).toEqual([])
    expect(await read(staff('/api/audit/check'))).toMatchObject({ ok: true, seq: null })
  })

  it('erases on a written request by the administrator, who sees nothing of the client', async () => {
    const { ask, staff, path } = await withClient()
    const { token } = await read<{ token: string }>(
      staff('/api/invitations', send('POST', { roles: ['administrator'], groupIds: [] })),
      201,
    )
    const office = await join(ask, token, 'office@example.org')
    expect(await codeOf(office(path), 404)).toBe('NOT_FOUND')
    const search = (firstName: string) => office('/api/erasures/search', send('POST', { firstName }))
    expect(await read(search(' NOOR '))).toEqual({
      items: [{ id: path.split('/').at(-1), firstName: 'Noor', birthYear: 1986, groups: ['Groep 1'] }],
    })
    expect(await read(search('Noo'))).toEqual({ items: [] })
    const { items } = await read<{ items: { detail: object }[] }>(staff('/api/audit?action=erase.find'))
    expect(items.map(({ detail }) => detail)).toEqual([{ found: 0 }, { found: 1 }])
    const { personId } = await read<{ personId: string }>(office('/api/me'))
    await read(office(path, send('DELETE', { confirmation: 'Noor' })), 204)
    expect(await codeOf(staff(path), 404)).toBe('NOT_FOUND')
    // Who erased stays to be seen, and so does who of staff did what before; whom they did it to does not.
    const lines = await read<{ items: object[] }>(staff(`/api/audit?action=data.erase`))
    expect(lines.items).toMatchObject([{ personId, whoStruck: false, clientId: null, whomStruck: true }])
    const views = await read<{ items: object[] }>(staff('/api/audit?action=run.add'))
    expect(views.items[0]).toMatchObject({ personName: 'Thea', clientId: null, detail: {}, whomStruck: true })
    const check = await read<{ ok: boolean; struck: number }>(staff('/api/audit/check'))
    expect(check.ok).toBe(true)
    expect(check.struck).toBeGreaterThan(5)
  })

  it('keeps who looked in an emergency, and why, when their account is taken away; only the erasure strikes out why', async () => {
    const { ask, staff, clientId, path } = await withClient()
    const invite = staff('/api/invitations', send('POST', { roles: ['therapist'], groupIds: [] }))
    const looker = await secure(
      ask,
      await join(ask, (await read<{ token: string }>(invite, 201)).token, 'tom@example.org'),
    )
    const { personId } = await read<{ personId: string }>(looker('/api/me'))
    await read(looker('/api/break-glass', send('POST', { clientId, reason: 'gevallen bij het hek' })), 201)
    const listed = async () => (await read<{ items: object[] }>(staff('/api/break-glass'))).items
    await read(staff(`/api/people/${personId}`, { method: 'DELETE' }), 204)
    const gone = { personId, personName: null }
    expect(await listed()).toMatchObject([{ ...gone, client: { id: clientId }, reason: 'gevallen bij het hek' }])
    await read(staff(path, send('DELETE', { confirmation: 'Noor' })), 204)
    expect(await listed()).toMatchObject([{ ...gone, client: null, reason: null }])
    expect(await read(staff('/api/audit/check'))).toMatchObject({ ok: true })
  })

  it("erases nobody for a therapist who is no administrator, and no other clinic's client", async () => {
    const { ask, staff, path } = await withClient()
    const { items } = await read<{ items: { id: string }[] }>(staff('/api/groups'))
    const invited = { roles: ['therapist'], groupIds: items.map(({ id }) => id) }
    const { token } = await read<{ token: string }>(staff('/api/invitations', send('POST', invited)), 201)
    const therapist = await join(ask, token, 'tom@example.org')
    await read(therapist(path))
    expect(await codeOf(therapist(path, send('DELETE', { confirmation: 'Noor' })), 404)).toBe('NOT_FOUND')
    const elsewhere = await joinFirst(await openNew())
    expect(await codeOf(elsewhere(path, send('DELETE', { confirmation: 'Noor' })), 404)).toBe('NOT_FOUND')
    await read(staff(path))
  })
}
