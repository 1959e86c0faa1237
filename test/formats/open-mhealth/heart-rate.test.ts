import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import { secondRows } from '../../../src/formats/export/second-rows.ts'
import {
  heartRateDataPoints,
  heartRateJson,
  type HeartRateDataPoint,
} from '../../../src/formats/open-mhealth/heart-rate.ts'
import { exportedRuns, scenarioRuns } from '../../support/exported-runs.ts'
import { named } from '../../support/named.ts'
import { omhSchemas } from './schema/omh-schemas.ts'

const ajv = new Ajv({ strict: false })
formats.default(ajv)
for (const [file, schema] of Object.entries(omhSchemas)) ajv.addSchema(schema, file)
const validates = (file: string, value: unknown): boolean => ajv.validate(file, value)

const runs = scenarioRuns.map(([name, run]) => ({ name, run }))
/** As it is sent. */
const sent = (run: ExportedRun) => JSON.parse([...heartRateJson(run)].join('')) as HeartRateDataPoint[]
const isValid = ({ header, body, ...rest }: HeartRateDataPoint) =>
  validates('data-point-1.0.json', { header, body, ...rest }) && validates('heart-rate-2.0.json', body)

describe('heartRateDataPoints', () => {
  it.each(scenarioRuns)('is one valid point for each believed reading, none for a hole: %s', (_name, run) => {
    const points = sent(run)
    expect(points.every(isValid)).toBe(true)
    const believed = [...secondRows(run)].map(({ believedBpm }) => believedBpm).filter((bpm) => bpm !== null)
    expect(points.map(({ body }) => body.heart_rate.value)).toEqual(believed)
    expect(new Set(points.map(({ header }) => header.id)).size).toBe(points.length)
  })

  it('is valid whatever the run', () => {
    fc.assert(
      fc.property(exportedRuns, (run) => {
        expect(sent(run).every(isValid)).toBe(true)
        expect(sent(run)).toEqual([...heartRateDataPoints(run)])
      }),
      { numRuns: 60 },
    )
  })

  it('says what, when, how and of whose pseudonym', () => {
    const { run } = named(runs, 'calm beginner')
    const [first] = sent(run)
    expect(first).toEqual({
      header: {
        id: `${run.runId}.heart-rate.0`,
        creation_date_time: '2026-09-01T13:00:00.250+02:00',
        schema_id: { namespace: 'omh', name: 'heart-rate', version: '2.0' },
        acquisition_provenance: {
          source_name: 'calmpace',
          source_creation_date_time: '2026-09-01T10:00:00+02:00',
          modality: 'sensed',
        },
        user_id: run.clientId,
      },
      body: {
        heart_rate: { value: run.recording.heartRate.bpm[0], unit: 'beats/min' },
        effective_time_frame: { date_time: '2026-09-01T10:00:00+02:00' },
        temporal_relationship_to_physical_activity: 'during exercise',
      },
    })
  })
})

describe("Open mHealth's schemas", () => {
  const [point] = sent(named(runs, 'calm beginner').run)
  if (point === undefined) throw new Error('no point')
  const { header, body } = point
  const without = (from: object, key: string) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => name !== key))

  it.each([
    ['the unit bpm', { ...body, heart_rate: { value: 118, unit: 'bpm' } }],
    ['no unit', { ...body, heart_rate: { value: 118 } }],
    ['a value that is text', { ...body, heart_rate: { value: '118', unit: 'beats/min' } }],
    ['no heart rate', without(body, 'heart_rate')],
    ['no time', without(body, 'effective_time_frame')],
    ['a time without a date', { ...body, effective_time_frame: { date_time: '10:00' } }],
    [
      'an interval without an end',
      { ...body, effective_time_frame: { time_interval: { start_date_time: header.creation_date_time } } },
    ],
    ['a relation that it does not have', { ...body, temporal_relationship_to_physical_activity: 'running' }],
  ])('heart-rate 2.0 refuses %s', (_what, wrong) => {
    expect(validates('heart-rate-2.0.json', body)).toBe(true)
    expect(validates('heart-rate-2.0.json', wrong)).toBe(false)
  })

  it.each([
    ['no id', without(header, 'id')],
    ['no schema', without(header, 'schema_id')],
    ['a schema without a version', { ...header, schema_id: { namespace: 'omh', name: 'heart-rate' } }],
    ['another modality', { ...header, acquisition_provenance: { source_name: 'calmpace', modality: 'guessed' } }],
    ['no source', { ...header, acquisition_provenance: { modality: 'sensed' } }],
    ['a creation time that is a number', { ...header, creation_date_time: 1_788_249_600_000 }],
  ])('header 1.2 refuses %s', (_what, wrong) => {
    expect(validates('data-point-1.0.json', { header, body })).toBe(true)
    expect(validates('data-point-1.0.json', { header: wrong, body })).toBe(false)
  })
})
