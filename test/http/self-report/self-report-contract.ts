// The HTTP contract of what a client tells after running, shares, asks and is answered, for both runtimes.
import { expect, it } from 'vitest'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload, type Runtime } from '../../support/asking.ts'

interface Told {
  readonly agreed: boolean
  readonly items: readonly {
    readonly id: string
    readonly runId: string | null
    readonly atMs: number
    readonly mood: number | null
    readonly sleepH: number | null
  }[]
  readonly usual: Readonly<Record<string, number | null>>
  readonly veryLow: boolean
  readonly support: readonly { readonly name: string; readonly phone: string | null }[] | null
}
interface Notes {
  readonly items: readonly {
    readonly id: string
    readonly kind: string
    readonly text: string
    readonly bySelf: boolean
    readonly byName: string | null
  }[]
}
interface NotePage extends Notes {
  readonly nextCursor: string | null
}
const DAY_MS = 86_400_000
const FIT_EPOCH_S = 631_065_600

export function selfReportContract({ openNew, fixture }: Runtime): void {
  async function openWithClient() {
    const clinic = await openNew()
    const staff = await joinFirst(clinic)
    const clientId = await addClient(staff)
    const { token } = await read<{ token: string }>(
      staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }),
      201,
    )
    const noor = await join(clinic.ask, token, 'noor@example.org', { name: 'Noor' })
    const path = (rest: string) => `/api/clients/${clientId}/${rest}`
    const share = (agreed: boolean) => read<Told>(noor(path('sharing'), send('PUT', { agreed })))
    const tell = (body: object, status = 201) => read<Told>(noor(path('after-runs'), send('POST', body)), status)
    const told = (ask: Ask) => read<Told>(ask(path('after-runs')))
    return { staff, noor, clientId, path, share, tell, told }
  }

  it('keeps nothing of what a client tells before they said that they share it', async () => {
    const { noor, tell, told, share } = await openWithClient()
    expect((await tell({ mood: 6 }, 422)) as unknown).toMatchObject({ code: 'NOT_AGREED' })
    expect(await told(noor)).toMatchObject({ agreed: false, items: [] })
    await share(true)
    expect((await tell({ mood: 6, sleepH: 7.5 })).items).toMatchObject([{ mood: 6, sleepH: 7.5, runId: null }])
    for (const wrong of [{}, { mood: 11 }, { rpe: 3.2 }, { sleepH: 25 }, { mood: 5, atMs: Date.now() + DAY_MS }])
      await tell(wrong, 400)
  })

  it('shows staff what is told only while it is shared; the client sees and removes their own always', async () => {
    const { staff, noor, share, tell, told, path } = await openWithClient()
    await share(true)
    const { items } = await tell({ mood: 6, whatHelped: 'de vogels' })
    expect((await told(staff)).items).toMatchObject([{ mood: 6, whatHelped: 'de vogels' }])
    await share(false)
    expect(await told(staff)).toMatchObject({ agreed: false, items: [] })
    expect((await told(noor)).items).toHaveLength(1)
    await read(staff(path(`after-runs/${items[0]?.id}`), { method: 'DELETE' }), 404)
    expect((await read<Told>(noor(path(`after-runs/${items[0]?.id}`), { method: 'DELETE' }))).items).toEqual([])
  })

  it('replaces what was told of a run, and says what is usual from seven answers on, the last week left out', async () => {
    const { noor, clientId, share, tell, told } = await openWithClient()
    await share(true)
    const [run] = await upload(noor, clientId, { 'run.fit': fixture('calm-run') })
    const of = (body: object) => noor(`/api/runs/${run?.runId}/after-run`, send('PUT', body))
    await read(of({ rpe: 5, mood: 4 }))
    expect((await read<Told>(of({ rpe: 3, mood: 7 }))).items).toMatchObject([{ runId: run?.runId, rpe: 3, mood: 7 }])
    for (let day = 1; day < 7; day++) await tell({ mood: 9, atMs: Date.now() - day * DAY_MS })
    expect((await told(noor)).usual['mood']).toBeNull()
    for (let day = 8; day < 15; day++) await tell({ mood: 6, atMs: Date.now() - day * DAY_MS })
    expect((await told(noor)).usual).toEqual({ rpe: null, mood: 6, energy: null, sleepH: null })
  })

  it('puts short nights, high mood and two runs a day before a person where the clinic and the client agreed', async () => {
    const { staff, clientId, share, tell } = await openWithClient()
    const settings = { timeZone: 'Europe/Amsterdam', parameters: {}, reason: 'besluit', seenVersion: 0 }
    await read(staff('/api/settings', send('PUT', { ...settings, ruleSets: ['early_signs'] })))
    // Beats of their own: the same ones four hours apart would be one run under two clocks (rule T5).
    const [morning, evening] = [5, 6].map((seed) =>
      kinetics([{ forS: 1200, targetBpm: 109 + 3 * seed, speedMPerS: 2.2, stepsPerMin: 158 }], seed),
    )
    const noonS = Math.floor(Date.now() / DAY_MS) * 86_400 - 86_400 + 36_000 - FIT_EPOCH_S
    await upload(staff, clientId, {
      '1.fit': encodeRun(morning ?? [], { startTime: noonS }),
      '2.fit': encodeRun(evening ?? [], { startTime: noonS + 14_400 }),
    })
    const flags = async () =>
      (await read<{ items: { kind: string; level: string }[] }>(staff('/api/flags?kind=G13.early_signs'))).items
    await share(true)
    const now = Date.now()
    await tell({ sleepH: 4, mood: 9, atMs: now - DAY_MS })
    expect(await flags()).toEqual([])
    await tell({ sleepH: 4, mood: 9, atMs: now })
    expect((await flags()).map(({ kind, level }) => [kind, level])).toEqual([['G13.early_signs', 'today']])
  })

  it('hears who tells that they are very low: words at once, and a point of attention, early signs on or off', async () => {
    const { staff, share, tell } = await openWithClient()
    await share(true)
    expect(await tell({ mood: 6 })).toMatchObject({ veryLow: false, support: null })
    expect(await tell({ mood: 0, energy: 0, sleepH: 2 })).toMatchObject({ veryLow: true, support: null })
    const { items } = await read<{ items: { kind: string; level: string }[] }>(staff('/api/flags'))
    expect(items.map(({ kind, level }) => [kind, level])).toEqual([['G18.very_low', 'attention']])
  })

  it('puts who is very low above all that waited longer, on every page of the list, and reminds of it', async () => {
    const { staff, clientId, share, tell } = await openWithClient()
    await read(setZone(staff, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const hard = kinetics([{ forS: 900, targetBpm: 176, speedMPerS: 3, stepsPerMin: 172 }], 7)
    const startTime = Math.floor(Date.now() / 1000) - 3600 - FIT_EPOCH_S
    await upload(staff, clientId, { 'hard.fit': encodeRun(hard, { startTime }) })
    await share(true)
    await tell({ mood: 0 })
    const first = await read<{ items: { id: string; kind: string }[]; nextCursor: string | null }>(
      staff('/api/flags?limit=1'),
    )
    expect(first.items.map(({ kind }) => kind)).toEqual(['G18.very_low'])
    const rest = await read<{ items: { kind: string }[] }>(staff(`/api/flags?cursor=${first.nextCursor}`))
    expect(rest.items.map(({ kind }) => kind).toSorted()).toEqual(['F1.above', 'F9.hard'])
    const unopened = async () => (await read<{ unopenedToday: number }>(staff('/api/flags/news'))).unopenedToday
    expect(await unopened()).toBe(1)
    await read(staff(`/api/flags/${first.items[0]?.id}`))
    expect(await unopened()).toBe(0)
  })

  it("says whom to talk to in the practice's own words and numbers", async () => {
    const { staff, share, told, noor } = await openWithClient()
    await share(true)
    const settings = { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: {}, reason: 'besluit' }
    const support = [
      { name: 'Ann, je begeleider', phone: '06 1234 5678' },
      { name: '113', phone: '113' },
    ]
    const put = (body: object, status = 200) =>
      read(staff('/api/settings', send('PUT', { ...settings, ...body })), status)
    await put({ support, seenVersion: 0 })
    expect((await told(noor)).support).toEqual(support)
    // What is left out stays as it was.
    await put({ seenVersion: 1 })
    expect((await told(noor)).support).toEqual(support)
    await put({ support: [{ name: 'x', phone: 'call me' }], seenVersion: 2 }, 400)
    await put({ support: null, seenVersion: 2 })
    expect((await told(noor)).support).toBeNull()
  })

  it('raises nothing of what was told once the client shares it no more', async () => {
    const { staff, share, tell, path } = await openWithClient()
    const settings = { timeZone: 'Europe/Amsterdam', parameters: {}, reason: 'besluit', seenVersion: 0 }
    await read(staff('/api/settings', send('PUT', { ...settings, ruleSets: ['early_signs'] })))
    await share(true)
    const now = Date.now()
    await tell({ sleepH: 4, mood: 9, energy: 9, atMs: now - DAY_MS })
    await share(false)
    await tell({ sleepH: 4, mood: 9, energy: 9, atMs: now }, 422)
    const flags = await read<{ items: unknown[] }>(staff('/api/flags?kind=G13.early_signs'))
    const patterns = await read<{ flags: unknown[] }>(staff(path('patterns')))
    expect([flags.items, patterns.flags]).toEqual([[], []])
    await share(true)
    await tell({ sleepH: 4, mood: 9, energy: 9, atMs: now })
    expect((await read<{ items: unknown[] }>(staff('/api/flags?kind=G13.early_signs'))).items).toHaveLength(1)
  })

  it('keeps what is told of a run at the moment that it is of, told anew too', async () => {
    const { noor, clientId, share } = await openWithClient()
    await share(true)
    const [run] = await upload(noor, clientId, { 'run.fit': fixture('calm-run') })
    const atMs = Date.now() - 3 * DAY_MS
    for (const sleepH of [4, 8]) {
      const { items } = await read<Told>(noor(`/api/runs/${run?.runId}/after-run`, send('PUT', { sleepH, atMs })))
      expect(items.map((one) => [one.atMs, one.sleepH])).toEqual([[atMs, sleepH]])
    }
  })

  it('never tells a client what they have no words for', async () => {
    const { staff, noor, share, tell, path } = await openWithClient()
    const settings = { timeZone: 'Europe/Amsterdam', parameters: {}, reason: 'besluit', seenVersion: 0 }
    await read(staff('/api/settings', send('PUT', { ...settings, ruleSets: ['early_signs'] })))
    await share(true)
    const now = Date.now()
    for (const atMs of [now - DAY_MS, now]) await tell({ sleepH: 4, mood: 9, energy: 9, atMs })
    const kinds = async (ask: Ask) =>
      (await read<{ flags: { kind: string }[] }>(ask(path('patterns')))).flags.map(({ kind }) => kind)
    expect(await kinds(staff)).toContain('G13.early_signs')
    expect(await kinds(noor)).toEqual([])
  })

  it('carries a question and its answer, and a note that staff share', async () => {
    const { staff, noor, clientId, path } = await openWithClient()
    const write = (ask: Ask, body: object, status = 201) => read<Notes>(ask(path('notes'), send('POST', body)), status)
    const { items } = await write(noor, { text: 'mag ik ook zondag?' })
    const open = async () =>
      (await read<{ items: { openQuestions: number | null }[] }>(staff('/api/clients'))).items[0]?.openQuestions
    expect(await open()).toBe(1)
    await write(noor, { text: 'ja', answers: items[0]?.id }, 400)
    await write(staff, { text: 'ja', answers: 'nothing' }, 404)
    await write(staff, { text: 'over die ronde', runId: 'nothing' }, 404)
    await write(staff, { text: 'ja hoor', answers: items[0]?.id })
    expect(await open()).toBe(0)
    const [run] = await upload(staff, clientId, { 'run.fit': fixture('calm-run') })
    const all = await write(staff, { text: 'mooi rustig', runId: run?.runId })
    expect(all.items.map(({ kind, text, bySelf, byName }) => [kind, text, bySelf, byName])).toEqual([
      ['shared', 'mooi rustig', false, 'Thea'],
      ['answer', 'ja hoor', false, 'Thea'],
      ['question', 'mag ik ook zondag?', true, 'Noor'],
    ])
    await read(staff(`/api/runs/${run?.runId}`, { method: 'DELETE' }), 204)
    expect((await read<Notes>(noor(path('notes')))).items).toHaveLength(3)
    const mine = await read<{ items: { openQuestions: number | null }[] }>(noor('/api/clients'))
    expect(mine.items[0]?.openQuestions).toBeNull()
  })

  it('gives notes a page at a time, newest first, each question with all of its answers, and those of a run alone', async () => {
    const { staff, noor, clientId, path } = await openWithClient()
    const [run] = await upload(noor, clientId, { 'run.fit': fixture('calm-run') })
    const runId = run?.runId ?? null
    const write = (ask: Ask, body: object) => read<NotePage>(ask(path('notes'), send('POST', body)), 201)
    for (let i = 1; i <= 7; i++) await write(noor, { text: `vraag ${i}`, ...(i === 3 ? { runId } : {}) })
    const all = await read<NotePage>(staff(path('notes')))
    const third = all.items.find(({ text }) => text === 'vraag 3')
    await write(staff, { text: 'antwoord 3', answers: third?.id })
    const texts: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: NotePage = await read(staff(path(`notes?limit=3${query}`)))
      expect(page.items.length).toBeLessThanOrEqual(3)
      texts.push(...page.items.map(({ text }) => text))
      cursor = page.nextCursor
    }
    const whole = await read<NotePage>(staff(path('notes')))
    expect(texts).toEqual(whole.items.map(({ text }) => text))
    expect(new Set(texts).size).toBe(8)
    const ofRun = await read<NotePage>(staff(path(`notes?runId=${runId}`)))
    expect(ofRun.items.map(({ text }) => text).toSorted()).toEqual(['antwoord 3', 'vraag 3'])
    await read(staff(path('notes?cursor=x')), 400)
  })

  it('gives what was told a page at a time, newest first, and what was told of a run alone', async () => {
    const { noor, clientId, share, tell, path } = await openWithClient()
    await share(true)
    const [run] = await upload(noor, clientId, { 'run.fit': fixture('calm-run') })
    await read(noor(`/api/runs/${run?.runId}/after-run`, send('PUT', { mood: 9 })))
    const now = Date.now()
    // Two of one moment: neither is left out between pages.
    for (const day of [1, 2, 2, 2, 3]) await tell({ mood: day, atMs: now - day * DAY_MS })
    const moods: (number | null)[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`
      const page: Told & { nextCursor: string | null } = await read(noor(path(`after-runs?limit=2${query}`)))
      moods.push(...page.items.map(({ mood }) => mood))
      cursor = page.nextCursor
    }
    expect(moods.toSorted()).toEqual([1, 2, 2, 2, 3, 9])
    const ofRun = await read<Told>(noor(path(`after-runs?runId=${run?.runId}`)))
    expect(ofRun.items.map(({ mood }) => mood)).toEqual([9])
  })
}
