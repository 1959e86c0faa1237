// The HTTP contract of settings and what follows from them, for both runtimes.
import { expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../../fixtures/fit/made-runs.ts'
import { encodeGpx } from '../../../fixtures/xml/made-xml.ts'
import { send } from '../../support/sign-in.ts'
import { addClient, read, setZone, upload, openAs, type Runtime } from '../../support/asking.ts'

const DAY_MS = 86_400_000

export function settingsContract(runtime: Runtime): void {
  const open = openAs(runtime)
  const { fixture } = runtime

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
    const raised = { restBpm: 80, rateRaising: true, restMeasuredAtMs: Date.now(), restOnCurrentMedication: true }
    await read(setZone(request, clientId, raised), 422)
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
    const other = await addClient(request, 'Bo')
    expect((await read<{ source: string }>(setZone(request, other, raised), 201)).source).toBe('hrr_age')
    const old = { restMeasuredAtMs: Date.now() - 40 * 86_400_000 }
    const again = await setZone(request, other, old)
    expect([again.status, ((await again.json()) as { code?: string; source?: string }).source]).toEqual([
      201,
      'pctmax_age',
    ])
  })

  it('moves no run to another hour by another time zone of the clinic: each keeps that of its day (G9)', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const midnightMs = Math.floor(Date.now() / DAY_MS) * DAY_MS
    // In UTC: late in the evening in Amsterdam, afternoon in New York; and late in the morning, night in New York.
    const starts = [21.6 - 24, 21.6 - 48, 8.5, 8.5 - 24].map((hours) => midnightMs - DAY_MS + hours * 3_600_000)
    const seconds = kinetics([{ forS: 900, targetBpm: 124, speedMPerS: 2, stepsPerMin: 155 }], 5)
    const asGpx = (startMs: number) =>
      new TextEncoder().encode(encodeGpx(seconds, { startEpochS: Math.round(startMs / 1000) }))
    await upload(request, clientId, Object.fromEntries(starts.map((startMs, i) => [`${i}.gpx`, asGpx(startMs)])))
    const nights = async () => {
      const { flags } = await read<{ flags: { kind: string; level: string; evidence: { runs?: number } }[] }>(
        request(`/api/clients/${clientId}/patterns`),
      )
      return flags.flatMap(({ kind, level, evidence }) => (kind === 'G9.night' ? [[level, evidence.runs]] : []))
    }
    const before = await nights()
    const moved = { timeZone: 'America/New_York', ruleSets: [], parameters: {}, reason: 'verhuisd', seenVersion: 0 }
    await read(request('/api/settings', send('PUT', moved)))
    expect([before, await nights()]).toEqual([[['attention', 2]], [['attention', 2]]])
  })

  it('tells what the last weeks show, near duplicates left out', async () => {
    const request = await open()
    const clientId = await addClient(request)
    const patterns = () =>
      read<{
        flags: { kind: string; level: string; ruleVersion: string; evidence: object }[]
        weeks: { runs: number; minutes: number }[]
        change: { ratio: number | null }[]
      }>(request(`/api/clients/${clientId}/patterns`))
    expect((await patterns()).flags).toEqual([])
    // Four days in a row up to now, two rounds on the last day; FIT counts seconds from 1989-12-31.
    const seconds = kinetics([{ forS: 1500, targetBpm: 128, speedMPerS: 2.2, stepsPerMin: 158 }], 5)
    const noon = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400 + 43_200 - 631_065_600
    const starts = [noon - 3 * 86_400, noon - 2 * 86_400, noon - 86_400, noon - 21_600, noon]
    const files = Object.fromEntries(starts.map((startTime, i) => [`${i}.fit`, encodeRun(seconds, { startTime })]))
    const doubled = encodeRun(seconds, { startTime: noon + 30 })
    await upload(request, clientId, { ...files, 'double.fit': doubled })
    const { flags, weeks, change } = await patterns()
    expect(flags.map(({ kind, level }) => [kind, level])).toEqual([
      ['G6.two_a_day', 'note'],
      ['G7.no_rest_day', 'note'],
    ])
    expect(flags[1]?.evidence).toMatchObject({ days: 4 })
    expect(weeks).toHaveLength(8)
    expect(weeks.reduce((sum, { runs }) => sum + runs, 0)).toBe(5)
    expect(weeks.reduce((sum, { minutes }) => sum + minutes, 0)).toBeCloseTo(125, 0)
    expect(change.every(({ ratio }) => ratio === null)).toBe(true)
    const { items } = await read<{ items: { id: string }[] }>(request('/api/groups'))
    const group = await read<{ clients: { clientId: string; flags: unknown; weeks: unknown }[] }>(
      request(`/api/groups/${items[0]?.id}/patterns`),
    )
    expect(group.clients).toMatchObject([{ clientId, flags, weeks }])
    await read(request('/api/groups/nobodys/patterns'), 404)
    await read(request('/api/clients/nobody/patterns'), 404)
  })
}
