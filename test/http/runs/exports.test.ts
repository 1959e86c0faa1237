// What an export says whatever address it was asked for by, and of a run that is a summary and nothing else.
import { afterAll, describe, expect, it } from 'vitest'
import { encodeRun, kinetics, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { xmlFixtures } from '../../../fixtures/xml/files.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { joinFirst, type Ask } from '../../support/sign-in.ts'
import { addClient, read, upload } from '../../support/asking.ts'

afterAll(closeClinics)

const run = Uint8Array.from(encodeRun(kinetics(walkRun, 1).slice(0, 400)))

/** As a proxy and browsers send it on: by this address. */
const by =
  (ask: Ask, address: string): Ask =>
  (path, init) =>
    ask(`${address}${path}`, init)

describe('FHIR, asked for by one address and another', () => {
  it.each([
    ['https://clinic.example', /^https:\/\/clinic\.example\/fhir\/Observation\//],
    [null, /^urn:uuid:/],
  ])('is one and the same where the service was given %s', async (origin, wanted) => {
    const clinic = await openClinic({ origin })
    const ask = await joinFirst(clinic)
    const client = await addClient(ask)
    const [result] = await upload(ask, client, { 'run.fit': run })
    const path = `/api/runs/${result?.runId}/exports/fhir`
    const texts: string[] = []
    for (const address of ['http://localhost', 'http://127.0.0.1:8787', 'http://[::1]:8787', 'http://10.0.0.7'])
      texts.push(await (await by(ask, address)(path)).text())
    expect(new Set(texts).size).toBe(1)
    const { entry } = JSON.parse(texts[0] ?? '') as { entry: { fullUrl: string }[] }
    expect(entry.length).toBeGreaterThan(2)
    for (const { fullUrl } of entry) expect(fullUrl).toMatch(wanted)
    expect(texts[0]).not.toMatch(/http:\/\/(localhost|127|10\.)/)
  })
})

describe('a run that is a summary alone', () => {
  it('has no FIT, says so, and has its other exports', async () => {
    const ask = await joinFirst(await openClinic())
    const client = await addClient(ask)
    const [summary] = await upload(ask, client, { 'summary.tcx': xmlFixtures['summary-only.tcx']?.make() ?? run })
    const path = `/api/runs/${summary?.runId}`
    expect(await read(ask(path))).toMatchObject({ hasReadings: false, samples: 0 })
    const problem = await read<{ code: string; title: string }>(ask(`${path}/exports/fit`), 409)
    expect(problem).toMatchObject({ code: 'NO_READINGS', title: expect.stringContaining('original file') as unknown })
    for (const format of ['csv', 'fhir', 'open-mhealth'])
      expect([format, (await ask(`${path}/exports/${format}`)).status]).toEqual([format, 200])
    const [measured] = await upload(ask, client, { 'run.fit': run })
    expect(await read(ask(`/api/runs/${measured?.runId}`))).toMatchObject({ hasReadings: true })
  })
})

describe('FIT of a run whose device told no local time', () => {
  it("tells it by the clinic's zone, as it was on that day", async () => {
    const ask = await joinFirst(await openClinic())
    const client = await addClient(ask)
    const fitTime = (moment: string) => Date.parse(moment) / 1000 - 631_065_600
    const moments = ['2026-02-01T08:00:00Z', '2026-07-01T08:00:00Z']
    const offsets: (number | null | undefined)[] = []
    for (const moment of moments) {
      const bytes = encodeRun(kinetics(walkRun, 1).slice(0, 400), { startTime: fitTime(moment), offsetS: null })
      const [result] = await upload(ask, client, { [`${moment.slice(0, 10)}.fit`]: Uint8Array.from(bytes) })
      const written = await (await ask(`/api/runs/${result?.runId}/exports/fit`)).arrayBuffer()
      const reading = readFit(new Uint8Array(written))
      offsets.push(reading.ok ? reading.recordings[0]?.localOffsetS : undefined)
    }
    expect(offsets).toEqual([3600, 7200])
  })
})
