// The HTTP contract of two sources of one run, for both runtimes.
import { expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../../fixtures/fit/made-runs.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload, openAs, type Runtime } from '../../support/asking.ts'

export function sourcesContract(runtime: Runtime): void {
  const open = openAs(runtime)

  it('puts two sources of one run together, shows where each second came from, and takes them apart again', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const lost = seconds.map((second, s) => (s >= 500 && s < 1000 ? { ...second, bpm: 0 } : second))
    const [strap, wrist] = await upload(request, client, {
      'strap.fit': encodeRun(lost),
      'wrist.fit': encodeRun(seconds, { sensor: 'wrist', startTime: START + 30 }),
    })
    expect([strap?.verdict, wrist?.result]).toEqual(['cannot_tell:signal', 'near_duplicate'])
    interface Shown {
      readonly verdict: string
      readonly elapsedS: number
      readonly assessments: { readonly verdict: string }[]
      readonly combination: {
        readonly sources: { runId: string; seconds: number }[]
        readonly agreement: object
      } | null
    }
    const runs = async () =>
      (await read<{ items: { id: string }[] }>(request(`/api/clients/${client}/runs`))).items.map(({ id }) => id)
    const path = `/api/runs/${strap?.runId}`
    const both = await read<Shown>(request(`${path}/combination`, send('POST', { otherRunId: wrist?.runId })), 201)
    expect([both.verdict, both.elapsedS]).toEqual(['calm', 1529])
    expect(both.combination?.sources.map(({ runId }) => runId)).toEqual([strap?.runId, wrist?.runId])
    expect(both.combination?.agreement).toMatchObject({ seconds: 970 })
    expect(await runs()).toEqual([strap?.runId])
    const { source } = await read<{ source: number[] }>(request(`${path}/series`))
    expect([source[100], source[700], source[1100], source.at(-1)]).toEqual([1, 2, 1, 2])
    const again = request(`${path}/combination`, send('POST', { otherRunId: wrist?.runId }))
    expect((await read<{ code: string }>(again, 409)).code).toBe('ALREADY_COMBINED')

    const apart = await read<Shown>(request(`${path}/combination`, { method: 'DELETE' }))
    expect([apart.verdict, apart.combination, apart.assessments.map(({ verdict }) => verdict)]).toEqual([
      'cannot_tell:signal',
      null,
      ['cannot_tell:signal', 'calm', 'cannot_tell:signal'],
    ])
    expect((await runs()).toSorted()).toEqual([strap?.runId, wrist?.runId].toSorted())
    expect(await read(request(`/api/runs/${wrist?.runId}`))).toMatchObject({ nearDuplicateOf: strap?.runId })
    const [later] = await upload(request, client, { 'later.fit': encodeRun(seconds, { startTime: START + 9000 }) })
    const never = request(`${path}/combination`, send('POST', { otherRunId: later?.runId }))
    expect((await read<{ code: string }>(never, 422)).code).toBe('NOT_ONE_RUN')
  })

  it('judges what is left when one of two sources is removed', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const lost = seconds.map((second, s) => (s >= 500 && s < 1000 ? { ...second, bpm: 0 } : second))
    const files = { 'strap.fit': encodeRun(lost), 'wrist.fit': encodeRun(seconds, { sensor: 'wrist' }) }
    const [strap, wrist] = await upload(request, client, files)
    await read(request(`/api/runs/${strap?.runId}/combination`, send('POST', { otherRunId: wrist?.runId })), 201)
    await read(request(`/api/runs/${wrist?.runId}`, { method: 'DELETE' }), 204)
    expect(await read(request(`/api/runs/${strap?.runId}`))).toMatchObject({
      verdict: 'cannot_tell:signal',
      combination: null,
    })
  })
}
