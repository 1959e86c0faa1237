// The HTTP contract of one run recorded twice (rule T5), for both runtimes: it is asked, counts once until somebody answers,
// hides nothing of the harder one, and each answer can be taken back.
import { expect, it } from 'vitest'
import type { HandedIn } from '../../../fixtures/weeks/client.ts'
import { makeClient } from '../../../fixtures/weeks/kinds.ts'
import { goodChest, goodWrist } from '../../../fixtures/weeks/sensor.ts'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { bytesOf, handedInBy } from '../../support/twin-recordings.ts'
import { addClient, read, setZone, upload, type Runtime } from '../../support/asking.ts'

interface Shown {
  readonly id: string
  readonly nearDuplicateOf: string | null
  readonly elapsedS: number
  readonly combination: { readonly sources: readonly { readonly runId: string }[] } | null
  readonly twins: readonly {
    readonly runId: string
    readonly sign: string
    readonly laterS: number
    readonly counts: boolean
    readonly oneRun: boolean | null
    readonly answeredBy: string | null
  }[]
}

const FIT_EPOCH_S = 631_065_600
const HOUR_S = 3600
/** Yesterday morning in Amsterdam, whatever the time is. */
const morningS = () => Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400 + 8 * HOUR_S

export function twinsContract({ openNew }: Runtime): void {
  async function openWith() {
    const clinic = await openNew()
    const staff = await joinFirst(clinic)
    const clientId = await addClient(staff)
    await read(setZone(staff, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const shown = (runId?: string | null) => read<Shown>(staff(`/api/runs/${runId}`))
    const answer = (ask: Ask, runId: string | undefined, otherId: string | undefined, oneRun: boolean | null) =>
      read<Shown>(ask(`/api/runs/${runId}/twin`, send('PUT', { otherRunId: otherId, oneRun })))
    const runIds = async () =>
      (await read<{ items: { id: string }[] }>(staff(`/api/clients/${clientId}/runs`))).items.map(({ id }) => id)
    /** Minutes and runs of the last two weeks, as patterns count them. */
    const counted = async () => {
      const path = `/api/clients/${clientId}/patterns`
      const { weeks } = await read<{ weeks: { minutes: number; runs: number }[] }>(staff(path))
      const last = weeks.slice(-2)
      const sum = (of: (week: { minutes: number; runs: number }) => number) => last.reduce((n, week) => n + of(week), 0)
      return [sum(({ runs }) => runs), Math.round(sum(({ minutes }) => minutes))]
    }
    const waiting = async () => {
      const { items } = await read<{ items: readonly { kind: string }[] }>(staff('/api/flags'))
      return items.map(({ kind }) => kind).toSorted()
    }
    return { clinic, staff, clientId, shown, answer, runIds, counted, waiting }
  }
  /** An outing of forty minutes, as this device hands it in. */
  const outing = (more: Partial<HandedIn>): HandedIn => {
    const [first] = handedInBy(makeClient('steady_10_below', 2))
    if (first === undefined) throw new Error('a made client runs')
    const made = { ...first, startedAtMs: morningS() * 1000, offsetS: 7200, isSmart: false, lateS: 0, ...more }
    return { ...made, outing: { ...first.outing, minutes: 40 } }
  }
  const hardRun = (startS: number, targetBpm = 176) =>
    encodeRun(kinetics([{ forS: 900, targetBpm, speedMPerS: 3, stepsPerMin: 172 }], 7), {
      startTime: startS - FIT_EPOCH_S,
    })

  it('counts a run from two devices three minutes apart once, and asks; one run is shown as one, by one clock', async () => {
    const { staff, clientId, shown, answer, runIds, counted } = await openWith()
    const watch = outing({ sensor: goodWrist, device: 'watch', format: 'fit' })
    const phone = outing({ sensor: goodChest, device: 'phone', format: 'tcx', isSmart: true })
    const [one, other] = await upload(staff, clientId, {
      'watch.fit': bytesOf(watch),
      'phone.tcx': bytesOf({ ...phone, startedAtMs: phone.startedAtMs + 180_000 }),
    })
    expect([one?.result, other?.result]).toEqual(['added', 'near_duplicate'])
    expect(await counted()).toEqual([1, 40])
    const { twins, nearDuplicateOf } = await shown(other?.runId)
    expect(nearDuplicateOf).toBe(one?.runId)
    expect(twins).toMatchObject([{ runId: one?.runId, sign: 'heart_rate', oneRun: null }])
    expect(Math.abs((twins[0]?.laterS ?? 0) + 180)).toBeLessThan(30)
    const both = await answer(staff, other?.runId, one?.runId, true)
    expect([both.id, both.combination?.sources.map(({ runId }) => runId)]).toEqual([
      one?.runId,
      [one?.runId, other?.runId],
    ])
    // Their clocks are laid over each other: forty minutes, not forty-three.
    expect(Math.abs(both.elapsedS - 2400)).toBeLessThan(30)
    expect([await runIds(), await counted()]).toEqual([[one?.runId], [1, 40]])
    const apart = await answer(staff, one?.runId, other?.runId, null)
    expect([apart.combination, apart.twins.map(({ oneRun }) => oneRun)]).toEqual([null, [null]])
    expect(await counted()).toEqual([1, 40])
  })

  it('counts the same beats under a lost time zone once until somebody says that they are two runs', async () => {
    const { staff, clientId, shown, answer, runIds, counted } = await openWith()
    const watch = outing({ format: 'fit' })
    const local = bytesOf({ ...watch, format: 'tcx', startedAtMs: watch.startedAtMs + 2 * HOUR_S * 1000 })
    const [one, other] = await upload(staff, clientId, { 'local.tcx': local, 'watch.fit': bytesOf(watch) })
    expect(other?.result).toBe('near_duplicate')
    expect(await counted()).toEqual([1, 40])
    expect((await shown(one?.runId)).twins).toMatchObject([{ sign: 'same_beats', laterS: -2 * HOUR_S, counts: true }])
    expect((await answer(staff, one?.runId, other?.runId, false)).twins).toMatchObject([
      { oneRun: false, answeredBy: 'Thea' },
    ])
    expect(await counted()).toEqual([2, 80])
    expect((await shown(other?.runId)).nearDuplicateOf).toBeNull()
    await answer(staff, one?.runId, other?.runId, null)
    expect(await counted()).toEqual([1, 40])
    // One run: shown is the one whose clock knows UTC, whichever was there first.
    const both = await answer(staff, one?.runId, other?.runId, true)
    expect([both.id, await runIds(), await counted()]).toEqual([other?.runId, [other?.runId], [1, 40]])
    expect(Math.abs(both.elapsedS - 2399)).toBeLessThan(5)
    const { items } = await read<{ items: { action: string; detail: object }[] }>(staff('/api/audit?limit=5'))
    expect(items.find(({ action }) => action === 'run.same')?.detail).toEqual({
      runId: one?.runId,
      otherRunId: other?.runId,
      oneRun: true,
    })
  })

  it('keeps the flags of the harder one while it is asked, whichever comes first', async () => {
    for (const hardFirst of [false, true]) {
      const { staff, clientId, waiting, shown } = await openWith()
      const at = morningS()
      const files = [
        ['hard.fit', hardRun(at + 20)],
        ['calm.fit', hardRun(at, 120)],
      ] as const
      const [first, second] = await upload(
        staff,
        clientId,
        Object.fromEntries(hardFirst ? files : files.toReversed()) as Record<string, Uint8Array>,
      )
      expect(second?.result).toBe('near_duplicate')
      expect((await shown(second?.runId)).twins).toMatchObject([{ runId: first?.runId, sign: 'other_heart' }])
      expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
    }
  })

  it('raises what counts once its double is removed or they are called two', async () => {
    const { staff, clientId, waiting, answer } = await openWith()
    const at = morningS()
    const [harder, hard] = await upload(staff, clientId, { 'a.fit': hardRun(at), 'b.fit': hardRun(at + 20, 169) })
    expect([hard?.result, hard?.verdict]).toEqual(['near_duplicate', 'too_hard'])
    await read(staff(`/api/runs/${harder?.runId}`, { method: 'DELETE' }), 204)
    expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
    const [again] = await upload(staff, clientId, { 'a.fit': hardRun(at) })
    expect(again?.result).toBe('near_duplicate')
    await answer(staff, hard?.runId, again?.runId, false)
    expect(await waiting()).toEqual(expect.arrayContaining(['F1.above', 'F9.hard', 'G11.not_easing']))
    // Taken back, they are one run again, and what held of two only holds no more.
    await answer(staff, hard?.runId, again?.runId, null)
    expect(await waiting()).not.toContain('G11.not_easing')
    // Two all the same: what holds of two waits again, for nobody was done with it.
    await answer(staff, hard?.runId, again?.runId, false)
    expect(await waiting()).toContain('G11.not_easing')
  })

  it('never lays the samples of one run under the start of another: no stretch of a gap is an overlap', async () => {
    const { staff, clientId, runIds } = await openWith()
    const at = morningS()
    const parts = kinetics([{ forS: 3 * HOUR_S, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3)
    const lunch = (s: number) => s < 1200 || s >= 3 * HOUR_S - 1200
    const results = await upload(staff, clientId, {
      'morning.fit': encodeRun(parts, { startTime: at - FIT_EPOCH_S, writes: lunch }),
      'noon.fit': hardRun(at + HOUR_S),
    })
    expect(results.map(({ result }) => result)).toEqual(['added', 'added'])
    const [one, other] = results
    const refused = staff(`/api/runs/${one?.runId}/combination`, send('POST', { otherRunId: other?.runId }))
    expect(await read(refused, 422)).toMatchObject({ code: 'NOT_ONE_RUN' })
    expect(await runIds()).toHaveLength(2)
  })

  it('asks the client of their own runs too, and lists the question to be put right', async () => {
    const { clinic, staff, clientId, shown, answer } = await openWith()
    const { token } = await read<{ token: string }>(
      staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }),
      201,
    )
    const noor = await join(clinic.ask, token, 'noor@example.org', { name: 'Noor' })
    const at = morningS()
    const [one, other] = await upload(noor, clientId, { 'a.fit': hardRun(at, 120), 'b.fit': hardRun(at + 30, 120) })
    const upkeep = async () =>
      (await read<{ items: { kinds: string[]; twiceRunIds?: string[] }[] }>(staff('/api/flags/upkeep'))).items
    expect(await upkeep()).toMatchObject([{ kinds: ['no_plan', 'twice'], twiceRunIds: [other?.runId] }])
    await answer(noor, other?.runId, one?.runId, true)
    expect((await upkeep())[0]?.kinds).toEqual(['no_plan'])
    expect((await shown(one?.runId)).combination).not.toBeNull()
    const wrong = noor(`/api/runs/${one?.runId}/twin`, send('PUT', { otherRunId: one?.runId, oneRun: true }))
    expect(await read(wrong, 404)).toMatchObject({ code: 'NOT_FOUND' })
  })
}
