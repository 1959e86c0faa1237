// The four exports of one run say the same of it, each as a reader that nobody here wrote opens it: when it began, how long it was,
// and the heart rate; over every fixture and a whole demo clinic. CSV and Open mHealth are judged here too.
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { hasReadings } from '../../../src/domain/recording.ts'
import { writeCsv } from '../../../src/formats/csv/write-csv.ts'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import type { Bundle } from '../../../src/formats/fhir/resources.ts'
import { toFhirBundle } from '../../../src/formats/fhir/write-fhir.ts'
import { writeFit } from '../../../src/formats/fit/write-fit.ts'
import { heartRateJson, type HeartRateDataPoint } from '../../../src/formats/open-mhealth/heart-rate.ts'
import { byGarmin } from '../../support/fit-judges.ts'
import { demoRuns, fixtureRuns } from '../../support/written-runs.ts'
import { omhSchemas } from '../open-mhealth/schema/omh-schemas.ts'

const ajv = new Ajv({ strict: false })
formats.default(ajv)
for (const [file, schema] of Object.entries(omhSchemas)) ajv.addSchema(schema, file)

type CsvRow = Readonly<Record<string, string>>
const second = (text: string | undefined) => Math.floor(Date.parse(text ?? '') / 1000)

function expectSame(run: ExportedRun): void {
  const csv = parse<CsvRow>(writeCsv(run, 'international'), { bom: true, columns: true, record_delimiter: '\r\n' })
  const points = JSON.parse([...heartRateJson(run)].join('')) as HeartRateDataPoint[]
  const bundle = JSON.parse(JSON.stringify(toFhirBundle(run, null))) as Bundle
  const [mean] = bundle.entry.map(({ resource }) => resource)
  const startS = Math.floor(run.recording.startedAtMs / 1000)

  // Open mHealth's points are valid.
  for (const { header, body } of points) {
    expect(ajv.validate('data-point-1.0.json', { header, body }) && ajv.validate('heart-rate-2.0.json', body)).toBe(
      true,
    )
  }
  expect([second(csv[0]?.['local_time']), second(mean?.effectivePeriod.start)]).toEqual([startS, startS])
  const beating = points.map(({ body }) => body.heart_rate.value)
  const [least, most] = [Math.min(...beating), Math.max(...beating)]
  const value = mean?.valueQuantity?.value
  expect(value === undefined).toBe(beating.length === 0)
  if (value !== undefined) {
    const stated = (code: string) =>
      mean?.component?.find(({ code: { coding } }) => coding?.[0]?.code === code)?.valueQuantity?.value
    expect([stated('minimum'), stated('maximum')]).toEqual([least, most])
    expect(value >= least - 0.05 && value <= most + 0.05).toBe(true)
  }

  if (!hasReadings(run.recording)) return
  const fit = byGarmin(writeFit(run.recording, run.utcOffsetS) ?? new Uint8Array())
  expect(fit.session.startedAtMs).toBe(startS * 1000)
  expect(Math.abs(fit.session.elapsedS - Number(csv.at(-1)?.['elapsed_s']))).toBeLessThanOrEqual(1)
  expect(Math.abs(fit.session.endedAtMs / 1000 - second(mean?.effectivePeriod.end))).toBeLessThanOrEqual(1)
  // Where every reading is believed, none lies in a pause and each second has one, the means are one number.
  const isPlain = csv.every((row) => row['quality'] === 'ok' && row['paused'] === '0' && row['heart_rate_bpm'] !== '')
  // A silence of over an hour has no rows.
  if (!isPlain || csv.length !== Number(csv.at(-1)?.['elapsed_s']) + 1) return
  const rates = csv.map((row) => Number(row['heart_rate_bpm']))
  const ofCsv = rates.reduce((sum, bpm) => sum + bpm, 0) / rates.length
  expect(Math.abs((fit.session.meanBpm ?? 0) - ofCsv)).toBeLessThanOrEqual(0.51)
  expect(Math.abs((value ?? 0) - ofCsv)).toBeLessThanOrEqual(0.051)
  expect(fit.session.maxBpm).toBe(Math.round(most))
}

it.each(fixtureRuns.filter(([, { recording }]) => recording.startedAtMs > 631_065_600_000))(
  'the same run in four formats: %s',
  (_name, run) => {
    expectSame(run)
  },
)

it('the same runs in four formats, of a whole demo clinic', async () => {
  const runs = await demoRuns()
  expect(runs.length).toBeGreaterThan(100)
  for (const [, run] of runs) expectSame(run)
})
