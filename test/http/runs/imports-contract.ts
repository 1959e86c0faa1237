// The HTTP contract of imports that go on without the request that began them, for both runtimes.
import { zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { formOf, openAs, read, addClient, type Runtime } from '../../support/asking.ts'
import { endOfImport, laterImport, type Import } from '../../support/imports.ts'
import { join, joinFirst, send } from '../../support/sign-in.ts'

export function importsContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const { fixture, openNew } = runtime
  const files = () => ({
    'calm.fit': fixture('calm-run'),
    'settings.fit': fixture('settings'),
    'export.zip': zipSync({ 'hard.fit': fixture('too-hard-run'), 'a.json': new Uint8Array(9) }),
  })

  it('answers early where whoever asks does not wait, goes on, and has the same answer in the end', async () => {
    const request = await open()
    const [noor, fay] = [await addClient(request), await addClient(request, 'Fay')]
    const direct = await read<Pick<Import, 'results' | 'left'>>(
      request(`/api/clients/${fay}/runs`, { method: 'POST', body: formOf(files()) }),
    )
    const address = await laterImport(request, noor, files())
    expect(address).toMatch(new RegExp(`^/api/clients/${noor}/imports/[^/]+$`))
    const { results, left, ...ended } = await endOfImport(request, address)
    const plain = (some: Import['results']) => some.map((one) => ({ ...one, runId: one.runId === null ? null : 'id' }))
    expect({ results: plain(results), left }).toEqual({ results: plain(direct.results), left: direct.left })
    expect(ended).toMatchObject({ state: 'done', code: null, message: null, file: null, files: { done: 4, total: 4 } })
    expect((await read<Import>(request(`${address}?from=2`))).results).toEqual(results.slice(2))
    const runs = await read<{ items: unknown[] }>(request(`/api/clients/${noor}/runs`))
    expect(runs.items).toHaveLength(2)
  })

  it('keeps nothing of an answer that was given at once, and the other one until somebody forgets it', async () => {
    const request = await open()
    const noor = await addClient(request)
    const list = async () => (await read<{ items: Import[] }>(request(`/api/clients/${noor}/imports`))).items
    await read(request(`/api/clients/${noor}/runs`, { method: 'POST', body: formOf(files()) }))
    expect(await list()).toEqual([])
    const address = await laterImport(request, noor, files())
    await endOfImport(request, address)
    expect((await list()).map(({ id, state }) => [address.endsWith(id), state])).toEqual([[true, 'done']])
    await read(request(address, { method: 'DELETE' }), 204)
    expect(await list()).toEqual([])
    expect(await read(request(address), 404)).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('tells of an import whoever began it, and nobody else who may bring in files', async () => {
    const clinic = await openNew()
    const thea = await joinFirst(clinic)
    const noor = await addClient(thea)
    const { items: groups } = await read<{ items: { id: string }[] }>(thea('/api/groups'))
    const invited = { roles: ['therapist'], groupIds: groups.map(({ id }) => id) }
    const { token } = await read<{ token: string }>(thea('/api/invitations', send('POST', invited)), 201)
    const tess = await join(clinic.ask, token, 'tess@example.org')
    const address = await laterImport(thea, noor, files())
    const { results } = await endOfImport(thea, address)
    expect(results).toHaveLength(3)
    await read(tess(address), 404)
    await read(tess(address, { method: 'DELETE' }), 404)
    expect(await read(tess(`/api/clients/${noor}/imports`))).toEqual({ items: [] })
    await read(clinic.ask(address), 401)
    // Whoever may not see her any more is told nothing of what they began.
    const own = await laterImport(tess, noor, { 'calm.fit': fixture('calm-run') })
    await endOfImport(tess, own)
    const { personId } = await read<{ personId: string }>(tess('/api/me'))
    await read(thea(`/api/people/${personId}/roles`, send('PUT', { roles: [] })))
    await read(tess(own), 404)
  })

  it('refuses a form that it does not take before anything goes on by itself', async () => {
    const request = await open()
    const noor = await addClient(request)
    const body = formOf(files())
    body.append('planned', '30')
    const asked = request(`/api/clients/${noor}/runs`, { method: 'POST', body, headers: { prefer: 'wait=0' } })
    expect(await read(asked, 400)).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(await read(request(`/api/clients/${noor}/imports`))).toEqual({ items: [] })
  })
}
