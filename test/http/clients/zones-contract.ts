// The HTTP contract of calm zones (rules B11, B12), for both runtimes: nothing rises unseen, nothing goes unsaid, a mistake is
// withdrawn, and what was judged by it is judged again.
import { expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { send, type Ask } from '../../support/sign-in.ts'
import { addClient, openAs, read, setZone, upload, type Runtime } from '../../support/asking.ts'

interface Version {
  readonly id: string
  readonly source: string
  readonly ceilingBpm: number | null
  readonly hardBpm: number | null
  readonly by: string | null
  readonly withdrawn: { readonly by: string | null; readonly reason: string } | null
}
interface Versions {
  readonly items: readonly Version[]
  readonly misjudgedRuns: number
}
interface RunDetail {
  readonly zoneFromLater: boolean
  readonly assessment: { readonly zoneVersionId: string | null; readonly zone: { readonly ceilingBpm: number | null } }
}
const DAY_MS = 86_400_000
const FIT_EPOCH_S = 631_065_600

export function zonesContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const post = (ask: Ask, clientId: string, body: object) => ask(`/api/clients/${clientId}/zones`, send('POST', body))
  const list = (ask: Ask, clientId: string) => read<Versions>(ask(`/api/clients/${clientId}/zones`))
  const talkTest = (ceiling: number) => ({ talkCeilingBpm: ceiling, talkTestedAtMs: Date.now() - 10 * DAY_MS })

  it('changes only what is mentioned: a resting rate raises neither talk test nor hard limit', async () => {
    const ask = await open()
    const id = await addClient(ask)
    await read(setZone(ask, id, { ...talkTest(130), manualHardBpm: 148 }), 201)
    expect(await read(setZone(ask, id, { restBpm: 60 }), 201)).toMatchObject({
      source: 'talktest',
      ceilingBpm: 130,
      hardBpm: 148,
      inputs: { restBpm: 60, talkCeilingBpm: 130, manualHardBpm: 148 },
      by: 'Thea',
    })
    // Saving an empty form changes nothing either.
    expect(await read(setZone(ask, id, {}), 201)).toMatchObject({ ceilingBpm: 130, hardBpm: 148 })
  })

  it('saves no rise that nobody confirmed, with old and new', async () => {
    const ask = await open()
    const id = await addClient(ask)
    await read(setZone(ask, id, { ...talkTest(130), manualHardBpm: 148 }), 201)
    const body = { inputs: { talkCeilingBpm: 134, manualHardBpm: null } }
    const confirm = [
      { code: 'CEILING_RISES', fromBpm: 130, toBpm: 134 },
      { code: 'HARD_RISES', fromBpm: 148, toBpm: 162 },
    ]
    const refused = { code: 'ZONE_UNCONFIRMED', errors: ['CEILING_RISES', 'HARD_RISES'], toConfirm: confirm }
    expect(await read(post(ask, id, body), 409)).toMatchObject(refused)
    expect(await read(post(ask, id, { ...body, confirmed: ['CEILING_RISES'] }), 409)).toMatchObject({
      errors: ['HARD_RISES'],
    })
    expect((await list(ask, id)).items).toHaveLength(1)
    const confirmed = { ...body, confirmed: ['CEILING_RISES', 'HARD_RISES'] }
    expect(await read(post(ask, id, confirmed), 201)).toMatchObject({ ceilingBpm: 134, hardBpm: 162 })
  })

  it('saves no rise of what held then by a change that is dated back', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const daysAgo = (days: number) => Date.now() - days * DAY_MS
    const limit = (bpm: number) => ({ inputs: { manualCeilingBpm: bpm }, reason: 'samen besproken' })
    await read(post(ask, id, { ...limit(130), validFromMs: daysAgo(20) }), 201)
    await read(post(ask, id, { ...limit(142), confirmed: ['CEILING_RISES'] }), 201)
    // Lower than what holds now, and a rise for the runs of the last ten days.
    const back = { ...limit(138), validFromMs: daysAgo(10) }
    expect(await read(post(ask, id, back), 409)).toMatchObject({
      errors: ['CEILING_RISES'],
      toConfirm: [{ code: 'CEILING_RISES', fromBpm: 130, toBpm: 138 }],
    })
    await read(post(ask, id, { ...back, confirmed: ['CEILING_RISES'] }), 201)
  })

  it('asks for a tick where a resting rate is over 100', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const body = { inputs: { restBpm: 110 } }
    expect(await read(post(ask, id, body), 409)).toMatchObject({ errors: ['REST_HIGH', 'CEILING_HIGH_OF_MAX'] })
    await read(post(ask, id, { ...body, confirmed: ['REST_HIGH', 'CEILING_HIGH_OF_MAX'] }), 201)
  })

  it('refuses numbers that no heart has, and a talk test that has not been', async () => {
    const ask = await open()
    const id = await addClient(ask)
    for (const [inputs, status] of [
      [{ manualCeilingBpm: 140, manualHardBpm: 1700 }, 400],
      [{ manualCeilingBpm: 140, manualHardBpm: 240 }, 422],
      [{ manualCeilingBpm: 140, manualFloorBpm: -20 }, 400],
      [{ manualCeilingBpm: 140, manualFloorBpm: 21 }, 422],
      [{ talkCeilingBpm: 140, talkTestedAtMs: Date.UTC(2099, 0, 1) }, 422],
      [{ talkCeilingBpm: 140 }, 422],
    ] as const)
      expect([JSON.stringify(inputs), (await setZone(ask, id, inputs, 'x')).status]).toEqual([
        JSON.stringify(inputs),
        status,
      ])
    expect((await list(ask, id)).items).toEqual([])
  })

  it('judges a run of before by the earliest version, and says so; a withdrawn one counts for nothing', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const mistake = await read<Version>(setZone(ask, id, { manualCeilingBpm: 150 }, 'typefout'), 201)
    const right = await read<Version>(setZone(ask, id, { manualCeilingBpm: 118 }, 'praattest'), 201)
    const seconds = kinetics([{ forS: 1800, targetBpm: 124, speedMPerS: 2.2, stepsPerMin: 158 }], 5)
    const startTime = Math.floor((Date.now() - DAY_MS) / 1000) - FIT_EPOCH_S
    const [uploaded] = await upload(ask, id, { 'yesterday.fit': encodeRun(seconds, { startTime }) })
    const run = () => read<RunDetail>(ask(`/api/runs/${uploaded?.runId}`))
    expect(await run()).toMatchObject({ zoneFromLater: true, assessment: { zoneVersionId: mistake.id } })
    expect((await list(ask, id)).misjudgedRuns).toBe(0)

    const withdrawn = await read<Version>(
      ask(`/api/clients/${id}/zones/${mistake.id}/withdrawal`, send('POST', { reason: '150 was een typefout' })),
    )
    expect(withdrawn.withdrawn).toMatchObject({ by: 'Thea', reason: '150 was een typefout' })
    expect((await list(ask, id)).misjudgedRuns).toBe(1)
    expect(await read(ask(`/api/clients/${id}/zones/judgements`, { method: 'POST' }))).toEqual({ judged: 1, left: 0 })
    expect(await run()).toMatchObject({
      zoneFromLater: true,
      assessment: { zoneVersionId: right.id, zone: { ceilingBpm: 118 } },
    })
    expect((await list(ask, id)).misjudgedRuns).toBe(0)
    expect(await read<{ zone: Version }>(ask(`/api/clients/${id}`))).toMatchObject({ zone: { ceilingBpm: 118 } })
  })

  it('takes a limit that holds from an earlier day, and no one for a moment to come', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const seconds = kinetics([{ forS: 1800, targetBpm: 124, speedMPerS: 2.2, stepsPerMin: 158 }], 5)
    await read(setZone(ask, id, { manualCeilingBpm: 150 }, 'eerste'), 201)
    const startTime = Math.floor((Date.now() - 3 * DAY_MS) / 1000) - FIT_EPOCH_S
    const [uploaded] = await upload(ask, id, { 'earlier.fit': encodeRun(seconds, { startTime }) })
    const back = { inputs: { manualCeilingBpm: 120 }, reason: 'op papier', validFromMs: Date.now() - 5 * DAY_MS }
    await read(post(ask, id, { ...back, validFromMs: Date.now() + DAY_MS }), 400)
    const dated = await read<Version>(post(ask, id, back), 201)
    expect((await list(ask, id)).misjudgedRuns).toBe(1)
    await read(ask(`/api/clients/${id}/zones/judgements`, { method: 'POST' }))
    expect(await read<RunDetail>(ask(`/api/runs/${uploaded?.runId}`))).toMatchObject({
      zoneFromLater: false,
      assessment: { zoneVersionId: dated.id },
    })
  })

  it('puts what is dated back in the place of all that was saved before, and what rises by it is seen first', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const limits = (ceiling: number) => ({ manualCeilingBpm: ceiling, manualHardBpm: ceiling + 20 })
    const daysAgo = (days: number) => Date.now() - days * DAY_MS
    const rises = ['CEILING_RISES', 'HARD_RISES']
    const body = { reason: 'praattest' }
    await read(post(ask, id, { ...body, inputs: limits(120), validFromMs: daysAgo(200) }), 201)
    await read(post(ask, id, { ...body, inputs: limits(150), confirmed: rises }), 201)
    // Lower than today's, higher than what held a hundred days ago.
    const back = { ...body, inputs: limits(149), validFromMs: daysAgo(100) }
    expect(await read(post(ask, id, back), 409)).toMatchObject({
      toConfirm: [
        { code: 'CEILING_RISES', fromBpm: 120, toBpm: 149 },
        { code: 'HARD_RISES', fromBpm: 140, toBpm: 169 },
      ],
    })
    await read(post(ask, id, { ...back, confirmed: rises }), 201)
    const inForce = async () => (await read<{ zone: Version | null }>(ask(`/api/clients/${id}`))).zone?.ceilingBpm
    expect(await inForce()).toBe(149)
    // A mistake of this morning is put right by a limit that holds from midnight on.
    await read(post(ask, id, { ...body, inputs: limits(118), validFromMs: daysAgo(0.5) }), 201)
    expect(await inForce()).toBe(118)
  })

  it('withdraws no limit that holds off another before it is seen what rises by it', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const first = await read<Version>(setZone(ask, id, { manualCeilingBpm: 150, manualHardBpm: 170 }, 'eerste'), 201)
    const second = await read<Version>(setZone(ask, id, { manualCeilingBpm: 120, manualHardBpm: 140 }, 'lager'), 201)
    const withdraw = (zoneId: string, confirmed: readonly string[] = []) =>
      ask(`/api/clients/${id}/zones/${zoneId}/withdrawal`, send('POST', { reason: 'x', confirmed }))
    const rises = ['CEILING_RISES', 'HARD_RISES']
    expect(await read(withdraw(second.id), 409)).toMatchObject({
      code: 'ZONE_UNCONFIRMED',
      toConfirm: [
        { code: 'CEILING_RISES', fromBpm: 120, toBpm: 150 },
        { code: 'HARD_RISES', fromBpm: 140, toBpm: 170 },
      ],
    })
    expect((await list(ask, id)).items.map(({ withdrawn }) => withdrawn)).toEqual([null, null])
    await read(withdraw(second.id, rises))
    // The last one goes.
    expect(await read(withdraw(first.id), 409)).toMatchObject({
      toConfirm: [
        { code: 'CEILING_RISES', fromBpm: 150, toBpm: null },
        { code: 'HARD_RISES', fromBpm: 170, toBpm: null },
      ],
    })
    await read(withdraw(first.id, rises))
    // Twice changes nothing.
    await read(withdraw(first.id))
  })

  it('raises what is recent among runs of half a year that are judged again at once', async () => {
    const ask = await open()
    const id = await addClient(ask)
    const weekly = (from: number, to: number) =>
      Object.fromEntries(
        Array.from({ length: to - from }, (_, i): [string, Uint8Array] => {
          const seconds = kinetics([{ forS: 700, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], from + i)
          const startTime = Math.floor((Date.now() - (7 * (from + i) + 1) * DAY_MS) / 1000) - FIT_EPOCH_S
          return [`${from + i}.fit`, encodeRun(seconds, { startTime })]
        }),
      )
    await upload(ask, id, weekly(0, 13))
    await upload(ask, id, weekly(13, 25))
    await read(setZone(ask, id, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const judged = read(ask(`/api/clients/${id}/zones/judgements`, { method: 'POST' }))
    expect(await judged).toEqual({ judged: 25, left: 0 })
    const { items } = await read<{ items: { kind: string }[] }>(ask('/api/flags'))
    expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['F1.above', 'F9.hard', 'G11.not_easing']))
  })

  it('knows no version of somebody else', async () => {
    const ask = await open()
    const [noor, bo] = [await addClient(ask), await addClient(ask, 'Bo')]
    const version = await read<Version>(setZone(ask, noor, { manualCeilingBpm: 140 }, 'praattest'), 201)
    await read(ask(`/api/clients/${bo}/zones/${version.id}/withdrawal`, send('POST', { reason: 'x' })), 404)
    expect((await list(ask, noor)).items[0]?.withdrawn).toBeNull()
  })
}
