// The HTTP contract, from one source for both runtimes: Node with a SQLite file, workerd with a Durable Object.
import { gzipSync, zipSync } from 'fflate'
import { expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../fixtures/fit/made-runs.ts'
import { joinFirst, send, type Ask, type NewClinic } from '../support/sign-in.ts'

export interface Runtime {
  /** A fresh clinic. */
  readonly openNew: () => Promise<NewClinic>
  readonly fixture: (name: string) => Uint8Array
}
type Request = Ask
interface Result {
  readonly file: string
  readonly part: number | null
  readonly result: string
  readonly runId: string
  readonly code: string | null
  readonly message: string | null
  readonly verdict: string | null
}

async function read<T>(response: Response | Promise<Response>, status = 200): Promise<T> {
  const settled = await response
  const text = await settled.text()
  expect([settled.status, settled.status === status ? '' : text]).toEqual([status, ''])
  return (text === '' ? null : JSON.parse(text)) as T
}
async function addClient(request: Request, firstName = 'Noor'): Promise<string> {
  const body = { firstName, birthYear: 1986, watchLevel: 'standard' }
  return (await read<{ id: string }>(request('/api/clients', send('POST', body)), 201)).id
}
const setZone = (request: Request, clientId: string, inputs: object, reason: string | null = null) =>
  request(`/api/clients/${clientId}/zones`, send('POST', { inputs, reason }))

async function upload(
  request: Request,
  clientId: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Result[]> {
  const form = new FormData()
  for (const [name, bytes] of Object.entries(files)) form.append('files', new File([Uint8Array.from(bytes)], name))
  const response = request(`/api/clients/${clientId}/runs`, { method: 'POST', body: form })
  return (await read<{ results: Result[] }>(response)).results
}
/** `toEqual` compares megabytes one value at a time, for seconds. */
const sameBytes = (got: ArrayBuffer, wanted: Uint8Array) =>
  got.byteLength === wanted.length && new Uint8Array(got).every((byte, i) => byte === wanted[i])
const told = (results: readonly Result[]) => results.map(({ file, result, code }) => [file, code ?? result])

export function httpContract({ openNew, fixture }: Runtime): void {
  const open = async () => joinFirst(await openNew())

  it('says that it lives and is ready', async () => {
    const request = await open()
    expect(await read(request('/healthz'))).toEqual({ status: 'ok' })
    expect(await read(request('/readyz'))).toEqual({ status: 'ready' })
  })

  it('keeps clients, lists them by name in pages, and changes them', async () => {
    const request = await open()
    for (const name of ['Cem', 'Anna', 'Bo']) await addClient(request, name)
    const first = await read<{ items: { firstName: string; id: string }[]; nextCursor: string }>(
      request('/api/clients?limit=2'),
    )
    expect(first.items.map(({ firstName }) => firstName)).toEqual(['Anna', 'Bo'])
    const next = await read<typeof first>(request(`/api/clients?limit=2&cursor=${first.nextCursor}`))
    expect([next.items.map(({ firstName }) => firstName), next.nextCursor]).toEqual([['Cem'], null])
    const anna = `/api/clients/${first.items[0]?.id}`
    expect(await read(request(anna, send('PATCH', { watchLevel: 'extra' })))).toMatchObject({
      firstName: 'Anna',
      watchLevel: 'extra',
      runCount: 0,
      zone: null,
    })
  })

  it('says what I may do with a client', async () => {
    const request = await open()
    const client = await addClient(request)
    const { actions } = await read<{ actions: string[] }>(request(`/api/clients/${client}`))
    expect(actions).toContain('zone.set')
    expect(actions).not.toContain('log.view')
    const { items } = await read<{ items: { clients: number; clientIds: string[] }[] }>(request('/api/groups'))
    expect(items).toMatchObject([{ clients: 1, clientIds: [client] }])
  })

  it('answers bad requests with problems that have a code', async () => {
    const request = await open()
    const problem = async (path: string, init: RequestInit | undefined, status: number) => {
      const response = await request(path, init)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      return read<{ code: string; title: string }>(response, status)
    }
    expect(await problem('/api/clients/nobody', undefined, 404)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await problem('/api/nothing', undefined, 404)).toMatchObject({ code: 'NOT_FOUND' })
    expect(await problem('/api/clients?cursor=x', undefined, 400)).toMatchObject({ code: 'INVALID_REQUEST' })
    const child = { firstName: 'Kim', birthYear: new Date().getUTCFullYear() - 12, watchLevel: 'standard' }
    expect(await problem('/api/clients', send('POST', child), 400)).toMatchObject({ code: 'INVALID_REQUEST' })
    expect(await problem('/api/clients', send('POST', { firstName: '' }), 400)).toMatchObject({
      code: 'INVALID_REQUEST',
    })
    const foreign = {
      ...send('POST', child),
      headers: { 'content-type': 'application/json', origin: 'https://evil.test' },
    }
    expect(await problem('/api/clients', foreign, 403)).toMatchObject({ code: 'FOREIGN_ORIGIN' })
  })

  it('keeps every zone version, and refuses what cannot be one', async () => {
    const request = await open()
    const client = await addClient(request)
    expect(await read(setZone(request, client, { restBpm: 60 }), 201)).toMatchObject({ source: 'hrr_age' })
    expect(await read(setZone(request, client, { manualCeilingBpm: 140 }), 422)).toMatchObject({
      code: 'REASON_REQUIRED',
    })
    expect(await read(setZone(request, client, { manualCeilingBpm: 199 }, 'x'), 422)).toMatchObject({
      code: 'ZONE_REJECTED',
      errors: ['CEILING_ABOVE_90_MAX'],
    })
    expect(await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)).toMatchObject({
      source: 'manual',
      ceilingBpm: 140,
    })
    const { items } = await read<{ items: { source: string }[] }>(request(`/api/clients/${client}/zones`))
    expect(items.map(({ source }) => source).toSorted()).toEqual(['hrr_age', 'manual'])
  })

  it('takes a watch file, judges it, and gives it back byte for byte', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const bytes = fixture('calm-run')
    const [result] = await upload(request, client, { 'calm-run.fit': bytes })
    expect(result).toMatchObject({ result: 'added', verdict: 'calm', part: null })
    const run = `/api/runs/${result?.runId}`
    expect(await read(request(run))).toMatchObject({
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
    expect(shown.map(({ startOffsetS, warnings }) => [startOffsetS, warnings])).toEqual([
      [7200, []],
      [7200, ['CLOCK_HOUR_OFF']],
      [7200, ['TIME_IN_FUTURE']],
    ])
  })

  it('knows a file that comes twice, and marks a near duplicate for a person', async () => {
    const request = await open()
    const client = await addClient(request)
    const [first] = await upload(request, client, { 'a.fit': fixture('calm-run') })
    const again = await upload(request, client, {
      'b.fit': fixture('calm-run'),
      'c.fit.gz': gzipSync(fixture('calm-run')),
    })
    expect(again.map(({ result, runId }) => [result, runId])).toEqual([
      ['already_there', first?.runId],
      ['already_there', first?.runId],
    ])
    const [near] = await upload(request, client, { 'watch.fit': fixture('near-duplicate') })
    expect(near?.result).toBe('near_duplicate')
    const path = `/api/runs/${near?.runId}`
    expect(await read(request(path))).toMatchObject({ nearDuplicateOf: first?.runId })
    expect(await read(request(path, send('PATCH', { nearDuplicateOf: null })))).toMatchObject({ nearDuplicateOf: null })
    await read(request(path, { method: 'DELETE' }), 204)
    await read(request(path), 404)
    expect((await upload(request, client, { 'watch.fit': fixture('near-duplicate') }))[0]?.result).toBe(
      'near_duplicate',
    )
  })

  it('puts two sources of one run together, shows where each second came from, and takes them apart again', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const lost = seconds.map((second, s) => (s >= 500 && s < 1000 ? { ...second, bpm: 0 } : second))
    const [strap, wrist] = await upload(request, client, {
      'strap.fit': encodeRun(lost),
      'wrist.fit': encodeRun(seconds, { sensor: 'wrist', startTime: START + 30 }),
    })
    expect([strap?.verdict, wrist?.result]).toEqual(['cannot_tell:signal', 'near_duplicate'])
    interface Shown {
      readonly verdict: string
      readonly elapsedS: number
      readonly assessments: { readonly verdict: string }[]
      readonly combination: {
        readonly sources: { runId: string; seconds: number }[]
        readonly agreement: object
      } | null
    }
    const runs = async () =>
      (await read<{ items: { id: string }[] }>(request(`/api/clients/${client}/runs`))).items.map(({ id }) => id)
    const path = `/api/runs/${strap?.runId}`
    const both = await read<Shown>(request(`${path}/combination`, send('POST', { otherRunId: wrist?.runId })), 201)
    expect([both.verdict, both.elapsedS]).toEqual(['calm', 1529])
    expect(both.combination?.sources.map(({ runId }) => runId)).toEqual([strap?.runId, wrist?.runId])
    expect(both.combination?.agreement).toMatchObject({ seconds: 970 })
    expect(await runs()).toEqual([strap?.runId])
    const { source } = await read<{ source: number[] }>(request(`${path}/series`))
    expect([source[100], source[700], source[1100], source.at(-1)]).toEqual([1, 2, 1, 2])
    const again = request(`${path}/combination`, send('POST', { otherRunId: wrist?.runId }))
    expect((await read<{ code: string }>(again, 409)).code).toBe('ALREADY_COMBINED')

    const apart = await read<Shown>(request(`${path}/combination`, { method: 'DELETE' }))
    expect([apart.verdict, apart.combination, apart.assessments.map(({ verdict }) => verdict)]).toEqual([
      'cannot_tell:signal',
      null,
      ['cannot_tell:signal', 'calm', 'cannot_tell:signal'],
    ])
    expect((await runs()).toSorted()).toEqual([strap?.runId, wrist?.runId].toSorted())
    expect(await read(request(`/api/runs/${wrist?.runId}`))).toMatchObject({ nearDuplicateOf: strap?.runId })
    const [later] = await upload(request, client, { 'later.fit': encodeRun(seconds, { startTime: START + 9000 }) })
    const never = request(`${path}/combination`, send('POST', { otherRunId: later?.runId }))
    expect((await read<{ code: string }>(never, 422)).code).toBe('NOT_ONE_RUN')
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
    expect(fit.headers.get('content-disposition')).toBe('attachment; filename="calmpace-2026-09-01.fit"')
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

  it('judges what is left when one of two sources is removed', async () => {
    const request = await open()
    const client = await addClient(request)
    await read(setZone(request, client, { manualCeilingBpm: 140 }, 'talk test'), 201)
    const seconds = kinetics([{ forS: 1500, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const lost = seconds.map((second, s) => (s >= 500 && s < 1000 ? { ...second, bpm: 0 } : second))
    const files = { 'strap.fit': encodeRun(lost), 'wrist.fit': encodeRun(seconds, { sensor: 'wrist' }) }
    const [strap, wrist] = await upload(request, client, files)
    await read(request(`/api/runs/${strap?.runId}/combination`, send('POST', { otherRunId: wrist?.runId })), 201)
    await read(request(`/api/runs/${wrist?.runId}`, { method: 'DELETE' }), 204)
    expect(await read(request(`/api/runs/${strap?.runId}`))).toMatchObject({
      verdict: 'cannot_tell:signal',
      combination: null,
    })
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

  it('gives each activity of a file a run of its own', async () => {
    const request = await open()
    const results = await upload(request, await addClient(request), { 'two.fit': fixture('two-activities') })
    expect(results.map(({ part, result }) => [part, result])).toEqual([
      [1, 'added'],
      [2, 'added'],
    ])
  })

  it('tells each unusable file why, while the others of the upload land', async () => {
    const request = await open()
    const client = await addClient(request)
    const bomb = zipSync({ 'big.fit': new Uint8Array(65 * 1024 * 1024), 'run.fit': fixture('too-hard-run') })
    const results = await upload(request, client, {
      'settings.fit': fixture('settings'),
      'sleep.fit': fixture('sleep'),
      'text.fit': new TextEncoder().encode('this is no watch file'),
      'empty.fit': new Uint8Array(),
      'photo.jpg': Uint8Array.from([1, 2, 3, 4]),
      'bomb.zip': bomb,
      'calm-run.fit': fixture('calm-run'),
    })
    expect(told(results)).toEqual([
      ['settings.fit', 'NOT_ACTIVITY'],
      ['sleep.fit', 'NOT_ACTIVITY'],
      ['text.fit', 'NOT_FIT'],
      ['empty.fit', 'EMPTY'],
      ['photo.jpg', 'UNKNOWN_KIND'],
      ['bomb.zip/big.fit', 'TOO_LARGE'],
      ['bomb.zip/run.fit', 'added'],
      ['calm-run.fit', 'near_duplicate'],
    ])
    expect(results.every(({ code, message }) => (code === null) === (message === null))).toBe(true)
  })

  it('takes a file of more than a megabyte, kept in parts and given back whole', async () => {
    const request = await open()
    const client = await addClient(request)
    const day = [{ forS: 120_000, targetBpm: 118, speedMPerS: 1.5, stepsPerMin: 110 }]
    const bytes = encodeRun(kinetics(day, 9))
    expect(bytes.length).toBeGreaterThan(1_050_000)
    const [result] = await upload(request, client, { 'long.fit': bytes })
    expect(result?.result).toBe('added')
    const file = await request(`/api/runs/${result?.runId}/file`)
    expect(sameBytes(await file.arrayBuffer(), bytes)).toBe(true)
    expect(await read(request(`/api/runs/${result?.runId}`))).toMatchObject({ samples: 120_000, elapsedS: 119_999 })
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

  it('shows a hundred and twenty runs at once: more than a statement of a Durable Object takes values', async () => {
    const request = await open()
    const client = await addClient(request)
    const seconds = kinetics([{ forS: 320, targetBpm: 120, speedMPerS: 2, stepsPerMin: 150 }], 3)
    const files = Array.from({ length: 120 }, (_, i) => [
      `${i}.fit`,
      encodeRun(seconds, { startTime: START - i * 86_400 }),
    ])
    await upload(request, client, Object.fromEntries(files) as Record<string, Uint8Array>)
    const { items } = await read<{ items: object[] }>(request(`/api/clients/${client}/runs?limit=200`))
    expect(items).toHaveLength(120)
    await read(request(`/api/clients/${client}/patterns`))
  })

  it('keeps what the clinic has set as versions with a reason, and judges by it from then on', async () => {
    const request = await open()
    interface Settings {
      readonly current: { readonly version: number; readonly ruleSets: string[] }
      readonly history: { readonly version: number; readonly reason: string | null }[]
      readonly parameters: { readonly name: string; readonly value: number; readonly default: number }[]
    }
    const at = (await read<Settings>(request('/api/settings'))).current.version
    const wanted = {
      timeZone: 'Europe/Amsterdam',
      ruleSets: ['recovery', 'dfa_alpha1'],
      parameters: { 'monitor.hardHoldS': 20 },
      reason: 'afgesproken in het team',
    }
    const put = (body: object) => request('/api/settings', send('PUT', body))
    const changed = await read<Settings>(put({ ...wanted, seenVersion: at }))
    expect(changed.current).toMatchObject({ version: at + 1, ruleSets: ['recovery', 'dfa_alpha1'] })
    expect(changed.history.map(({ version }) => version)).toEqual([1, 0])
    expect(changed.parameters.find(({ name }) => name === 'monitor.hardHoldS')).toMatchObject({
      value: 20,
      default: 10,
    })
    expect((await read<{ code: string }>(put({ ...wanted, seenVersion: at }), 409)).code).toBe('CHANGED_MEANWHILE')
    const refused = await read<{ code: string; errors: string[] }>(
      put({ ...wanted, seenVersion: at + 1, parameters: { 'monitor.hardHoldS': 900, nonsense: 1 } }),
      422,
    )
    expect([refused.code, refused.errors]).toEqual([
      'SETTINGS_REJECTED',
      ['PARAMETER_RANGE monitor.hardHoldS', 'UNKNOWN_PARAMETER nonsense'],
    ])
    await read(put({ ...wanted, seenVersion: at + 1, reason: ' ' }), 400)
    await read(put({ ...wanted, seenVersion: at + 1, timeZone: 'Mars/Olympus' }), 400)

    const clientId = await addClient(request)
    await read(setZone(request, clientId, { manualCeilingBpm: 140 }, 'praattest'), 201)
    const [added] = await upload(request, clientId, { 'run.fit': fixture('too-hard-run') })
    const run = await read<{
      assessment: { cues: { elapsedS: number; kind: string }[]; ruleSets: string[]; parameters: object }
    }>(request(`/api/runs/${added?.runId}`))
    expect(run.assessment.cues.map(({ kind }) => kind)).toContain('HARD')
    expect([run.assessment.ruleSets, run.assessment.parameters]).toEqual([
      ['recovery', 'dfa_alpha1'],
      { 'monitor.hardHoldS': 20 },
    ])
    const series = await read<{ alpha1: unknown[] | null }>(request(`/api/runs/${added?.runId}/series`))
    expect(series.alpha1).toEqual([])
  })

  it('holds the heart rate before the start against that of earlier runs, once its rule set is on', async () => {
    const request = await open()
    const settings = { timeZone: 'Europe/Amsterdam', parameters: {}, reason: 'besluit', seenVersion: 0 }
    await read(request('/api/settings', send('PUT', { ...settings, ruleSets: ['start_heart_rate'] })))
    const client = await addClient(request)
    const started = (day: number, standingBpm: number) =>
      encodeRun(
        kinetics(
          [
            { forS: 180, targetBpm: standingBpm, speedMPerS: 0, stepsPerMin: 0 },
            { forS: 900, targetBpm: 124, speedMPerS: 2.2, stepsPerMin: 156 },
          ],
          day,
        ),
        { startTime: START + day * 86_400 },
      )
    const usual = { '1.fit': started(1, 84), '2.fit': started(2, 85), '3.fit': started(3, 84) }
    const results = await upload(request, client, { ...usual, '4.fit': started(4, 97) })
    const flags = await Promise.all(
      results.map(async ({ runId }) =>
        (await read<{ flags: { kind: string }[] }>(request(`/api/runs/${runId}`))).flags.map(({ kind }) => kind),
      ),
    )
    expect(flags).toEqual([[], [], [], ['F8.start']])
  })

  it('has the medicine tick only where the clinic switched its rule set on', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const inputs = { talkCeilingBpm: 118, talkTestedAtMs: Date.now(), ownCalibration: true }
    const refused = await read<{ code: string }>(setZone(request, clientId, inputs), 422)
    expect(refused.code).toBe('RULE_SET_OFF')
    const settings = {
      timeZone: 'Europe/Amsterdam',
      ruleSets: ['medicine'],
      parameters: {},
      reason: 'besluit',
      seenVersion: 0,
    }
    await read(request('/api/settings', send('PUT', settings)))
    const zone = await read<{ source: string; hardBpm: number }>(setZone(request, clientId, inputs), 201)
    expect([zone.source, zone.hardBpm]).toEqual(['talktest', 138])
  })

  it('tells what the last weeks show, near duplicates left out', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const patterns = () =>
      read<{ flags: { kind: string; level: string; ruleVersion: string; evidence: object }[] }>(
        request(`/api/clients/${clientId}/patterns`),
      )
    expect((await patterns()).flags).toEqual([])
    // Four days in a row up to now, two rounds on the last day; FIT counts seconds from 1989-12-31.
    const seconds = kinetics([{ forS: 1500, targetBpm: 128, speedMPerS: 2.2, stepsPerMin: 158 }], 5)
    const noon = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400 + 43_200 - 631_065_600
    const starts = [noon - 3 * 86_400, noon - 2 * 86_400, noon - 86_400, noon - 21_600, noon]
    const files = Object.fromEntries(starts.map((startTime, i) => [`${i}.fit`, encodeRun(seconds, { startTime })]))
    const doubled = encodeRun(seconds, { startTime: noon + 30 })
    await upload(request, clientId, { ...files, 'double.fit': doubled })
    const { flags } = await patterns()
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual([
      ['G6.two_a_day', 'note'],
      ['G7.no_rest_day', 'note'],
    ])
    expect(flags[1]?.evidence).toMatchObject({ days: 4 })
    await read(request('/api/clients/nobody/patterns'), 404)
  })

  it('describes itself', async () => {
    const request = await open()
    const document = await read<{ paths: object }>(request('/api/openapi.json'))
    expect(Object.keys(document.paths)).toContain('/api/clients/{clientId}/runs')
    const docs = await request('/api/docs')
    expect(await docs.text()).toContain('/api/runs/{runId}/series')
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'")
  })
}
