// The HTTP contract of clients and their zones, for both runtimes.
import { expect, it } from 'vitest'
import { send } from '../../support/sign-in.ts'
import { addClient, read, setZone, openAs, type Runtime } from '../../support/asking.ts'

export function clientsContract(runtime: Runtime): void {
  const open = openAs(runtime)

  it('keeps clients, lists them by name in pages, and changes them', async () => {
    const request = await open()
    for (const name of ['Cem', 'Anna', 'Bo']) await addClient(request, name)
    const first = await read<{ items: { firstName: string; id: string }[]; nextCursor: string }>(
      request('/api/clients?limit=2'),
    )
    expect(first.items.map(({ firstName }) => firstName)).toEqual(['Anna', 'Bo'])
    const next = await read<typeof first>(request(`/api/clients?limit=2&cursor=${first.nextCursor}`))
    expect([next.items.map(({ firstName }) => firstName), next.nextCursor]).toEqual([['Cem'], null])
    const anna = `/api/clients/${first.items[0]?.id}`
    expect(await read(request(anna, send('PATCH', { watchLevel: 'extra' })))).toMatchObject({
      firstName: 'Anna',
      watchLevel: 'extra',
      runCount: 0,
      zone: null,
    })
  })

  it('says what I may do with a client', async () => {
    const request = await open()
    const client = await addClient(request)
    const { actions } = await read<{ actions: string[] }>(request(`/api/clients/${client}`))
    expect(actions).toContain('zone.set')
    expect(actions).not.toContain('log.view')
    const { items } = await read<{ items: { clients: number; clientIds: string[] }[] }>(request('/api/groups'))
    expect(items).toMatchObject([{ clients: 1, clientIds: [client] }])
  })

  it('keeps every zone version, and refuses what cannot be one', async () => {
    const request = await open()
    const client = await addClient(request)
    expect(await read(setZone(request, client, { restBpm: 60 }), 201)).toMatchObject({ source: 'hrr_age' })
    expect(await read(setZone(request, client, { manualCeilingBpm: 140 }), 422)).toMatchObject({
      code: 'REASON_REQUIRED',
    })
    expect(await read(setZone(request, client, { manualCeilingBpm: 199 }, 'x'), 422)).toMatchObject({
      code: 'ZONE_REJECTED',
      errors: ['CEILING_ABOVE_90_MAX'],
    })
    const higher = { inputs: { manualCeilingBpm: 140 }, reason: 'talk test', confirmed: ['CEILING_RISES'] }
    expect(await read(request(`/api/clients/${client}/zones`, send('POST', higher)), 201)).toMatchObject({
      source: 'manual',
      ceilingBpm: 140,
    })
    const { items } = await read<{ items: { source: string }[] }>(request(`/api/clients/${client}/zones`))
    expect(items.map(({ source }) => source).toSorted()).toEqual(['hrr_age', 'manual'])
  })
}
