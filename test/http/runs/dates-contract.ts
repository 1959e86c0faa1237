// The HTTP contract of runs whose device's date cannot be right (rule T4), for both runtimes: they silence nothing, they are
// asked about, and what is said moves the run, its judgement and its flags.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload, type Runtime } from '../../support/asking.ts'

const DAY_MS = 86_400_000
const WEEKS_LOST_MS = 1024 * 7 * DAY_MS
const FIT_EPOCH_MS = 631_065_600_000
const CLOCK_2000_MS = Date.UTC(2000, 0, 1, 0, 10)

interface Shown {
  readonly id: string
  readonly startedAtMs: number
  readonly warnings: readonly string[]
  readonly verdict: string
  readonly nearDuplicateOf: string | null
  readonly dating: {
    readonly fileStartedAtMs: number
    readonly saidAtMs: number | null
    readonly proposedAtMs: number | null
  } | null
}
interface Archived {
  readonly dating: { readonly fileStartedAtMs: number } | null
  readonly recording: { readonly startedAtMs: number }
}
interface Row {
  readonly kind: string
  readonly aboutMs: number
  readonly momentIsUnknown: boolean
}

export function datesContract({ openNew }: Runtime): void {
  async function openWith() {
    const clinic = await openNew()
    const ask = await joinFirst(clinic)
    const clientId = await addClient(ask)
    await read(setZone(ask, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const seconds = kinetics([{ forS: 900, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], 7)
    const hard = (atMs: number) => encodeRun(seconds, { startTime: Math.floor((atMs - FIT_EPOCH_MS) / 1000) })
    const waiting = async () => (await read<{ items: readonly Row[] }>(ask('/api/flags'))).items
    const kinds = async () => (await waiting()).map(({ kind }) => kind).toSorted()
    const look = (runId: string | undefined) => read<Shown>(ask(`/api/runs/${runId}`))
    const say = (runId: string | undefined, startedAtMs: number, by: Ask = ask) =>
      by(`/api/runs/${runId}/start`, send('PUT', { startedAtMs }))
    return { clinic, ask, clientId, hard, waiting, kinds, look, say }
  }

  it('raises the flags of a hard run of an impossible date as of today, and asks when it was', async () => {
    const { ask, clientId, hard, waiting, kinds, look } = await openWith()
    const [result] = await upload(ask, clientId, { '2000.fit': hard(CLOCK_2000_MS) })
    expect(result).toMatchObject({ result: 'added', verdict: 'too_hard', asksDate: true })
    const run = await look(result?.runId)
    expect(run.warnings).toContain('CLOCK_IMPLAUSIBLE')
    expect(run.dating).toEqual({ fileStartedAtMs: CLOCK_2000_MS, saidAtMs: null, proposedAtMs: null })
    expect(Math.abs(Date.now() - run.startedAtMs)).toBeLessThan(DAY_MS)
    expect(await kinds()).toEqual(['F1.above', 'F9.hard'])
    for (const { aboutMs, momentIsUnknown } of await waiting()) {
      expect(Math.abs(Date.now() - aboutMs)).toBeLessThan(DAY_MS)
      expect(momentIsUnknown).toBe(true)
    }
    // The hour at which it came in is no hour at which anybody ran.
    const { weeks } = await read<{ weeks: { runs: number; starts: object[] }[] }>(
      ask(`/api/clients/${clientId}/patterns`),
    )
    expect(weeks.at(-1)).toMatchObject({ runs: 1, starts: [] })
    const upkeep = await read<{ items: { kinds: string[] }[] }>(ask('/api/flags/upkeep'))
    expect(upkeep.items[0]?.kinds).toContain('no_date')
    // Other programs are told no day that nobody knows.
    expect((await read<{ code: string }>(ask(`/api/runs/${run.id}/exports/fhir`), 409)).code).toBe('DATE_UNKNOWN')
  })

  it('judges a run again at the date that is said, by the limit of then, and its rows move along', async () => {
    const { ask, clientId, hard, waiting, kinds, look, say } = await openWith()
    const truly = Math.floor((Date.now() - 3 * DAY_MS) / 1000) * 1000
    const [result] = await upload(ask, clientId, { 'lost.fit': hard(truly - WEEKS_LOST_MS) })
    expect((await look(result?.runId)).dating?.proposedAtMs).toBe(truly)
    const said = await read<Shown & { assessments: object[] }>(say(result?.runId, truly))
    expect([said.startedAtMs, said.dating?.proposedAtMs, said.assessments.length]).toEqual([truly, null, 2])
    expect(said.dating?.saidAtMs).toBeGreaterThan(Date.now() - DAY_MS)
    expect(await kinds()).toEqual(['F1.above', 'F9.hard'])
    expect((await waiting()).map(({ aboutMs }) => aboutMs < Date.now() - 2 * DAY_MS)).toEqual([true, true])
    expect((await waiting()).map(({ momentIsUnknown }) => momentIsUnknown)).toEqual([false, false])
    const log = await read<{ items: { action: string; detail: object }[] }>(ask('/api/audit?limit=50'))
    expect(log.items.find(({ action }) => action === 'run.date')?.detail).toEqual({
      runId: result?.runId,
      startedAtMs: truly,
    })
    expect((await read<{ items: { kinds: string[] }[] }>(ask('/api/flags/upkeep'))).items[0]?.kinds).toEqual([
      'no_plan',
    ])
    // What somebody said can be put right.
    expect((await read<Shown>(say(result?.runId, truly - DAY_MS))).startedAtMs).toBe(truly - DAY_MS)
  })

  it('keeps the rows of a run that turns out to be long ago: a person closes them', async () => {
    const { ask, clientId, hard, waiting, kinds, say } = await openWith()
    const [result] = await upload(ask, clientId, { '2000.fit': hard(CLOCK_2000_MS) })
    await read(say(result?.runId, Date.now() - 60 * DAY_MS))
    expect(await kinds()).toEqual(['F1.above', 'F9.hard'])
    for (const { aboutMs } of await waiting()) expect(Date.now() - aboutMs).toBeGreaterThan(59 * DAY_MS)
  })

  it('refuses what cannot be, and a run whose date is not asked', async () => {
    const { ask, clientId, hard, look, say } = await openWith()
    const [dated] = await upload(ask, clientId, { 'now.fit': hard(Date.now() - 3_600_000) })
    const [undated] = await upload(ask, clientId, { '2000.fit': hard(CLOCK_2000_MS) })
    const before = await look(undated?.runId)
    for (const [runId, atMs] of [
      [dated?.runId, Date.now() - 7_200_000],
      [undated?.runId, Date.now()],
      [undated?.runId, Date.now() + DAY_MS],
      [undated?.runId, Date.UTC(2009, 11, 31)],
    ] as const)
      expect((await read<{ code: string }>(say(runId, atMs), 422)).code).toBe('DATE_REFUSED')
    expect(await look(undated?.runId)).toEqual(before)
    expect((await read<Shown>(say(undated?.runId, CLOCK_2000_MS))).startedAtMs).toBe(CLOCK_2000_MS)
  })

  it('lets the client say it too', async () => {
    const { clinic, ask, clientId, hard, look, say } = await openWith()
    const invited = ask(`/api/clients/${clientId}/invitations`, { method: 'POST' })
    const { token } = await read<{ token: string }>(invited, 201)
    const noor = await join(clinic.ask, token, 'noor@example.org', { name: 'Noor' })
    const [result] = await upload(noor, clientId, { '2000.fit': hard(CLOCK_2000_MS) })
    const truly = Date.now() - DAY_MS
    await read(say(result?.runId, truly, noor))
    expect((await look(result?.runId)).startedAtMs).toBe(truly)
  })

  it('takes five such runs of different days for history, in one upload or in several', async () => {
    const { ask, clientId, hard, kinds, look } = await openWith()
    const of2008 = (day: number) => hard(Date.UTC(2008, 4, day, 10))
    const files = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [`${day}.fit`, of2008(day)]))
    const results = await upload(ask, clientId, files)
    expect(results.map(({ asksDate }) => asksDate)).toEqual([false, false, false, false, false])
    const first = await look(results[0]?.runId)
    expect([first.startedAtMs, first.dating, first.warnings]).toEqual([Date.UTC(2008, 4, 1, 10), null, []])
    const [next] = await upload(ask, clientId, { '6.fit': of2008(6) })
    expect(next?.asksDate).toBe(false)
    expect(await kinds()).toEqual([])
  })

  it('takes a week by a receiver that lost 1,024 weeks for no history: it hides no hard run', async () => {
    const { ask, clientId, hard, kinds, look } = await openWith()
    const dayBefore = (days: number) => hard(Date.now() - WEEKS_LOST_MS - days * DAY_MS)
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((days) => [`${days}.fit`, dayBefore(days)]))
    const results = await upload(ask, clientId, files)
    expect(results.map(({ asksDate }) => asksDate)).toEqual(Array.from({ length: 6 }, () => true))
    const { dating } = await look(results[2]?.runId)
    expect(Math.abs((dating?.proposedAtMs ?? 0) - (Date.now() - 3 * DAY_MS))).toBeLessThan(DAY_MS / 24)
    expect(await kinds()).toContain('F9.hard')
  })

  it('takes four of them, or five of one day, for what they are: clocks that are wrong', async () => {
    const { ask, clientId, hard, kinds } = await openWith()
    const days = [1, 2, 3, 4, 4].map((day, i) => [`${i}.fit`, hard(Date.UTC(2008, 4, day, 10 + 2 * i, 7 * i))])
    const results = await upload(ask, clientId, Object.fromEntries(days))
    expect(results.map(({ result, asksDate }) => [result, asksDate])).toEqual(
      Array.from({ length: 5 }, () => ['added', true]),
    )
    expect(await kinds()).toContain('F9.hard')
  })

  it('holds two files by the same wrong clock for one run, and a run of today for another', async () => {
    const { ask, clientId, hard, look } = await openWith()
    const [first] = await upload(ask, clientId, { 'a.fit': hard(CLOCK_2000_MS) })
    const [second] = await upload(ask, clientId, { 'b.fit': hard(CLOCK_2000_MS + 5000) })
    expect((await look(second?.runId)).nearDuplicateOf).toBe(first?.runId)
    const { startedAtMs } = await look(first?.runId)
    const [today] = await upload(ask, clientId, { 'c.fit': hard(startedAtMs) })
    expect(today?.result).toBe('added')
  })

  it('takes what was said along in the archive, and what is still asked', async () => {
    const { ask, clientId, hard, say } = await openWith()
    const [asked] = await upload(ask, clientId, { 'a.fit': hard(CLOCK_2000_MS) })
    const [told] = await upload(ask, clientId, { 'b.fit': hard(CLOCK_2000_MS + 40 * DAY_MS) })
    const truly = Date.now() - 2 * DAY_MS
    await read(say(told?.runId, truly))
    const zip = new Uint8Array(await (await ask(`/api/clients/${clientId}/data.zip`)).arrayBuffer())
    const members = unzipSync(zip)
    const { runs } = JSON.parse(strFromU8(members['calmpace.json'] ?? new Uint8Array())) as { runs: Shown[] }
    expect(runs.find(({ id }) => id === asked?.runId)?.dating).toEqual({
      fileStartedAtMs: CLOCK_2000_MS,
      saidAtMs: null,
    })
    expect(Object.keys(members).filter((path) => path.endsWith(`${asked?.runId}.csv`))).toEqual([])
    const there = await joinFirst(await openNew())
    const other = await addClient(there)
    const form = new FormData()
    form.append('files', new File([zip], 'data.zip'))
    await read(there(`/api/clients/${other}/import`, { method: 'POST', body: form }))
    const { items } = await read<{ items: Shown[] }>(there(`/api/clients/${other}/runs`))
    expect(items.map(({ dating }) => [dating?.fileStartedAtMs, dating?.saidAtMs === null])).toEqual([
      [CLOCK_2000_MS, true],
      [CLOCK_2000_MS + 40 * DAY_MS, false],
    ])
    expect(items[1]?.startedAtMs).toBe(truly)
  })

  it('asks the date of a run of an archive from before it was asked, and leaves it where it was', async () => {
    const { ask, clientId, hard } = await openWith()
    await upload(ask, clientId, { 'a.fit': hard(CLOCK_2000_MS), 'b.fit': hard(Date.now() - DAY_MS) })
    const zip = new Uint8Array(await (await ask(`/api/clients/${clientId}/data.zip`)).arrayBuffer())
    const members = unzipSync(zip)
    const json = JSON.parse(strFromU8(members['calmpace.json'] ?? new Uint8Array())) as { runs: Archived[] }
    const runs = json.runs.map(({ dating, recording, ...run }) => ({
      ...run,
      recording: { ...recording, startedAtMs: dating?.fileStartedAtMs ?? recording.startedAtMs },
    }))
    const before = zipSync({ ...members, 'calmpace.json': strToU8(JSON.stringify({ ...json, runs })) })
    const there = await joinFirst(await openNew())
    const other = await addClient(there)
    const form = new FormData()
    form.append('files', new File([Uint8Array.from(before)], 'data.zip'))
    await read(there(`/api/clients/${other}/import`, { method: 'POST', body: form }))
    const { items } = await read<{ items: Shown[] }>(there(`/api/clients/${other}/runs`))
    expect(items.map(({ dating }) => dating?.fileStartedAtMs ?? null)).toEqual([null, CLOCK_2000_MS])
    expect(items[1]).toMatchObject({ startedAtMs: CLOCK_2000_MS, dating: { saidAtMs: null } })
  })
}
