// How long raw samples are kept, on both runtimes.
import { expect, it } from 'vitest'
import { addClient, codeOf, read, setZone, upload } from '../../support/clinic-work.ts'
import { finishPath, newPart, sendStream } from '../../support/phone.ts'
import { joinFirst, send } from '../../support/sign-in.ts'
import { madeStream } from '../../support/stream.ts'
import type { RightsRuntime } from './rights-runtime.ts'

const DAY_MS = 86_400_000

export function retentionContract({ openNew, fixture }: RightsRuntime): void {
  const withRun = async () => {
    const clinic = await openNew()
    const ask = await joinFirst(clinic)
    const clientId = await addClient(ask)
    await setZone(ask, clientId, { manualCeilingBpm: 140 }, 'talk test')
    const [added] = await upload(ask, clientId, { 'calm-run.fit': fixture('calm-run') })
    return { ...clinic, ask, clientId, run: `/api/runs/${added?.runId}` }
  }

  it('keeps the assessment of a run whose samples are gone, and says that they are', async () => {
    const { ask, retain, clientId, run } = await withRun()
    const before = await read<Record<string, unknown>>(ask(run))
    expect(await retain(Date.now())).toMatchObject({ runs: 0 })
    expect(await read(ask(run))).toMatchObject({ samplesGone: false, samples: 1740 })
    expect(await retain(Date.now() + 400 * DAY_MS)).toMatchObject({ runs: 1, files: 1 })
    expect(await retain(Date.now() + 401 * DAY_MS)).toMatchObject({ runs: 0, files: 0 })
    expect(await read(ask(run))).toEqual({
      ...before,
      samplesGone: true,
      samples: null,
      rrIntervals: null,
      hasReadings: false,
      heartRateBpm: { min: null, max: null, mean: null },
    })
    for (const path of ['/series', '/file', '/exports/csv', '/exports/fit'])
      expect(await codeOf(ask(`${run}${path}`), 410)).toBe('SAMPLES_GONE')
    expect(await codeOf(ask(`${run}/assessments`, { method: 'POST' }), 410)).toBe('SAMPLES_GONE')
    const list = await read<{ items: { verdict: string }[] }>(ask(`/api/clients/${clientId}/runs`))
    expect(list.items.map(({ verdict }) => verdict)).toEqual(['calm'])
    const [again] = await upload(ask, clientId, { 'again.fit': fixture('calm-run') })
    expect(again?.result).toBe('already_there')
    await read(ask(run, { method: 'DELETE' }), 204)
  })

  it('deletes what phones sent with it, and takes no more of what its time is over for', async () => {
    const { ask, retain, clientId } = await withRun()
    const entries = madeStream(300, () => 120)
    const [composed, incomplete, unfinished] = [newPart(clientId), newPart(clientId), newPart(clientId)]
    const { runId } = await sendStream(ask, composed, entries)
    await sendStream(ask, incomplete, entries.slice(0, 200))
    await read(ask(finishPath(incomplete), { method: 'POST' }))
    await sendStream(ask, unfinished, entries.slice(0, 200))
    expect(await retain(Date.now() + 400 * DAY_MS)).toMatchObject({ runs: 3, recordings: 1 })
    expect(await retain(Date.now() + 401 * DAY_MS)).toMatchObject({ runs: 0, recordings: 0 })
    for (const [part, state] of [
      [composed, 'composed'],
      [incomplete, 'composed'],
      [unfinished, 'checked_in_only'],
    ] as const)
      expect(await sendStream(ask, part, entries)).toMatchObject({ state, missing: [] })
    expect(await read(ask(`/api/runs/${runId}`))).toMatchObject({ samplesGone: true })
    expect(await read(ask(`/api/clients/${clientId}`))).toMatchObject({ runCount: 3 })
  })

  it('writes down what retention deleted, as calmpace itself', async () => {
    const { ask, retain, clientId } = await withRun()
    await retain(Date.now() + 400 * DAY_MS)
    const { items } = await read<{ items: { action: string; personId: string | null; detail: object }[] }>(
      ask(`/api/audit?limit=2`),
    )
    expect(items).toMatchObject([
      { action: 'retention.ran', personId: null, clientId: null, detail: { retentionDays: 90, runs: 1, files: 1 } },
      { action: 'retention.delete', personId: null, clientId, detail: { retentionDays: 90, runs: 1, files: 1 } },
    ])
  })

  it('keeps samples for as long as the clinic set, which a page that does not know of it leaves as it is', async () => {
    const { ask, retain } = await withRun()
    const settings = { timeZone: 'Europe/Amsterdam', ruleSets: [], parameters: {}, reason: 'besluit' }
    const put = (more: object) => ask('/api/settings', send('PUT', { ...settings, ...more }))
    for (const retentionDays of [29, 7301, 90.5])
      expect(await codeOf(put({ seenVersion: 0, retentionDays }), 400)).toBe('INVALID_REQUEST')
    await read(put({ seenVersion: 0, retentionDays: 1000 }))
    const kept = await read<{ current: { retentionDays: number } }>(put({ seenVersion: 1 }))
    expect(kept.current.retentionDays).toBe(1000)
    expect(await retain(Date.now() + 400 * DAY_MS)).toMatchObject({ runs: 0 })
  })
}
