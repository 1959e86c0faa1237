// The HTTP contract of flags: what waits, the evidence, the steps that people take, for both runtimes.
import { expect, it } from 'vitest'
import { hardRunForm } from '../../support/world.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { addClient, read, setZone, type Runtime } from '../../support/asking.ts'

interface Flag {
  readonly id: string
  readonly kind: string
  readonly level: string
  readonly state: string
  readonly version: number
  readonly runId: string | null
  readonly seenAgain: number
  readonly openedAtMs: number | null
  readonly assignedToName: string | null
}
interface Event {
  readonly act: string
  readonly state: string
  readonly personName: string | null
  readonly note: string | null
  readonly reason: string | null
  readonly toPersonName: string | null
}
interface Shown extends Flag {
  readonly events: readonly Event[]
  readonly stillThere: boolean | null
  readonly colleagues: readonly { readonly personId: string; readonly name: string }[]
}
interface Inbox {
  readonly items: readonly Flag[]
  readonly nextCursor: string | null
  readonly counts: {
    readonly byState: Readonly<Record<string, number>>
    readonly byLevel: Readonly<Record<string, number>>
    readonly assignedToMe: number
  }
}

export function reviewContract({ openNew }: Runtime): void {
  /** Ann guides, Bo guides with her; Noor ran too hard an hour ago. */
  async function openWithFlags() {
    const clinic = await openNew()
    const ann = await joinFirst(clinic)
    const { items: groups } = await read<{ items: { id: string }[] }>(ann('/api/groups'))
    const groupIds = groups.map(({ id }) => id)
    const invitation = ann('/api/invitations', send('POST', { roles: ['therapist'], groupIds }))
    const { token } = await read<{ token: string }>(invitation, 201)
    const bo = await join(clinic.ask, token, 'bo@example.org', { name: 'Bo' })
    const clientId = await addClient(ann)
    await read(setZone(ann, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const upload = () => ann(`/api/clients/${clientId}/runs`, { method: 'POST', body: hardRunForm(Date.now()) })
    await read(upload())
    return { ann, bo, clientId, upload }
  }
  const inbox = (ask: Ask, query = '') => read<Inbox>(ask(`/api/flags${query}`))
  const show = (ask: Ask, id: string) => read<Shown>(ask(`/api/flags/${id}`))
  const step = (ask: Ask, id: string, body: object) => ask(`/api/flags/${id}/steps`, send('POST', body))
  const flagOf = ({ items }: Inbox, kind: string): Flag => {
    const flag = items.find((one) => one.kind === kind)
    if (flag === undefined) throw new Error(`no flag ${kind} among ${items.map((one) => one.kind).join(', ')}`)
    return flag
  }

  it('puts what a run raised before those who guide the client, by level and age, with counts', async () => {
    const { ann, upload } = await openWithFlags()
    const found = await inbox(ann)
    expect(found.items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['F1.above', 'F9.hard']))
    expect(found.items.every(({ state, openedAtMs }) => state === 'open' && openedAtMs === null)).toBe(true)
    expect(found.counts.byState['open']).toBe(found.items.length)
    expect(found.counts.byLevel).toEqual({ attention: found.items.length, look: 0, today: 0 })
    const pages: Flag[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Inbox = await inbox(ann, `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`)
      pages.push(...page.items)
      cursor = page.nextCursor
    }
    expect(pages).toEqual(found.items)
    expect((await inbox(ann, '?kind=F9.hard')).items.map(({ kind }) => kind)).toEqual(['F9.hard'])
    // One event, one row: the peak that HARD tells of is a note in the report.
    expect((await inbox(ann, '?kind=F2.peak')).items).toEqual([])
    expect((await inbox(ann, '?level=today')).items).toEqual([])
    expect((await inbox(ann, '?groupId=nobodys')).items).toEqual([])
    // The same file once more raises nothing.
    await read(upload())
    expect((await inbox(ann)).items).toEqual(found.items)
    await read(ann('/api/flags?cursor=x'), 400)
  })

  it('closes a flag by a person with a reason and a note, and by nothing else; reopening says why', async () => {
    const { ann } = await openWithFlags()
    const { id } = flagOf(await inbox(ann), 'F9.hard')
    const shown = await show(ann, id)
    expect(shown).toMatchObject({ state: 'open', version: 0, stillThere: true })
    expect(shown.events.map(({ act }) => act)).toEqual(['raised', 'opened'])
    const refused = await read<{ code: string; errors: string[] }>(
      step(ann, id, { act: 'resolve', seenVersion: 0, note: 'gebeld' }),
      422,
    )
    expect([refused.code, refused.errors]).toEqual(['STEP_REFUSED', ['REASON_REQUIRED']])
    await read(step(ann, id, { act: 'resolve', seenVersion: 0, reason: 'because', note: 'x' }), 400)
    const resolved = await read<Shown>(
      step(ann, id, { act: 'resolve', seenVersion: 0, reason: 'talked', note: 'samen besproken' }),
      201,
    )
    expect(resolved).toMatchObject({ state: 'resolved', version: 1 })
    expect((await inbox(ann)).items.some((flag) => flag.id === id)).toBe(false)
    expect((await inbox(ann, '?state=resolved')).items.map((flag) => flag.id)).toEqual([id])
    await read(step(ann, id, { act: 'acknowledge', seenVersion: 1 }), 422)
    await read(step(ann, id, { act: 'reopen', seenVersion: 1 }), 422)
    const reopened = await read<Shown>(step(ann, id, { act: 'reopen', seenVersion: 1, note: 'toch nog eens' }), 201)
    expect(reopened.events.map(({ act, reason, note }) => [act, reason, note])).toEqual([
      ['raised', null, null],
      ['opened', null, null],
      ['resolve', 'talked', 'samen besproken'],
      ['reopen', null, 'toch nog eens'],
    ])
  })

  it('lets two people on one flag overwrite nothing: the second is told, and keeps what they wrote', async () => {
    const { ann, bo } = await openWithFlags()
    const { id } = flagOf(await inbox(ann), 'F9.hard')
    const { version: seenVersion } = await show(bo, id)
    await read(step(ann, id, { act: 'talk', seenVersion }), 201)
    const resolve = { act: 'resolve', reason: 'nothing_needed', note: 'ik zie niets' }
    expect((await read<{ code: string }>(step(bo, id, { ...resolve, seenVersion }), 409)).code).toBe(
      'CHANGED_MEANWHILE',
    )
    // Words beside another's step are taken, whatever was seen.
    await read(step(bo, id, { act: 'comment', seenVersion, note: 'ik belde ook' }), 201)
    const both = await show(ann, id)
    expect(both.state).toBe('in_conversation')
    expect(both.events.map(({ act, personName, note }) => [act, personName, note]).slice(-2)).toEqual([
      ['talk', expect.any(String), null],
      ['comment', 'Bo', 'ik belde ook'],
    ])
    await read(step(bo, id, { ...resolve, seenVersion: both.version }), 201)
  })

  it('lets one of two steps taken at the same moment through, and tells the other', async () => {
    const { ann, bo } = await openWithFlags()
    const { id } = flagOf(await inbox(ann), 'F9.hard')
    const answers = await Promise.all([
      step(ann, id, { act: 'acknowledge', seenVersion: 0 }),
      step(bo, id, { act: 'false_alarm', seenVersion: 0 }),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409])
    expect((await show(ann, id)).version).toBe(1)
  })

  it('hands a flag to a named colleague who guides the client, and to nobody else', async () => {
    const { ann, bo } = await openWithFlags()
    const { id } = flagOf(await inbox(ann), 'F9.hard')
    const { colleagues } = await show(ann, id)
    expect(colleagues.map(({ name }) => name)).toEqual(['Bo'])
    await read(step(ann, id, { act: 'escalate', seenVersion: 0, toPersonId: 'somebody' }), 422)
    const toPersonId = colleagues[0]?.personId ?? ''
    const handed = await read<Shown>(step(ann, id, { act: 'escalate', seenVersion: 0, toPersonId }), 201)
    expect(handed).toMatchObject({ state: 'escalated', assignedToName: 'Bo' })
    expect((await inbox(bo)).counts.assignedToMe).toBe(1)
    expect((await inbox(ann)).counts.assignedToMe).toBe(0)
    expect(handed.events.at(-1)).toMatchObject({ act: 'escalate', toPersonName: 'Bo' })
  })

  it('counts per rule how often it was right', async () => {
    const { ann } = await openWithFlags()
    const found = await inbox(ann)
    const [hard, above] = [flagOf(found, 'F9.hard'), flagOf(found, 'F1.above')]
    await read(step(ann, hard.id, { act: 'false_alarm', seenVersion: 0 }), 201)
    await read(step(ann, above.id, { act: 'resolve', seenVersion: 0, reason: 'talked', note: 'ja' }), 201)
    const { items } = await read<{ items: { kind: string }[] }>(ann('/api/flags/rules'))
    const of = (kind: string) => items.find((row) => row.kind === kind)
    expect(of('F9.hard')).toMatchObject({ raised: 1, waiting: 0, right: 0, falseAlarms: 1 })
    expect(of('F1.above')).toMatchObject({ raised: 1, waiting: 0, right: 1, falseAlarms: 0 })
  })

  it('tells whoever looks on what changed since, in numbers and ids alone', async () => {
    const { ann, bo } = await openWithFlags()
    interface News {
      readonly seq: number
      readonly waiting: number
      readonly changed: readonly { readonly flagId: string; readonly version: number }[]
    }
    const news = (afterSeq?: number) =>
      read<News>(ann(`/api/flags/news${afterSeq === undefined ? '' : `?afterSeq=${afterSeq}`}`))
    const before = await news()
    const { items } = await inbox(bo)
    expect(before).toMatchObject({ waiting: items.length, changed: [] })
    const { id } = flagOf(await inbox(bo), 'F9.hard')
    await show(bo, id)
    expect((await news(before.seq)).changed).toEqual([])
    await read(step(bo, id, { act: 'talk', seenVersion: 0 }), 201)
    const after = await news(before.seq)
    expect(after.changed).toEqual([{ flagId: id, version: 1 }])
    expect((await news(after.seq)).changed).toEqual([])
  })

  it('ends the flags of a run with the run, and says so; none of them counts as right', async () => {
    const { ann } = await openWithFlags()
    const flag = flagOf(await inbox(ann), 'F9.hard')
    await read(step(ann, flag.id, { act: 'talk', seenVersion: 0 }), 201)
    await read(ann(`/api/runs/${flag.runId}`, { method: 'DELETE' }), 204)
    const shown = await show(ann, flag.id)
    expect(shown).toMatchObject({ state: 'resolved', runId: null, stillThere: null })
    const over = shown.events.find(({ act }) => act === 'over')
    expect(over).toMatchObject({ reason: 'run_removed', personName: expect.any(String) })
    expect((await inbox(ann)).items).toEqual([])
    expect(await read(ann('/api/flags/rules'))).toEqual({ items: [] })
  })

  it('puts what is seen after a flag was closed before a person again, unless it was unfounded; HARD also then', async () => {
    const { ann, clientId } = await openWithFlags()
    const before = await inbox(ann)
    for (const { id, kind } of before.items) {
      const resolve = { act: 'resolve', reason: 'talked', note: 'ja' }
      await read(step(ann, id, { ...(kind === 'F1.above' ? resolve : { act: 'false_alarm' }), seenVersion: 0 }), 201)
    }
    expect((await inbox(ann)).items).toEqual([])
    const body = hardRunForm(Date.now() - 86_400_000)
    await read(ann(`/api/clients/${clientId}/runs`, { method: 'POST', body }))
    const waiting = (await inbox(ann)).items.map(({ kind }) => kind)
    expect(waiting).toEqual(expect.arrayContaining(['F1.above', 'F9.hard']))
    expect(waiting.filter((kind) => kind === 'F6.rising' || kind === 'F9.not_easing')).toEqual([])
  })

  it('says where the assessment that counts now does not say so any more', async () => {
    const { ann, clientId } = await openWithFlags()
    const flag = flagOf(await inbox(ann), 'F9.hard')
    const higher = {
      inputs: { manualCeilingBpm: 160, manualHardBpm: 190, overrideAgeEstimate: true },
      reason: 'gemeten',
      // A run is judged by the version that held when it began (rule B12).
      validFromMs: Date.now() - 7 * 86_400_000,
      confirmed: ['CEILING_RISES', 'HARD_RISES'],
    }
    await read(ann(`/api/clients/${clientId}/zones`, send('POST', higher)), 201)
    await read(ann(`/api/runs/${flag.runId}/assessments`, { method: 'POST' }), 201)
    expect(await show(ann, flag.id)).toMatchObject({ state: 'open', stillThere: false })
  })
}
