// What was removed, and what is shared no more, against archives of before: on both runtimes, here and at another clinic, in
// whichever order the archives come.
import { unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { addClient, read, upload } from '../../support/clinic-work.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import type { RightsRuntime } from './rights-runtime.ts'
import { getZip, jsonOf, rezip, sendZip } from './data.ts'

interface Told {
  readonly agreed: boolean
  readonly items: readonly { readonly id: string; readonly whatHelped: string | null }[]
}

export function removalsContract({ openNew, fixture }: RightsRuntime): void {
  const withNoor = async () => {
    const clinic = await openNew()
    const staff = await joinFirst(clinic)
    const clientId = await addClient(staff, 'Noor')
    const runs = await upload(staff, clientId, { 'a.fit': fixture('calm-run'), 'b.fit': fixture('two-activities') })
    const path = `/api/clients/${clientId}`
    const { token } = await read<{ token: string }>(staff(`${path}/invitations`, { method: 'POST' }), 201)
    const noor = await join(clinic.ask, token, 'noor@example.org', { name: 'Noor' })
    await read(noor(`${path}/sharing`, send('PUT', { agreed: true })))
    await tell(noor, path, 'iets heel eigens')
    return { staff, noor, clientId, path, runs: runs.map(({ runId }) => runId) }
  }
  const elsewhere = async () => {
    const staff = await joinFirst(await openNew())
    return { staff, clientId: await addClient(staff, 'Iemand') }
  }
  const tell = (noor: Ask, path: string, whatHelped: string) =>
    read(noor(`${path}/after-runs`, send('POST', { whatHelped })), 201)
  const toldBy = (ask: Ask, clientId: string) => read<Told>(ask(`/api/clients/${clientId}/after-runs`))
  const helped = async (ask: Ask, clientId: string) =>
    (await toldBy(ask, clientId)).items.map(({ whatHelped }) => whatHelped)
  const countRuns = async (ask: Ask, clientId: string) =>
    (await read<{ items: object[] }>(ask(`/api/clients/${clientId}/runs`))).items.length
  const removeTold = async (noor: Ask, clientId: string) => {
    for (const { id } of (await toldBy(noor, clientId)).items)
      await read(noor(`/api/clients/${clientId}/after-runs/${id}`, { method: 'DELETE' }))
  }

  it('brings back no run and nothing told that the client removed, however often an archive of before comes', async () => {
    const { staff, noor, clientId, path, runs } = await withNoor()
    const before = await getZip(staff, clientId)
    await removeTold(noor, clientId)
    await read(noor(`/api/runs/${runs[0]}`, { method: 'DELETE' }), 204)
    // One of two activities: its file stays for the other.
    await read(noor(`/api/runs/${runs[1]}`, { method: 'DELETE' }), 204)
    for (const _time of [1, 2]) {
      const imported = { zonesAdded: 0, runsAdded: 0, runsAlreadyThere: 1, runsRemovedBefore: 2 }
      expect(await read(sendZip(staff, clientId, before))).toEqual(imported)
      expect([await countRuns(noor, clientId), await helped(noor, clientId)]).toEqual([1, []])
    }
    await tell(noor, path, 'de vogels')
    await read(sendZip(staff, clientId, before))
    expect(await helped(noor, clientId)).toEqual(['de vogels'])
  })

  it.each(['old first', 'new first'])(
    'is told to another clinic, where it wins: the archive from before it comes %s',
    async (order) => {
      const { staff, noor, clientId, runs } = await withNoor()
      const before = await getZip(staff, clientId)
      await removeTold(noor, clientId)
      await read(noor(`/api/runs/${runs[0]}`, { method: 'DELETE' }), 204)
      const after = await getZip(staff, clientId)
      const there = await elsewhere()
      for (const zip of order === 'old first' ? [before, after, before] : [after, before])
        await read(sendZip(there.staff, there.clientId, zip))
      expect([await countRuns(there.staff, there.clientId), await helped(there.staff, there.clientId)]).toEqual([2, []])
      expect(jsonOf(await getZip(there.staff, there.clientId))['removals']).toEqual(jsonOf(after)['removals'])
    },
  )

  it('is lifted by the client alone, who brings the file in again; staff are told why it does not come in', async () => {
    const { staff, noor, clientId, runs } = await withNoor()
    await read(noor(`/api/runs/${runs[0]}`, { method: 'DELETE' }), 204)
    const removed = await getZip(staff, clientId)
    const again = { 'again.fit': fixture('calm-run') }
    expect(await upload(staff, clientId, again)).toMatchObject([{ result: 'not_usable', code: 'REMOVED_BY_CLIENT' }])
    expect(await upload(noor, clientId, again)).toMatchObject([{ code: null }])
    // An archive of while it was removed does not take it away again.
    expect(await read(sendZip(staff, clientId, removed))).toMatchObject({ runsRemovedBefore: 0 })
    expect(await countRuns(noor, clientId)).toBe(3)
    const there = await elsewhere()
    for (const zip of [removed, await getZip(staff, clientId)]) await read(sendZip(there.staff, there.clientId, zip))
    expect(await countRuns(there.staff, there.clientId)).toBe(3)
  })

  it('keeps away what staff removed too: a run of a lent watch, a note on rest days by mistake', async () => {
    const { staff, clientId, path, runs } = await withNoor()
    const written = staff(`${path}/rest-notes`, send('POST', { kind: 'score', score: 24 }))
    const { items } = await read<{ items: { id: string }[] }>(written, 201)
    const before = await getZip(staff, clientId)
    await read(staff(`/api/runs/${runs[0]}`, { method: 'DELETE' }), 204)
    await read(staff(`${path}/rest-notes/${items[0]?.id}`, { method: 'DELETE' }))
    const imported = await read(sendZip(staff, clientId, before))
    expect(imported).toMatchObject({ runsAdded: 0, runsRemovedBefore: 1 })
    expect(await read(staff(`${path}/rest-notes`))).toEqual({ items: [] })
    // Staff removed it, so staff may bring it in.
    expect(await upload(staff, clientId, { 'a.fit': fixture('calm-run') })).toMatchObject([{ code: null }])
  })

  it('stores nothing told without agreement: not after a withdrawal here, nor after one that the archive tells of', async () => {
    const { staff, noor, clientId, path } = await withNoor()
    const before = await getZip(staff, clientId)
    await removeTold(noor, clientId)
    await read(noor(`${path}/sharing`, send('PUT', { agreed: false })))
    const after = await getZip(noor, clientId)
    await read(sendZip(staff, clientId, before))
    expect(await toldBy(noor, clientId)).toMatchObject({ agreed: false, items: [] })
    const there = await elsewhere()
    for (const zip of [after, before]) await read(sendZip(there.staff, there.clientId, zip))
    const json = jsonOf(await getZip(there.staff, there.clientId))
    expect([json['afterRuns'], json['sharing']]).toEqual([[], jsonOf(after)['sharing']])
  })

  it('takes a withdrawal that is newer than the last word here, and no agreement that is', async () => {
    const { staff, noor, clientId } = await withNoor()
    const zip = await getZip(staff, clientId)
    const said = (agreed: boolean, inMs: number) =>
      rezip(unzipSync(zip), { ...jsonOf(zip), sharing: [{ atMs: Date.now() + inMs, agreed }] })
    await read(sendZip(staff, clientId, said(true, -1)))
    expect((await toldBy(noor, clientId)).agreed).toBe(true)
    await read(sendZip(staff, clientId, said(false, 60_000)))
    expect((await toldBy(noor, clientId)).agreed).toBe(false)
    await read(sendZip(staff, clientId, said(true, 60_000)))
    expect((await toldBy(noor, clientId)).agreed).toBe(false)
  })

  it('leaves out what was told while nothing was shared, once it is shared again', async () => {
    const { staff, noor, clientId, path } = await withNoor()
    await removeTold(noor, clientId)
    await read(noor(`${path}/sharing`, send('PUT', { agreed: false })))
    await read(noor(`${path}/sharing`, send('PUT', { agreed: true })))
    await tell(noor, path, 'weer gedeeld')
    const zip = await getZip(staff, clientId)
    const json = jsonOf(zip)
    const [told] = json['afterRuns'] as { atMs: number }[]
    const withdrawnAtMs =
      (json['sharing'] as { atMs: number; agreed: boolean }[]).find(({ agreed }) => !agreed)?.atMs ?? 0
    const between = { ...told, atMs: withdrawnAtMs, writtenAtMs: withdrawnAtMs, whatHelped: 'niet gedeeld' }
    const there = await elsewhere()
    await read(sendZip(there.staff, there.clientId, rezip(unzipSync(zip), { ...json, afterRuns: [told, between] })))
    expect(await helped(there.staff, there.clientId)).toEqual(['weer gedeeld'])
  })
}
