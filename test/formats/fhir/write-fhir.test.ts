// The Bundle against what HL7 published: R4's JSON schema, and the heart-rate profile where the schema cannot tell.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeFinding, type Finding } from '../../../src/domain/finding.ts'
import { decouplingPercent } from '../../../src/domain/flags/decoupling.ts'
import { judgeRecovery } from '../../../src/domain/flags/recovery.ts'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import { secondRows } from '../../../src/formats/export/second-rows.ts'
import type { Bundle, Observation } from '../../../src/formats/fhir/resources.ts'
import { toFhirBundle } from '../../../src/formats/fhir/write-fhir.ts'
import { exportedRuns, scenarioRuns } from '../../support/exported-runs.ts'
import { compileFhirSchema, readProfile } from '../../support/fhir-schema.ts'
import { named } from '../../support/named.ts'

const isBundle = compileFhirSchema('Bundle')
const isObservation = compileFhirSchema('Observation')
const profile = readProfile('heartrate')
const fixed = (id: string) => profile.get(id)?.fixedUri ?? profile.get(id)?.fixedCode
const runs = scenarioRuns.map(([name, run]) => ({ name, run }))

const ORIGIN = 'https://clinic.example'

/** As it is sent: what JSON does not say is gone. */
const sent = (run: ExportedRun, origin: string | null = ORIGIN): Bundle =>
  JSON.parse(JSON.stringify(toFhirBundle(run, origin))) as Bundle
const observations = (run: ExportedRun) => sent(run).entry.map(({ resource }) => resource)
const codeOf = ({ code }: Observation) => code.coding?.[0]?.code
const isHeartRate = (one: Observation) => codeOf(one) === '8867-4'
const seriesOf = (run: ExportedRun) =>
  observations(run).flatMap(({ component = [] }) => component.flatMap(({ valueSampledData }) => valueSampledData ?? []))

/** What the published heart-rate profile asks for beyond the schema; empty is fine. */
function profileProblems(one: Observation): string[] {
  const problems: string[] = []
  const ask = (holds: boolean, id: string) => void (holds || problems.push(id))
  for (const element of ['status', 'category', 'code', 'subject'])
    if ((profile.get(`Observation.${element}`)?.min ?? 0) > 0) ask(element in one, element)
  ask('effectivePeriod' in one || 'effectiveDateTime' in one, 'effective[x]')
  const has = (concepts: Observation['category'] | undefined, slice: string) =>
    (concepts ?? []).some(({ coding = [] }) =>
      coding.some(({ system, code }) => system === fixed(`${slice}.system`) && code === fixed(`${slice}.code`)),
    )
  ask(has(one.category, 'Observation.category:VSCat.coding'), 'category')
  ask(has(one.code === undefined ? [] : [one.code], 'Observation.code.coding:HeartRateCode'), 'code')
  const allowed = profile.get('Observation.value[x]')?.type?.map(({ code }) => `value${code}`) ?? []
  for (const key of Object.keys(one)) if (key.startsWith('value')) ask(allowed.includes(key), 'value[x]')
  const { valueQuantity } = one
  for (const key of ['system', 'code'] as const)
    if (valueQuantity !== undefined)
      ask(valueQuantity[key] === fixed(`Observation.value[x]:valueQuantity.${key}`), `valueQuantity.${key}`)
  ask(one.component !== undefined || valueQuantity !== undefined || one.dataAbsentReason !== undefined, 'vs-2')
  return problems
}

describe('toFhirBundle', () => {
  it.each(scenarioRuns)('is R4 as published, each heart rate as its profile: %s', (_name, run) => {
    const bundle = sent(run)
    expect(isBundle(bundle) ? [] : isBundle.errors).toEqual([])
    const heartRates = bundle.entry.map(({ resource }) => resource).filter(isHeartRate)
    expect(heartRates.length).toBeGreaterThan(0)
    expect(heartRates.flatMap(profileProblems)).toEqual([])
    expect(new Set(bundle.entry.map(({ fullUrl }) => fullUrl)).size).toBe(bundle.entry.length)
  })

  it('is R4 whatever the run', () => {
    fc.assert(
      fc.property(exportedRuns, (run) => {
        expect(isBundle(sent(run)) ? [] : isBundle.errors).toEqual([])
        expect(observations(run).filter(isHeartRate).flatMap(profileProblems)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it.each(scenarioRuns)('has one value a second, E where none can be believed: %s', (_name, run) => {
    const values = seriesOf(run).flatMap(({ data }) => data.split(' '))
    const believed = [...secondRows(run)].map(({ believedBpm }) => believedBpm)
    if (seriesOf(run).length === 0) expect(believed.every((bpm) => bpm === null)).toBe(true)
    else expect(values).toEqual(believed.map((bpm) => (bpm === null ? 'E' : String(bpm))))
    expect(seriesOf(run).every(({ period, dimensions }) => period === 1000 && dimensions === 1)).toBe(true)
    expect(seriesOf(run).every(({ origin }) => origin.code === '/min' && origin.value === 0)).toBe(true)
  })

  it('says the mean, and that there is none where nothing could be believed', () => {
    const mean = observations(named(runs, 'calm beginner').run)[0]
    expect(mean?.valueQuantity).toMatchObject({ code: '/min', system: 'http://unitsofmeasure.org' })
    expect(mean?.valueQuantity?.value).toBeGreaterThan(100)
    const { run } = named(runs, 'calm beginner')
    const bpm = run.recording.heartRate.bpm.map(() => Number.NaN)
    const silent = { ...run, recording: { ...run.recording, heartRate: { ...run.recording.heartRate, bpm } } }
    const [none] = observations(silent)
    expect(none).toMatchObject({ dataAbsentReason: { coding: [{ code: 'not-performed' }] } })
    expect(none?.valueQuantity).toBeUndefined()
    expect(none?.derivedFrom).toBeUndefined()
    // Something was read, and nobody believes it.
    const noisy = { ...silent.recording, heartRate: { ...run.recording.heartRate, bpm: bpm.map(() => 250) } }
    const [unknown] = observations({ ...run, recording: noisy })
    expect(unknown).toMatchObject({ dataAbsentReason: { coding: [{ code: 'unknown' }] } })
  })

  it.each(scenarioRuns)(
    'has the verdict and each flag with its evidence, derived from the series: %s',
    (_name, run) => {
      const judged = observations(run).filter((one) => !isHeartRate(one))
      const words = judged.map((one) => [codeOf(one), one.valueCodeableConcept?.coding?.[0]?.code])
      expect(words).toEqual([
        ['verdict', run.assessment.verdict],
        ...run.assessment.flags.map(({ kind, level }) => [kind, level]),
      ])
      const series = observations(run).filter(({ id }) => id.includes('series'))
      for (const one of judged) {
        expect(one.derivedFrom?.map(({ reference }) => reference)).toEqual(series.map(({ id }) => `Observation/${id}`))
        expect(one.category[0]?.coding?.[0]?.code).toBe('activity')
      }
    },
  )

  it('gives a piece of evidence its unit', () => {
    const flag = observations(named(runs, 'no stop').run).find((one) => codeOf(one) === 'F2.peak')
    const units = flag?.component?.map(({ code, valueQuantity }) => [code.text, valueQuantity?.code])
    expect(units).toEqual([
      ['peakBpm', '/min'],
      ['hardBpm', '/min'],
      ['heldS', 's'],
      ['span', undefined],
    ])
  })

  it('gives a number that an archive of elsewhere names no unit, rather than a guessed one', () => {
    const { run } = named(runs, 'no stop')
    const evidence: Finding['evidence'] = JSON.parse('{"oddBpm":3}')
    const flag = { kind: 'F5.longer', rule: 'F5', ruleVersion: '1', level: 'note', evidence } as const
    const [f5] = observations({ ...run, assessment: { ...run.assessment, flags: [flag] } }).slice(-1)
    expect(f5?.component).toEqual([{ code: expect.any(Object) as unknown, valueQuantity: { value: 3 } }])
    expect(isObservation(f5)).toBe(true)
  })

  it('gives what is made of parts a number with its unit for each, and each word a code: F3, F4', () => {
    const { run } = named(runs, 'no stop')
    const first = { meanSpeedMPerS: 2.4, meanBpm: 128 }
    const second = { meanSpeedMPerS: 2.3, meanBpm: 136 }
    const percent = decouplingPercent(first, second)
    const recovery = judgeRecovery(150, 141, null)
    const flags = [
      makeFinding('F3.decoupling', 'note', { percent, first, second, spansS: [[300, 900]] }),
      makeFinding('F4.recovery', 'note', { endBpm: 150, ...recovery, spansS: [] }),
    ]
    const [f3, f4] = observations({ ...run, assessment: { ...run.assessment, flags } }).slice(-2)
    expect(
      f3?.component?.map(({ code, valueQuantity }) => [code.text, valueQuantity?.value, valueQuantity?.code]),
    ).toEqual([
      ['percent', percent, '%'],
      ['first.meanSpeedMPerS', 2.4, 'm/s'],
      ['first.meanBpm', 128, '/min'],
      ['second.meanSpeedMPerS', 2.3, 'm/s'],
      ['second.meanBpm', 136, '/min'],
      ['span', undefined, undefined],
    ])
    expect(f4?.component).toMatchObject([
      { code: { text: 'endBpm' }, valueQuantity: { value: 150, code: '/min' } },
      { code: { text: 'd60Bpm' }, valueQuantity: { value: 9, code: '/min' } },
      { code: { text: 'slow' }, valueCodeableConcept: { coding: [{ code: 'slow60' }] } },
    ])
    expect(f4?.component?.length).toBe(3)
  })

  it.each(scenarioRuns)('never says a number as text, nor without its unit: %s', (_name, run) => {
    const components = observations(run).flatMap(({ component = [] }) => component)
    expect(JSON.stringify(components)).not.toContain('valueString')
    const bare = components.flatMap(({ code, valueQuantity }) => (valueQuantity?.code === '1' ? [code.text] : []))
    for (const name of bare) expect(name).toMatch(/(share|ratio|coverage|times|found|planned|count)$/i)
  })

  it('stands under the address that the service was given, else under a name of its own, the same each time', () => {
    const { run } = named(runs, 'no stop')
    for (const { fullUrl, resource } of sent(run).entry)
      expect(fullUrl).toBe(`${ORIGIN}/fhir/Observation/${resource.id}`)
    const urls = (origin: string | null) => sent(run, origin).entry.map(({ fullUrl }) => fullUrl)
    for (const url of urls(null))
      expect(url).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(urls(null)).toEqual(urls(null))
    const other = sent({ ...run, runId: crypto.randomUUID() }, null).entry.map(({ fullUrl }) => fullUrl)
    expect(new Set([...urls(null), ...other]).size).toBe(urls(null).length * 2)
    expect(JSON.stringify(sent(run, null))).not.toMatch(/clinic|localhost|calmpace\./)
  })

  it('can be followed from what was judged to the series, within the Bundle alone', () => {
    const { run } = named(runs, 'no stop')
    for (const origin of [ORIGIN, null]) {
      const { entry } = sent(run, origin)
      const base = origin === null ? '' : `${origin}/fhir/`
      const references = entry.flatMap(({ resource }) => resource.derivedFrom ?? [])
      expect(references.length).toBeGreaterThan(1)
      for (const { reference } of references)
        expect(entry.filter(({ fullUrl }) => fullUrl === `${base}${reference}`).length).toBe(1)
    }
  })

  it('identifies the run and each Observation of it the same wherever it is asked for, and when it is judged again', () => {
    const { run } = named(runs, 'no stop')
    const identifiers = (one: ExportedRun, origin: string | null) =>
      sent(one, origin).entry.map(({ resource }) =>
        resource.identifier.map(({ system, value }) => `${system}|${value}`).join(),
      )
    const all = identifiers(run, ORIGIN)
    expect(new Set(all).size).toBe(all.length)
    expect(identifiers(run, null)).toEqual(all)
    expect(identifiers({ ...run, assessedAtMs: run.assessedAtMs + 1000 }, 'https://other.example')).toEqual(all)
    expect(all.every((identifier) => identifier.startsWith('urn:uuid:') && identifier.includes(`|${run.runId}.`))).toBe(
      true,
    )
    expect(sent(run).identifier.value).toBe(run.runId)
  })

  it('names nobody: the client is a pseudonym, and nothing else is said of them', () => {
    const { run } = named(runs, 'no stop')
    for (const { subject } of observations(run))
      expect(subject).toEqual({
        type: 'Patient',
        identifier: { system: expect.any(String) as unknown, value: run.clientId },
      })
    expect(JSON.stringify(sent(run))).not.toMatch(/"(name|birthDate|family|given)"/)
  })

  it('gives the same Bundle twice', () => {
    const { run } = named(runs, 'no stop')
    expect(sent(run)).toEqual(sent(run))
  })
})

describe('the referees of FHIR', () => {
  const { run } = named(runs, 'calm beginner')
  const [mean] = observations(run)
  if (mean === undefined) throw new Error('no mean')
  const without = (key: keyof Observation) => Object.fromEntries(Object.entries(mean).filter(([name]) => name !== key))
  const quantity = mean.valueQuantity

  it.each([
    ['a status that R4 does not have', { ...mean, status: 'done' }],
    ['no code', without('code')],
    ['an element that R4 does not have', { ...mean, heartRate: 118 }],
    [
      'a date without a zone',
      { ...mean, effectivePeriod: { start: '2026-09-01T10:00:00', end: '2026-09-01T10:30:00' } },
    ],
    ['a value that is text', { ...mean, valueQuantity: { ...quantity, value: '118' } }],
    ['an id with an underscore', { ...mean, id: 'heart_rate' }],
  ])('the schema refuses %s', (_what, observation) => {
    expect(isObservation(mean)).toBe(true)
    expect(isObservation(observation)).toBe(false)
  })

  it.each([
    ['the unit bpm', { ...mean, valueQuantity: { ...quantity, code: 'bpm' } }, 'valueQuantity.code'],
    ['no category', without('category'), 'category'],
    ['another category', { ...mean, category: [{ text: 'activity' }] }, 'category'],
    ['no code', without('code'), 'code'],
    ['no subject', without('subject'), 'subject'],
    ['no time', without('effectivePeriod'), 'effective[x]'],
    ['a series as its value', { ...mean, valueSampledData: {} }, 'value[x]'],
    ['nothing at all', { ...without('valueQuantity'), component: undefined }, 'vs-2'],
  ])('the profile refuses %s', (_what, observation, problem) => {
    expect(profileProblems(mean)).toEqual([])
    expect(profileProblems(observation as Observation)).toContain(problem)
  })
})
