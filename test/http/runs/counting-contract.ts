// The HTTP contract of what counts and what is to be put right, for both runtimes: another sport is set aside and asked, what
// makes a run count raises its flags, and what the rules lack of somebody is a list of its own.
import { expect, it } from 'vitest'
import { dryStrap } from '../../../fixtures/fit/files.ts'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { activities, activity, lap, track, trackpoint, utc } from '../../../fixtures/xml/made-xml.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload, type Runtime } from '../../support/asking.ts'

const FIT_EPOCH_S = 631_065_600
const CYCLING = 2
const hardSeconds = kinetics([{ forS: 900, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], 7)

interface Summary {
  readonly id: string
  readonly setAside: boolean
  readonly saidRun: boolean | null
  readonly flags: readonly { readonly kind: string }[]
}

export function countingContract({ openNew }: Runtime): void {
  /** Noor, with a limit; a hard hour that ended just now. */
  async function openWith() {
    const clinic = await openNew()
    const ask = await joinFirst(clinic)
    const clientId = await addClient(ask)
    await read(setZone(ask, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const at = Math.floor(Date.now() / 1000) - 3600 - FIT_EPOCH_S
    const hard = (sport = 1, laterS = 0) => encodeRun(hardSeconds, { startTime: at + laterS, sport })
    const waiting = async () => {
      const { items } = await read<{ items: readonly { kind: string }[] }>(ask('/api/flags'))
      return items.map(({ kind }) => kind).toSorted()
    }
    const say = (runId: string | null, body: object) => read<Summary>(ask(`/api/runs/${runId}`, send('PATCH', body)))
    /** Beats of its own: the same ones some hours later would be one run under two clocks. */
    const another = (seed: number) =>
      encodeRun(kinetics([{ forS: 900, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], seed), {
        startTime: at - seed * 7200,
      })
    return { clinic, ask, clientId, hard, another, waiting, say }
  }

  it('sets a bike ride aside and asks; a person who says that it was a run makes it count', async () => {
    const { ask, clientId, hard, waiting, say } = await openWith()
    const [ride] = await upload(ask, clientId, { 'ride.fit': hard(CYCLING) })
    const shown = await read<Summary>(ask(`/api/runs/${ride?.runId}`))
    expect([shown.setAside, shown.saidRun, shown.flags]).toEqual([true, null, []])
    expect(await waiting()).toEqual([])
    expect(await say(ride?.runId ?? null, { saidRun: true })).toMatchObject({ setAside: false, saidRun: true })
    expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
    expect(await say(ride?.runId ?? null, { saidRun: false })).toMatchObject({ setAside: true, flags: [] })
    expect(await waiting()).toEqual([])
    // Said by mistake: nobody was done with what was raised, so that it waits again.
    expect(await say(ride?.runId ?? null, { saidRun: true })).toMatchObject({ setAside: false, saidRun: true })
    expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
  })

  it('leaves what a person closed closed where a run is said to be none and a run again', async () => {
    const { ask, clientId, hard, waiting, say } = await openWith()
    const [run] = await upload(ask, clientId, { 'run.fit': hard() })
    const { items } = await read<{ items: { id: string; kind: string }[] }>(ask('/api/flags'))
    const { id } = items.find(({ kind }) => kind === 'F9.hard') ?? {}
    await read(ask(`/api/flags/${id}/steps`, send('POST', { act: 'false_alarm', seenVersion: 0 })), 201)
    for (const saidRun of [false, true]) await say(run?.runId ?? null, { saidRun })
    expect(await waiting()).toEqual(['F1.above'])
  })

  it('asks whether HARD from a bad signal was so; confirmed it waits (F10)', async () => {
    const { ask, clientId, waiting, say } = await openWith()
    const bytes = encodeRun(dryStrap(), { startTime: Math.floor(Date.now() / 1000) - 3600 - FIT_EPOCH_S })
    const [run] = await upload(ask, clientId, { 'dry.fit': bytes })
    const levels = async () =>
      (await read<{ flags: { kind: string; level: string }[] }>(ask(`/api/runs/${run?.runId}`))).flags.map(
        ({ kind, level }) => [kind, level],
      )
    expect([await levels(), await waiting()]).toEqual([[['F10.possible_misreading', 'note']], []])
    expect(await say(run?.runId ?? null, { saidHard: true })).toMatchObject({ saidHard: true })
    expect(await levels()).toEqual([['F10.possible_misreading', 'attention']])
    expect(await waiting()).toEqual(['F10.possible_misreading'])
    // A flag is closed by a person; the run itself says what was taken back.
    await say(run?.runId ?? null, { saidHard: false })
    expect([await levels(), await waiting()]).toEqual([
      [['F10.possible_misreading', 'note']],
      ['F10.possible_misreading'],
    ])
    // Both are in the log: the run keeps the last word alone.
    const { items } = await read<{ items: { action: string; detail: object }[] }>(ask('/api/audit?limit=50'))
    expect(items.filter(({ action }) => action === 'run.decide').map(({ detail }) => detail)).toEqual([
      { runId: run?.runId, saidHard: false },
      { runId: run?.runId, saidHard: true },
    ])
  })

  it('says of three files above the limit that nobody was guided by that they were above, and no more (F9, G11)', async () => {
    const { ask, clientId, waiting } = await openWith()
    const ranDaysAgo = (days: number) => {
      const paces = [240 + 60 * days, 1500].map((forS) => ({ forS, targetBpm: 152, speedMPerS: 2.6, stepsPerMin: 160 }))
      const startTime = Math.floor(Date.now() / 86_400_000) * 86_400 - days * 86_400 + 36_000 - FIT_EPOCH_S
      return encodeRun(kinetics(paces, days), { startTime })
    }
    const files = { '3.fit': ranDaysAgo(3), '2.fit': ranDaysAgo(2), '1.fit': ranDaysAgo(1) }
    const [first] = await upload(ask, clientId, files)
    const { flags } = await read<{ flags: { kind: string; level: string }[] }>(ask(`/api/runs/${first?.runId}`))
    expect(flags.map(({ kind, level }) => `${kind} ${level}`)).toContain('F9.not_easing note')
    expect(await waiting()).toEqual(['F1.above'])
    const patterns = await read<{ flags: { kind: string }[] }>(ask(`/api/clients/${clientId}/patterns`))
    expect(patterns.flags.map(({ kind }) => kind)).not.toContain('G11.not_easing')
  })

  it('raises the flags of a run that stood behind a doubled one, once that is removed', async () => {
    const { ask, clientId, hard, waiting } = await openWith()
    const [first] = await upload(ask, clientId, { 'first.fit': hard() })
    const [second] = await upload(ask, clientId, { 'second.fit': hard(1, 20) })
    expect(second?.result).toBe('near_duplicate')
    await read(ask(`/api/runs/${first?.runId}`, { method: 'DELETE' }), 204)
    expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
  })

  it('raises the flags of the last of many activities in one file, whatever the first one is old', async () => {
    const { ask, clientId, waiting } = await openWith()
    const now = Math.floor(Date.now() / 1000)
    const hardAt = (startS: number) =>
      activity(
        lap(utc(startS), 900, track(...hardSeconds.map(({ bpm }, s) => trackpoint(utc(startS + s), { bpm })))),
        'Running',
      )
    const text = activities(hardAt(now - 300 * 86_400), hardAt(now - 7200))
    const results = await upload(ask, clientId, { 'years.tcx': new TextEncoder().encode(text) })
    expect(results.map(({ result }) => result)).toEqual(['added', 'added'])
    expect(await waiting()).toEqual(['F1.above', 'F9.hard'])
  })

  it('lists what is to be put right, and nothing of who lacks nothing', async () => {
    const { ask, clientId } = await openWith()
    const aya = await addClient(ask, 'Aya')
    const list = async () => (await read<{ items: unknown }>(ask('/api/flags/upkeep'))).items
    expect(await list()).toEqual([
      { clientId: aya, firstName: 'Aya', kinds: ['no_limit', 'no_plan'] },
      { clientId, firstName: 'Noor', kinds: ['no_plan'] },
    ])
    const plan = { weekdays: [2, 4], runMin: 30, intervals: null, reason: null }
    await read(ask(`/api/clients/${clientId}/plans`, send('POST', plan)), 201)
    expect(await list()).toEqual([{ clientId: aya, firstName: 'Aya', kinds: ['no_limit', 'no_plan'] }])
    expect((await read<{ items: unknown[] }>(ask('/api/flags'))).items).toEqual([])
  })

  it('keeps HARD of a run that the client removed, whichever other run is removed; removed by staff it ends', async () => {
    const { clinic, ask, clientId, another, waiting } = await openWith()
    const invited = ask(`/api/clients/${clientId}/invitations`, { method: 'POST' })
    const { token } = await read<{ token: string }>(invited, 201)
    const noor = await join(clinic.ask, token, 'noor@example.org', { name: 'Noor' })
    const [first] = await upload(noor, clientId, { 'first.fit': another(1) })
    const [other] = await upload(noor, clientId, { 'other.fit': another(2) })
    const [lent] = await upload(noor, clientId, { 'lent.fit': another(3) })
    const remove = (by: Ask, id?: string) => read(by(`/api/runs/${id}`, { method: 'DELETE' }), 204)
    await remove(noor, first?.runId)
    expect(await waiting()).toContain('F9.hard')
    // One row tells of all three; neither those of the lent watch nor a calm run takes it away.
    await remove(ask, other?.runId)
    await remove(ask, lent?.runId)
    expect(await waiting()).toEqual(['F9.hard'])
  })

  it('ends HARD of two runs of a lent watch once staff removed both', async () => {
    const { ask, clientId, another, waiting } = await openWith()
    const [first, second] = await upload(ask, clientId, { 'first.fit': another(1), 'second.fit': another(2) })
    await read(ask(`/api/runs/${first?.runId}`, { method: 'DELETE' }), 204)
    expect(await waiting()).toContain('F9.hard')
    await read(ask(`/api/runs/${second?.runId}`, { method: 'DELETE' }), 204)
    expect(await waiting()).toEqual([])
  })
}
