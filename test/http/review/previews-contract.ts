// The HTTP contract of "what would have been flagged", for both runtimes.
import { expect, it } from 'vitest'
import { hardRun } from '../../support/world.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, openAs, read, setZone, upload, type Runtime } from '../../support/asking.ts'

interface Preview {
  readonly runs: number
  readonly kinds: readonly { readonly kind: string; readonly now: number; readonly would: number }[]
  readonly verdicts: readonly { readonly verdict: string; readonly now: number; readonly would: number }[]
  readonly changed: readonly { readonly runId: string; readonly verdictThen: string; readonly goneKinds: string[] }[]
}

export function previewsContract(runtime: Runtime): void {
  const open = openAs(runtime)

  it('says what another limit would have said of the last runs, saves nothing, and judging again then says the same', async () => {
    const request = await open()
    const clientId = await addClient(request)
    await read(setZone(request, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const [run] = await upload(request, clientId, { 'hard.fit': hardRun(Date.now()) })
    const wanted = {
      inputs: { manualCeilingBpm: 180, manualHardBpm: 195, overrideAgeEstimate: true },
      reason: 'gemeten',
    }
    const path = `/api/clients/${clientId}/zones`
    const preview = await read<Preview>(request(`${path}/preview`, send('POST', wanted)))
    expect(preview.runs).toBe(1)
    expect(preview.verdicts).toEqual([
      { verdict: 'calm', now: 0, would: 1 },
      { verdict: 'too_hard', now: 1, would: 0 },
    ])
    expect(preview.kinds).toEqual(expect.arrayContaining([{ kind: 'F9.hard', now: 1, would: 0 }]))
    expect(preview.changed).toMatchObject([{ runId: run?.runId, verdictThen: 'calm' }])
    expect((await read<{ items: unknown[] }>(request(path))).items).toHaveLength(1)
    const detail = () =>
      read<{ verdict: string; flags: { kind: string; level: string }[]; assessments: unknown[] }>(
        request(`/api/runs/${run?.runId}`),
      )
    const before = await detail()
    expect(before.assessments).toHaveLength(1)
    // Saved for the days of the run too: a run is judged by the version that held when it began (rule B12).
    const saved = { ...wanted, validFromMs: Date.now() - 86_400_000, confirmed: ['CEILING_RISES', 'HARD_RISES'] }
    await read(request(path, send('POST', saved)), 201)
    await read(request(`/api/runs/${run?.runId}/assessments`, { method: 'POST' }), 201)
    const after = await detail()
    expect(after.verdict).toBe('calm')
    const raised = ({ flags }: typeof before) => flags.filter(({ level }) => level !== 'note').map(({ kind }) => kind)
    expect(preview.changed[0]?.goneKinds.toSorted()).toEqual(
      raised(before)
        .filter((kind) => !raised(after).includes(kind))
        .toSorted(),
    )
    await read(request(`${path}/preview`, send('POST', { inputs: { manualCeilingBpm: 20 }, reason: 'x' })), 422)
  })

  it('counts over the clinic what other settings would have said, and names nobody', async () => {
    const request = await open()
    const clientId = await addClient(request)
    await read(setZone(request, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    await upload(request, clientId, { 'hard.fit': hardRun(Date.now()) })
    const wanted = { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: { 'verdict.aboveAttentionShare': 0.6 } }
    const answer = await request('/api/settings/preview', send('POST', wanted))
    const text = await answer.clone().text()
    const preview = await read<Preview & { clients: number; changedRuns: number }>(answer)
    expect(preview).toMatchObject({ runs: 1, clients: 1, leftOut: 0 })
    expect(text).not.toContain(clientId)
    expect((await read<{ current: { version: number } }>(request('/api/settings'))).current.version).toBe(0)
    const refused = { ...wanted, parameters: { nonsense: 1 } }
    await read(request('/api/settings/preview', send('POST', refused)), 422)
  })
}
