// The HTTP contract of what was raised of one client: how each flag stands, when it was, and what was told beside it, for both
// runtimes.
import { expect, it } from 'vitest'
import { zoneOffsetS } from '../../../src/domain/patterns/local-day.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { newPart, sendStream } from '../../support/phone.ts'
import { joinFirst, send } from '../../support/sign-in.ts'
import { madeStream, STREAM_START_MS } from '../../support/stream.ts'
import { hardRunForm } from '../../support/world.ts'
import { addClient, read, setZone, type Runtime } from '../../support/asking.ts'

const DAY_MS = 86_400_000
interface Raised {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly runId: string | null
  readonly runIds: readonly string[]
  readonly aboutMs: number
  readonly momentMs: number
  readonly momentOffsetS: number
}

/** 23:50 of the day before yesterday in Amsterdam. */
function lateEveningMs(): number {
  const offsetMs = zoneOffsetS(Date.now() - 2 * DAY_MS, 'Europe/Amsterdam') * 1000
  return Math.floor((Date.now() + offsetMs) / DAY_MS) * DAY_MS - offsetMs - DAY_MS - 600_000
}

export function raisedContract({ openNew }: Runtime): void {
  async function open() {
    const ask = await joinFirst(await openNew())
    const clientId = await addClient(ask)
    await read(setZone(ask, clientId, { manualCeilingBpm: 130, manualHardBpm: 150 }, 'praattest'), 201)
    const raised = async () => (await read<{ items: Raised[] }>(ask(`/api/clients/${clientId}/flags`))).items
    return { ask, clientId, raised }
  }

  it('lists everything that was raised of a client, whatever became of it, with the runs that it tells of', async () => {
    const { ask, clientId, raised } = await open()
    await read(ask(`/api/clients/${clientId}/runs`, { method: 'POST', body: hardRunForm(Date.now()) }))
    const before = await raised()
    expect(before.map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining([
        ['F9.hard', 'open'],
        ['F1.above', 'open'],
      ]),
    )
    const { id = '' } = before.find(({ kind }) => kind === 'F9.hard') ?? {}
    await read(ask(`/api/flags/${id}/steps`, send('POST', { act: 'false_alarm', seenVersion: 0 })), 201)
    const after = await raised()
    expect(after.find((flag) => flag.id === id)).toMatchObject({ state: 'false_alarm' })
    for (const { runId, runIds } of after) expect(runIds).toEqual([runId])
  })

  it('raises nothing of a run of more than 28 days ago, whose flags stand at the run', async () => {
    const { ask, clientId, raised } = await open()
    const body = hardRunForm(Date.now() - 30 * DAY_MS)
    const { results } = await read<{ results: { runId: string }[] }>(
      ask(`/api/clients/${clientId}/runs`, { method: 'POST', body }),
    )
    const run = await read<{ flags: { kind: string }[] }>(ask(`/api/runs/${results[0]?.runId}`))
    expect(run.flags.map(({ kind }) => kind)).toContain('F9.hard')
    expect(await raised()).toEqual([])
  })

  it('shows the check-in of 23:50 beside the flag of a run that ends at 00:20, and when the rule held in it', async () => {
    const { ask, clientId, raised } = await open()
    const startMs = lateEveningMs()
    const moved = madeStream(1800, (second) => (second < 900 ? 120 : 172)).map((entry): StreamEntry => ({
      ...entry,
      atMs: entry.atMs - STREAM_START_MS + startMs,
    }))
    moved.splice(1, 0, { kind: 'checked_in', atMs: startMs - 2500, result: 'consult', zoneNeedsReview: true })
    await sendStream(ask, newPart(clientId), moved)
    const hard = (await raised()).find(({ kind }) => kind === 'F9.hard')
    expect(hard?.aboutMs).toBe(startMs + 1_800_000)
    expect(hard?.momentOffsetS).toBe(zoneOffsetS(startMs, 'Europe/Amsterdam'))
    expect(((hard?.momentMs ?? 0) - startMs) / 1000).toBeGreaterThan(870)
    expect(((hard?.momentMs ?? 0) - startMs) / 1000).toBeLessThan(960)
    const shown = await read<{ checkIns: { before: { result: string }[] } }>(ask(`/api/flags/${hard?.id}`))
    expect(shown.checkIns.before.map(({ result }) => result)).toEqual(['consult'])
  })

  it('keeps what a therapist writes about rest days, and G14 hears it: never an item, and never from the client', async () => {
    const { ask, clientId } = await open()
    const path = `/api/clients/${clientId}/rest-notes`
    interface Notes {
      readonly items: readonly { readonly id: string; readonly kind: string; readonly score: number | null }[]
    }
    const write = (body: object, status = 201) => read<Notes>(ask(path, send('POST', body)), status)
    await write({ kind: 'score', score: 31 }, 400)
    await write({ kind: 'score', score: 24, items: [4, 4, 4, 4, 4, 4] }, 400)
    await write({ kind: 'upset', atMs: Date.now() + DAY_MS }, 400)
    await write({ kind: 'score', score: 24, atMs: Date.now() - 3 * DAY_MS })
    const { items } = await write({ kind: 'upset' })
    expect(items.map(({ kind, score }) => [kind, score])).toEqual([
      ['upset', null],
      ['score', 24],
    ])
    const startMs = Date.now() - 5_400_000
    const notToday: StreamEntry = {
      kind: 'checked_in',
      atMs: startMs - 2500,
      result: 'not_today',
      zoneNeedsReview: false,
    }
    const ran = madeStream(900, () => 120).map((entry): StreamEntry => ({
      ...entry,
      atMs: entry.atMs - STREAM_START_MS + startMs,
    }))
    await sendStream(ask, newPart(clientId), ran.toSpliced(1, 0, notToday))
    const hints = async () => {
      const { flags } = await read<{ flags: { kind: string; evidence: object }[] }>(
        ask(`/api/clients/${clientId}/patterns`),
      )
      return flags.find(({ kind }) => kind === 'G14.rest_days')?.evidence
    }
    expect(await hints()).toMatchObject({ ranDespiteNotToday: true, upsetByRest: true, hints: 2 })
    await read(ask(`${path}/${items[0]?.id}`, { method: 'DELETE' }))
    expect(await hints()).toBeUndefined()
    await read(ask(`${path}/nothing`, { method: 'DELETE' }), 404)
    const log = await read<{ items: { action: string; detail: object }[] }>(ask('/api/audit?limit=50'))
    const restNoteId = items[0]?.id
    expect(log.items.filter(({ action }) => action === 'flag.review').map(({ detail }) => detail)).toMatchObject([
      { restNoteId, removed: true },
      { restNoteId, kind: 'upset' },
      { kind: 'score' },
    ])
  })
}
