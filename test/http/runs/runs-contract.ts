// The HTTP contract of runs, for both runtimes.
import { expect, it } from 'vitest'
import { zoneOffsetS } from '../../../src/domain/patterns/local-day.ts'
import { encodeRun, kinetics } from '../../../fixtures/fit/made-runs.ts'
import { addClient, read, setZone, upload, openAs, type Runtime } from '../../support/asking.ts'

export function runsContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const { fixture } = runtime

  it('takes a watch file, judges it, and gives it back byte for byte', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const bytes = fixture('calm-run')
    const [result] = await upload(request, client, { 'calm-run.fit': bytes })
    expect(result).toMatchObject({ result: 'added', verdict: 'calm', part: null, movingS: 1739 })
    const run = `/api/runs/${result?.runId}`
    const { startedAtMs, startOffsetS } = result ?? {}
    expect(await read(request(run))).toMatchObject({
      startedAtMs,
      startOffsetS,
      sport: 'running',
      sensor: 'chest',
      samples: 1740,
      pauses: [[900, 960]],
      assessment: { verdict: 'calm', zone: { ceilingBpm: 140 }, zoneTime: { movingS: 1739 } },
    })
    const series = await read<{ heartRate: { bpm: number[] }; smoothed: { bpm: number[] } }>(request(`${run}/series`))
    expect([series.heartRate.bpm.length, series.smoothed.bpm.length]).toEqual([1740, 1740])
    expect(new Uint8Array(await (await request(`${run}/file`)).arrayBuffer())).toEqual(bytes)
    const list = await read<{ items: { verdict: string }[] }>(request(`/api/clients/${client}/runs`))
    expect(list.items.map(({ verdict }) => verdict)).toEqual(['calm'])
  })

  it("shows a start by the file's own offset, and warns of a clock that cannot be right", async () => {
    const request = await open()
    const client = await addClient(request)
    const seconds = kinetics([{ forS: 400, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3)
    const fitTime = (moment: string) => Date.parse(moment) / 1000 - 631_065_600
    const results = await upload(request, client, {
      'summer.fit': encodeRun(seconds, { startTime: fitTime('2026-09-01T08:00:00Z') }),
      'winter.fit': encodeRun(seconds, { startTime: fitTime('2026-02-01T08:00:00Z') }),
      'future.fit': encodeRun(seconds, { startTime: fitTime('2056-07-01T08:00:00Z') }),
    })
    const shown = await Promise.all(
      results.map(({ runId }) => read<{ startOffsetS: number; warnings: string[] }>(request(`/api/runs/${runId}`))),
    )
    const hereS = zoneOffsetS(Date.now(), 'Europe/Amsterdam')
    expect(shown.map(({ startOffsetS, warnings }) => [startOffsetS, warnings])).toEqual([
      [7200, []],
      [7200, ['CLOCK_HOUR_OFF']],
      // Until somebody says when it was it counts as of today (rule T4).
      [hereS, ['TIME_IN_FUTURE', 'CLOCK_IMPLAUSIBLE']],
    ])
  })

  it('gives a run back as FIT, CSV, FHIR and Open mHealth', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const [result] = await upload(request, client, { 'calm-run.fit': fixture('calm-run') })
    const get = async (format: string) => {
      const response = await request(`/api/runs/${result?.runId}/exports/${format}`)
      expect(response.status).toBe(200)
      return response
    }
    const fit = await get('fit')
    // Two clients' runs of one day are two files.
    const name = `calmpace-2026-09-01-${result?.runId.slice(0, 8)}.fit`
    expect(fit.headers.get('content-disposition')).toBe(`attachment; filename="${name}"; filename*=UTF-8''${name}`)
    // Read in again, the written file is the same run: a near duplicate with the same verdict.
    const [again] = await upload(request, client, { 'again.fit': new Uint8Array(await fit.arrayBuffer()) })
    expect(again).toMatchObject({ result: 'near_duplicate', verdict: 'calm' })
    const bom = '\uFEFF'
    const text = async (format: string) =>
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(await (await get(format)).arrayBuffer())
    expect((await text('csv?dialect=nl')).startsWith(bom)).toBe(true)
    expect((await text('csv?dialect=nl')).split('\r\n')[0]).toContain(';')
    expect((await text('csv')).trimEnd().split('\r\n').length).toBe(1801)
    const bundle = JSON.parse(await text('fhir')) as { resourceType: string; entry: object[] }
    expect([bundle.resourceType, bundle.entry.length > 2]).toEqual(['Bundle', true])
    const points = JSON.parse(await text('open-mhealth')) as { body: { heart_rate: { unit: string } } }[]
    expect([points.length, points[0]?.body.heart_rate.unit]).toEqual([1740, 'beats/min'])
    await read(request(`/api/runs/${result?.runId}/exports/pdf`), 400)
  })

  it('judges again under a newer zone and keeps the earlier assessment', async () => {
    const request = await open()
    const client = await addClient(request)
    const [result] = await upload(request, client, { 'hard.fit': fixture('too-hard-run') })
    expect(result?.verdict).toBe('cannot_tell:no_zone')
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const judged = await read<{ assessments: { verdict: string }[] }>(
      request(`/api/runs/${result?.runId}/assessments`, { method: 'POST' }),
      201,
    )
    expect(judged.assessments.map(({ verdict }) => verdict)).toEqual(['cannot_tell:no_zone', 'too_hard'])
  })

  it('lists runs in pages, newest first', async () => {
    const request = await open()
    const client = await addClient(request)
    await upload(request, client, { 'two.fit': fixture('two-activities'), 'calm.fit': fixture('calm-run') })
    type Page = { items: { startedAtMs: number; id: string }[]; nextCursor: string | null }
    const first = await read<Page>(request(`/api/clients/${client}/runs?limit=2`))
    const next = await read<Page>(request(`/api/clients/${client}/runs?limit=2&cursor=${first.nextCursor}`))
    const all = [...first.items, ...next.items]
    expect([all.length, new Set(all.map(({ id }) => id)).size, next.nextCursor]).toEqual([3, 3, null])
    expect(all.map(({ startedAtMs }) => startedAtMs)).toEqual(
      all.map(({ startedAtMs }) => startedAtMs).toSorted((a, b) => b - a),
    )
  })
}
