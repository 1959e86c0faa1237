// Everything of one client as one zip, out of one clinic and into another, on both runtimes.
import { unzipSync, zipSync, strFromU8, strToU8, type Unzipped } from 'fflate'
import { expect, it } from 'vitest'
import { encodeRun, kinetics, START } from '../../../fixtures/fit/made-runs.ts'
import { addClient, codeOf, read, setZone, upload } from '../../support/clinic-work.ts'
import { join, joinFirst, send, type Ask } from '../../support/sign-in.ts'
import { newPart, sendStream } from '../../support/phone.ts'
import { guided, madeStream, STREAM_START_MS } from '../../support/stream.ts'
import { hardRun } from '../../support/world.ts'
import type { RightsRuntime } from './rights-runtime.ts'

const DAY_MS = 86_400_000
type Json = Record<string, unknown>

export const getZip = async (ask: Ask, clientId: string): Promise<Uint8Array> => {
  const response = await ask(`/api/clients/${clientId}/data.zip`)
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip'])
  return new Uint8Array(await response.arrayBuffer())
}
export const sendZip = (ask: Ask, clientId: string, zip: Uint8Array) => {
  const form = new FormData()
  form.append('files', new File([Uint8Array.from(zip)], 'data.zip'))
  return ask(`/api/clients/${clientId}/import`, { method: 'POST', body: form })
}
export const jsonOf = (zip: Uint8Array): Json =>
  JSON.parse(strFromU8(unzipSync(zip)['calmpace.json'] ?? new Uint8Array()))
export const rezip = (members: Unzipped, json: Json): Uint8Array =>
  zipSync({ ...members, 'calmpace.json': strToU8(JSON.stringify(json)) })

/** An archive with every id replaced by the place where it was met first, without what belongs to its own clinic. */
function factsOf(zip: Uint8Array) {
  const members = unzipSync(zip)
  const { exportedAtMs: _, account: _account, groups: _groups, log: _log, ...facts } = jsonOf(zip)
  const { client } = facts as { client: Json }
  const ids = new Map<string, string>()
  const plain = (text: string) =>
    text
      .replaceAll(/https?:\/\/[\w.-]+\/fhir/g, 'fhir')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
        if (!ids.has(id)) ids.set(id, `id ${ids.size}`)
        return ids.get(id) ?? ''
      })
  const json: unknown = JSON.parse(plain(JSON.stringify({ ...facts, client: { ...client, createdAtMs: 0 } })))
  const files = Object.entries(members)
    // The page says when it was made, by which clinic's clock.
    .filter(([path]) => path !== 'calmpace.json' && path !== 'index.html')
    .map(([path, bytes]) => [
      plain(path),
      path.endsWith('.bin') || path.startsWith('files/') ? bytes : plain(strFromU8(bytes)),
    ])
  return { json, files: new Map(files.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)) as [string, unknown][]) }
}

export function dataContract({ openNew, fixture }: RightsRuntime): void {
  /** What a phone wrote down of a runner whom somebody told to slow down. */
  const groupRun = (() => {
    const told = { kind: 'told', atMs: STREAM_START_MS + 400_000, by: 'therapist' } as const
    const at = { kind: 'checked_in', atMs: STREAM_START_MS - 2500 } as const
    return madeStream(900, (s) => 120 + (s % 30), [told, { ...at, result: 'ok', zoneNeedsReview: true }])
  })()
  /** A client with zones, several files, a near duplicate, a combination, a strap's run, an older rule version's assessment. */
  const withHistory = async () => {
    const clinic = await openNew()
    const staff = await joinFirst(clinic)
    const clientId = await addClient(staff, 'Noor')
    const { id: zoneVersionId } = await setZone(staff, clientId, { restBpm: 60 })
    const seconds = kinetics([{ forS: 900, targetBpm: 126, speedMPerS: 2.3, stepsPerMin: 158 }], 3)
    const uploaded = await upload(staff, clientId, {
      'calm run.fit': fixture('calm-run'),
      'horloge.fit': fixture('near-duplicate'),
      'two.fit': fixture('two-activities'),
      'hard.fit': hardRun(Date.now()),
      'strap.fit': encodeRun(seconds, { startTime: START + 500_000 }),
      'wrist.fit': encodeRun(seconds, { sensor: 'wrist', startTime: START + 500_010 }),
    })
    await sendStream(staff, newPart(clientId), [guided(STREAM_START_MS - 10_000, { zoneVersionId }), ...groupRun])
    const plan = {
      weekdays: [2, 4, 6],
      runMin: 30,
      intervals: { runS: 120, walkS: 60 },
      reason: 'bouwt op',
      reasonForClient: 'samen afgesproken',
    }
    await read(staff(`/api/clients/${clientId}/plans`, send('POST', plan)), 201)
    const invited = await read<{ token: string }>(
      staff(`/api/clients/${clientId}/invitations`, { method: 'POST' }),
      201,
    )
    const noor = await join(clinic.ask, invited.token, 'noor@example.org', { name: 'Noor' })
    await read(noor(`/api/clients/${clientId}/sharing`, send('PUT', { agreed: true })))
    const told = { rpe: 3, mood: 6, energy: 7, sleepH: 7.5, whatHelped: 'de vogels' }
    await read(noor(`/api/runs/${uploaded[0]?.runId}/after-run`, send('PUT', told)))
    const question = noor(`/api/clients/${clientId}/notes`, send('POST', { text: 'mag ik ook zondag?' }))
    const { items: asked } = await read<{ items: { id: string }[] }>(question, 201)
    const answer = { text: 'ja, rustig aan', answers: asked[0]?.id }
    await read(staff(`/api/clients/${clientId}/notes`, send('POST', answer)), 201)
    await read(staff(`/api/clients/${clientId}/rest-notes`, send('POST', { kind: 'score', score: 24 })), 201)
    const [strap, wrist] = uploaded.slice(-2)
    await read(staff(`/api/runs/${strap?.runId}/combination`, send('POST', { otherRunId: wrist?.runId })), 201)
    const { items } = await read<{ items: { id: string }[] }>(staff('/api/flags?kind=F9.hard'))
    const step = { act: 'resolve', seenVersion: 0, reason: 'talked', note: 'samen besproken' }
    await read(staff(`/api/flags/${items[0]?.id}/steps`, send('POST', step)), 201)
    await setZone(staff, clientId, { manualCeilingBpm: 140 }, 'talk test')
    await read(staff(`/api/runs/${uploaded[0]?.runId}/assessments`, { method: 'POST' }), 201)
    return { ...clinic, staff, noor, clientId, runs: uploaded.length + 1, run: uploaded[0]?.runId ?? '' }
  }
  const elsewhere = async (firstName = 'Iemand') => {
    const staff = await joinFirst(await openNew())
    return { staff, clientId: await addClient(staff, firstName) }
  }

  it('gives everything of one client as one zip: facts, files byte for byte, each run as CSV and FHIR', async () => {
    const { staff, clientId, runs, run } = await withHistory()
    const zip = await getZip(staff, clientId)
    const members = unzipSync(zip)
    const json = jsonOf(zip)
    expect(json).toMatchObject({ format: 'calmpace-client', version: 2, client: { firstName: 'Noor' } })
    const lengths = ['zones', 'files', 'runs', 'assessments', 'combinations'].map((name) => (json[name] as []).length)
    expect(lengths).toEqual([2, 7, runs, runs + 2, 1])
    // Of runs that may be one, what nobody answered yet and what a person said.
    const answers = (json['twins'] as { answer: { isOneRun: boolean } | null }[]).map(({ answer }) => answer?.isOneRun)
    expect(new Set(answers)).toEqual(new Set([undefined, true]))
    const hands = (json['runs'] as { recording: Json }[]).flatMap(({ recording }) => recording['hands'] ?? [])
    expect(hands).toEqual([[400, 'told', 'therapist']])
    const { personId } = await read<{ personId: string }>(staff('/api/me'))
    const checkIn = { atMs: STREAM_START_MS - 2500, result: 'ok', zoneNeedsReview: true, byPersonId: personId }
    expect(json['checkIns']).toEqual([checkIn])
    expect(json).toMatchObject({
      plans: [{ weekdays: [2, 4, 6], runMin: 30, reason: 'bouwt op', reasonForClient: 'samen afgesproken' }],
      sharing: [{ agreed: true }],
      afterRuns: [{ runId: run, rpe: 3, whatHelped: 'de vogels' }],
      notes: [{ kind: 'answer' }, { kind: 'question', text: 'mag ik ook zondag?' }],
      restNotes: [{ kind: 'score', score: 24 }],
    })
    const flags = json['flags'] as { kind: string; events: { act: string; note: string | null }[] }[]
    const hard = flags.find(({ kind }) => kind === 'F9.hard')
    expect(hard?.events.map(({ act, note }) => [act, note])).toEqual([
      ['raised', null],
      ['resolve', 'samen besproken'],
    ])
    expect((json['log'] as Json[])[0]).toMatchObject({ action: 'data.export', clientId })
    const original = Object.keys(members).find((path) => path.endsWith('/calm_run.fit')) ?? ''
    expect(members[original]).toEqual(fixture('calm-run'))
    const csv = strFromU8(members[`runs/2026-09-01-${run}.csv`] ?? new Uint8Array())
    expect(csv.trimEnd().split('\r\n').length).toBe(1801)
    const fhir = JSON.parse(strFromU8(members[`runs/2026-09-01-${run}.fhir.json`] ?? new Uint8Array())) as Json
    expect(fhir['resourceType']).toBe('Bundle')
  })

  it('takes limits along as they were: withdrawn ones, a hard limit alone, and long names of a file', async () => {
    const staff = await joinFirst(await openNew())
    const from = await addClient(staff, 'Noor')
    const mistake = await read<{ id: string }>(
      staff(`/api/clients/${from}/zones`, send('POST', { inputs: { manualCeilingBpm: 150 }, reason: 'typefout' })),
      201,
    )
    const withdrawal = { reason: 'moest 105 zijn', confirmed: ['CEILING_RISES', 'HARD_RISES'] }
    await read(staff(`/api/clients/${from}/zones/${mistake.id}/withdrawal`, send('POST', withdrawal)))
    await setZone(staff, from, { manualCeilingBpm: 105 }, 'praattest')
    await upload(staff, from, { [`${'n'.repeat(1200)}.fit`]: fixture('calm-run') })
    const { staff: there, clientId } = await elsewhere()
    await read(sendZip(there, clientId, await getZip(staff, from)))
    const { items } = await read<{ items: Json[] }>(there(`/api/clients/${clientId}/zones`))
    expect(items).toMatchObject([
      { ceilingBpm: 105, withdrawn: null },
      { ceilingBpm: 150, withdrawn: { reason: 'moest 105 zijn' } },
    ])
    const { items: runs } = await read<{ items: { fileName: string }[] }>(there(`/api/clients/${clientId}/runs`))
    expect(runs.map(({ fileName }) => [fileName.length, fileName.slice(-8)])).toEqual([[1000, 'nnnn.fit']])
  })

  it('does not take a limit that an archive dates ahead as the one in force', async () => {
    const staff = await joinFirst(await openNew())
    const from = await addClient(staff, 'Noor')
    await setZone(staff, from, { manualCeilingBpm: 105 }, 'praattest')
    const zip = await getZip(staff, from)
    const json = jsonOf(zip)
    const [zone = {}] = json['zones'] as Json[]
    const ahead = { ...zone, id: 'ahead', validFromMs: Date.now() + DAY_MS, ceilingBpm: 175, hardBpm: 195 }
    const { staff: there, clientId } = await elsewhere()
    await read(sendZip(there, clientId, rezip(unzipSync(zip), { ...json, zones: [ahead, zone] })))
    const client = await read<{ zone: Json }>(there(`/api/clients/${clientId}`))
    expect(client.zone).toMatchObject({ ceilingBpm: 105 })
    const { items } = await read<{ items: Json[] }>(there(`/api/clients/${clientId}/zones`))
    expect(items).toMatchObject([
      { ceilingBpm: 175, withdrawn: { by: null } },
      { ceilingBpm: 105, withdrawn: null },
    ])
  })

  it('lets no archive bring in a limit that no heart has, or one that is higher than the one in force', async () => {
    const staff = await joinFirst(await openNew())
    const from = await addClient(staff, 'Noor')
    await setZone(staff, from, { manualCeilingBpm: 150, manualHardBpm: 170 }, 'praattest')
    const zip = await getZip(staff, from)
    const json = jsonOf(zip)
    const [zone = {}] = json['zones'] as Json[]
    // Versions of before took such numbers, so that an archive may hold them.
    const wrong = [{ hardBpm: 1700 }, { hardBpm: 152 }, { floorBpm: -20 }, { ceilingBpm: 215 }, { createdAtMs: 9e14 }]
    for (const numbers of wrong) {
      const { staff: there, clientId } = await elsewhere()
      await read(sendZip(there, clientId, rezip(unzipSync(zip), { ...json, zones: [{ ...zone, ...numbers }] })))
      const client = await read<{ zone: Json | null }>(there(`/api/clients/${clientId}`))
      expect([JSON.stringify(numbers), client.zone]).toEqual([JSON.stringify(numbers), null])
    }
    const { staff: there, clientId } = await elsewhere()
    await setZone(there, clientId, { manualCeilingBpm: 120, manualHardBpm: 140 }, 'lager')
    const later = { ...zone, validFromMs: Date.now(), createdAtMs: Date.now() }
    await read(sendZip(there, clientId, rezip(unzipSync(zip), { ...json, zones: [later] })))
    expect(await read(there(`/api/clients/${clientId}`))).toMatchObject({ zone: { ceilingBpm: 120, hardBpm: 140 } })
    const { items } = await read<{ items: Json[] }>(there(`/api/clients/${clientId}/zones`))
    expect(items[0]).toMatchObject({ ceilingBpm: 150, withdrawn: { by: null } })
  })

  it('gives what a phone sent that is no run yet as a stream, which can be uploaded', async () => {
    const { staff, clientId } = await withHistory()
    const part = newPart(clientId)
    await sendStream(staff, part, groupRun.slice(0, 500))
    const members = unzipSync(await getZip(staff, clientId))
    const stream = members[`streams/${part.participationId}.cprs`] ?? new Uint8Array()
    const there = await elsewhere()
    const [uploaded] = await upload(there.staff, there.clientId, { 'stream.cprs': stream })
    expect(uploaded?.result).toBe('added')
  })

  it('takes it in at another clinic, where its own export says the same; a second time changes nothing', async () => {
    const { staff, clientId, runs } = await withHistory()
    const zip = await getZip(staff, clientId)
    const there = await elsewhere()
    const imported = { zonesAdded: 2, runsAdded: runs, runsAlreadyThere: 0, runsRemovedBefore: 0 }
    expect(await read(sendZip(there.staff, there.clientId, zip))).toEqual(imported)
    const again = await getZip(there.staff, there.clientId)
    expect(factsOf(again)).toEqual(factsOf(zip))
    expect(await read(sendZip(there.staff, there.clientId, zip))).toEqual({
      zonesAdded: 0,
      runsAdded: 0,
      runsAlreadyThere: runs,
      runsRemovedBefore: 0,
    })
    expect(factsOf(await getZip(there.staff, there.clientId))).toEqual(factsOf(zip))
    expect(await read(there.staff(`/api/clients/${there.clientId}`))).toMatchObject({ firstName: 'Noor' })
    const { items } = await read<{ items: { action: string; detail: object }[] }>(
      there.staff('/api/audit?action=data.import'),
    )
    expect(items[0]?.detail).toEqual({ zones: 2, runs })
  })

  it('asks again what an archive of before called a near duplicate, and raises what counts here', async () => {
    const { staff, clientId } = await withHistory()
    const zip = await getZip(staff, clientId)
    const { twins: _twins, flags: _flags, ...before } = jsonOf(zip)
    const there = await elsewhere()
    await read(sendZip(there.staff, there.clientId, rezip(unzipSync(zip), before)))
    const near = (facts: Json) => (facts['runs'] as Json[]).map(({ nearDuplicateOf }) => nearDuplicateOf !== null)
    const again = jsonOf(await getZip(there.staff, there.clientId))
    expect(near(again)).toEqual(near(before))
    const { items } = await read<{ items: { kind: string }[] }>(there.staff('/api/flags?kind=F9.hard'))
    expect(items.map(({ kind }) => kind)).toEqual(['F9.hard'])
  })

  it('takes in no plan for a moment to come: it holds from when it comes in, and once', async () => {
    const { staff, clientId } = await withHistory()
    const json = jsonOf(await getZip(staff, clientId))
    const [plan] = json['plans'] as [Json]
    const later = {
      ...json,
      runs: [],
      assessments: [],
      combinations: [],
      files: [],
      flags: [],
      afterRuns: [],
      notes: [],
    }
    const zip = rezip({}, { ...later, plans: [{ ...plan, validFromMs: Date.now() + 30 * DAY_MS }] })
    const there = await elsewhere()
    const sentMs = Date.now()
    for (let time = 0; time < 2; time++) await read(sendZip(there.staff, there.clientId, zip))
    const { items } = await read<{ items: { validFromMs: number }[] }>(
      there.staff(`/api/clients/${there.clientId}/plans`),
    )
    expect(items.map(({ validFromMs }) => validFromMs < sentMs + DAY_MS)).toEqual([true])
  })

  it('takes in runs whose samples were deleted, with their assessments, and old rule versions as they were', async () => {
    const { staff, clientId, retain, runs } = await withHistory()
    await retain(Date.now() + 400 * DAY_MS)
    const zip = await getZip(staff, clientId)
    expect(Object.keys(unzipSync(zip)).toSorted()).toEqual(['calmpace.json', 'index.html'])
    const json = jsonOf(zip)
    for (const { assessment } of json['assessments'] as { assessment: Json }[]) assessment['ruleVersion'] = '0.9'
    const there = await elsewhere()
    expect(await read(sendZip(there.staff, there.clientId, rezip({}, json)))).toMatchObject({ runsAdded: runs })
    expect(factsOf(await getZip(there.staff, there.clientId))).toEqual(factsOf(rezip({}, json)))
    type Page = { items: { id: string; verdict: string }[] }
    const { items } = await read<Page>(there.staff(`/api/clients/${there.clientId}/runs`))
    expect(items.length).toBe(runs - 1)
    const shown = await read(there.staff(`/api/runs/${items[0]?.id}`))
    expect(shown).toMatchObject({ samplesGone: true, assessment: { ruleVersion: '0.9' } })
  })

  it('adds to a client who has runs what is missing, and leaves the name here as it is', async () => {
    const { staff, clientId, runs } = await withHistory()
    const zip = await getZip(staff, clientId)
    const there = await elsewhere()
    const [own] = await upload(there.staff, there.clientId, { 'mine.fit': fixture('calm-run') })
    expect(await read(sendZip(there.staff, there.clientId, zip))).toMatchObject({
      runsAdded: runs - 1,
      runsAlreadyThere: 1,
    })
    expect(await read(there.staff(`/api/clients/${there.clientId}`))).toMatchObject({ firstName: 'Iemand' })
    expect((await read<{ assessments: [] }>(there.staff(`/api/runs/${own?.runId}`))).assessments).toHaveLength(1)
  })

  it('refuses what is no such zip, is damaged or was changed, with a code, and changes nothing', async () => {
    const { staff, clientId, run } = await withHistory()
    const zip = await getZip(staff, clientId)
    const [members, json] = [unzipSync(zip), jsonOf(zip)]
    const file = Object.keys(members).find((path) => path.startsWith('files/')) ?? ''
    const columns = `columns/${run}.bin`
    const { [file]: _, ...withoutFile } = members
    const flipped = (path: string) => ({
      ...members,
      [path]: (members[path] ?? new Uint8Array()).map((byte) => byte ^ 255),
    })
    const judged = json['assessments'] as { runId: string }[]
    const zones = json['zones'] as Json[]
    const cases: readonly (readonly [Uint8Array, string])[] = [
      [fixture('calm-run'), 'ARCHIVE_FOREIGN'],
      [zipSync({ 'run.fit': fixture('calm-run') }), 'ARCHIVE_FOREIGN'],
      [rezip({}, { format: 'something else' }), 'ARCHIVE_FOREIGN'],
      [rezip(members, { ...json, version: 3 }), 'ARCHIVE_TOO_NEW'],
      [zip.slice(0, zip.length - 4000), 'ARCHIVE_DAMAGED'],
      [zipSync({ 'calmpace.json': strToU8('{"format":') }), 'ARCHIVE_DAMAGED'],
      [rezip(members, { ...json, runs: [{}] }), 'ARCHIVE_DAMAGED'],
      [rezip(members, { ...json, zones: zones.map((zone) => ({ ...zone, source: 'none' })) }), 'ARCHIVE_DAMAGED'],
      [rezip(members, { ...json, assessments: judged.filter(({ runId }) => runId !== run) }), 'ARCHIVE_DAMAGED'],
      [zipSync(withoutFile), 'ARCHIVE_DAMAGED'],
      [zipSync(flipped(file)), 'ARCHIVE_DAMAGED'],
      [zipSync(flipped(columns)), 'ARCHIVE_DAMAGED'],
      [rezip({ ...members, [columns]: new Uint8Array() }, json), 'ARCHIVE_DAMAGED'],
    ]
    const there = await elsewhere()
    for (const [bytes, code] of cases) expect(await codeOf(sendZip(there.staff, there.clientId, bytes), 422)).toBe(code)
    const child = { ...json, client: { ...(json['client'] as Json), birthYear: new Date().getUTCFullYear() - 12 } }
    expect(await codeOf(sendZip(there.staff, there.clientId, rezip(members, child)), 400)).toBe('INVALID_REQUEST')
    expect(await read(there.staff(`/api/clients/${there.clientId}`))).toMatchObject({
      firstName: 'Iemand',
      runCount: 0,
      zone: null,
    })
  })

  it('never brings in a newer word on sharing than the client said here, nor what they told before they told anew', async () => {
    const { staff, noor, clientId, run } = await withHistory()
    const zip = await getZip(staff, clientId)
    await read(noor(`/api/runs/${run}/after-run`, send('PUT', { rpe: 2 })))
    await read(noor(`/api/clients/${clientId}/sharing`, send('PUT', { agreed: false })))
    const later = [1000, DAY_MS].map((ms) => ({ atMs: Date.now() + ms, agreed: true }))
    await read(sendZip(staff, clientId, rezip(unzipSync(zip), { ...jsonOf(zip), sharing: later })))
    const told = await read<{ agreed: boolean; items: { rpe: number }[] }>(noor(`/api/clients/${clientId}/after-runs`))
    expect([told.agreed, told.items.map(({ rpe }) => rpe)]).toEqual([false, [2]])
  })

  it('leaves out of the zip of staff what a client told and shares no more; the client takes all of it', async () => {
    const { staff, noor, clientId } = await withHistory()
    const toldIn = async (ask: Ask) => (jsonOf(await getZip(ask, clientId))['afterRuns'] as Json[]).length
    expect([await toldIn(staff), await toldIn(noor)]).toEqual([1, 1])
    await read(noor(`/api/clients/${clientId}/sharing`, send('PUT', { agreed: false })))
    expect([await toldIn(staff), await toldIn(noor)]).toEqual([0, 1])
  })

  it('is for the client and their therapist to take, and for nobody else', async () => {
    const { noor, clientId } = await withHistory()
    expect(jsonOf(await getZip(noor, clientId))['account']).toMatchObject({ email: 'noor@example.org' })
    expect(await codeOf(sendZip(noor, clientId, new Uint8Array()), 404)).toBe('NOT_FOUND')
    const { staff: stranger } = await elsewhere()
    expect(await codeOf(stranger(`/api/clients/${clientId}/data.zip`), 404)).toBe('NOT_FOUND')
  })
}
