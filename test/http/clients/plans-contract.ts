// The HTTP contract of agreed plans, for both runtimes.
import { expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, openAs, read, setZone, upload, type Runtime } from '../../support/asking.ts'

interface Plans {
  readonly items: readonly { readonly runMin: number; readonly weekdays: number[]; readonly by: string | null }[]
  readonly progress: readonly { readonly runs: number; readonly min: number; readonly agreed: object | null }[] | null
}
const HOUR_MS = 3_600_000
const FIT_EPOCH_S = 631_065_600

export function plansContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const scheme = { weekdays: [6, 2, 4], runMin: 30, intervals: { runS: 120, walkS: 60 }, reason: 'samen afgesproken' }

  it('keeps every agreement as a version, and counts the weeks beside it', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const plans = () => read<Plans>(request(`/api/clients/${clientId}/plans`))
    expect(await plans()).toEqual({ items: [], progress: null })
    const post = (body: object, status = 201) =>
      read<Plans>(request(`/api/clients/${clientId}/plans`, send('POST', body)), status)
    await post({ ...scheme, validFromMs: Date.now() - 30 * 24 * HOUR_MS })
    const after = await post({ ...scheme, runMin: 40, intervals: null })
    expect(after.items.map(({ runMin, weekdays, by }) => [runMin, weekdays, by])).toEqual([
      [40, [2, 4, 6], 'Thea'],
      [30, [2, 4, 6], 'Thea'],
    ])
    expect(after.progress).toHaveLength(8)
    expect(after.progress?.[0]?.agreed).toBeNull()
    expect(after.progress?.at(-1)).toMatchObject({ agreed: { runs: 3, min: 120 }, runs: 0, min: 0 })
    for (const wrong of [
      { ...scheme, weekdays: [] },
      { ...scheme, weekdays: [8] },
      { ...scheme, weekdays: [2, 2] },
      { ...scheme, runMin: 2 },
      { ...scheme, validFromMs: Date.now() + HOUR_MS },
    ])
      await post(wrong, 400)
    expect((await plans()).items).toHaveLength(2)
  })

  it('judges a run by what was agreed when it began, where it came without an agreement of its own', async () => {
    const request = await open()
    const clientId = await addClient(request)
    await read(setZone(request, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const plan = { ...scheme, intervals: null, validFromMs: Date.now() - 10 * 24 * HOUR_MS }
    await read(request(`/api/clients/${clientId}/plans`, send('POST', plan)), 201)
    const seconds = kinetics([{ forS: 3000, targetBpm: 124, speedMPerS: 2.2, stepsPerMin: 158 }], 5)
    const startedS = (daysAgo: number) => Math.floor(Date.now() / 1000) - daysAgo * 86_400 - FIT_EPOCH_S
    const [after, before] = await upload(request, clientId, {
      'after.fit': encodeRun(seconds, { startTime: startedS(5) }),
      'before.fit': encodeRun(seconds, { startTime: startedS(20) }),
    })
    const flagsOf = async (runId: string | undefined) =>
      (await read<{ flags: { kind: string }[] }>(request(`/api/runs/${runId}`))).flags.map(({ kind }) => kind)
    expect(await flagsOf(after?.runId)).toEqual(['F5.longer'])
    expect(await flagsOf(before?.runId)).toEqual([])
  })
}
