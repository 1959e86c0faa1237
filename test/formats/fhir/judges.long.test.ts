// Bundles before two judges that nobody here wrote, over all fixtures, what is shared beside this clone, any run, and a whole
// demo clinic; under an address and without one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExportedRun } from '../../../src/formats/export/exported-run.ts'
import type { Bundle, Observation } from '../../../src/formats/fhir/resources.ts'
import { toFhirBundle } from '../../../src/formats/fhir/write-fhir.ts'
import { corpusIsHere } from '../../support/corpus.ts'
import { exportedRuns, scenarioRuns } from '../../support/exported-runs.ts'
import { medplumProblems, solaraProblems } from '../../support/fhir-judges.ts'
import { fieldIsHere } from '../../support/field.ts'
import { demoRuns, fixtureRuns, sharedFiles } from '../../support/written-runs.ts'

const sent = (run: ExportedRun, origin: string | null): Bundle =>
  JSON.parse(JSON.stringify(toFhirBundle(run, origin))) as Bundle
const isHeartRate = ({ code }: Observation) => code.coding?.[0]?.code === '8867-4'

/** What either judge finds in the Bundle, and in each heart rate by the profile that it claims. */
function problems(run: ExportedRun): string[] {
  return ['https://clinic.example', null].flatMap((origin) => {
    const bundle = sent(run, origin)
    const heartRates = bundle.entry.map(({ resource }) => resource).filter(isHeartRate)
    return [
      ...medplumProblems(bundle),
      ...solaraProblems(bundle),
      ...heartRates.flatMap((one) => medplumProblems(one, 'heartrate')),
    ]
  })
}

describe('a Bundle', () => {
  it.each(fixtureRuns)('has nothing that two judges find: %s', (_name, run) => {
    expect(problems(run)).toEqual([])
  })

  it('has nothing that they find, whatever the run', () => {
    fc.assert(
      fc.property(exportedRuns, (run) => {
        expect(problems(run)).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  it('has nothing that they find, of every run of a demo clinic', async () => {
    const runs = await demoRuns()
    expect(runs.length).toBeGreaterThan(100)
    for (const [name, run] of runs) expect([name, problems(run)]).toEqual([name, []])
  })
})

describe.skipIf(!corpusIsHere && !fieldIsHere)('a Bundle of ../shared/field and ../shared/corpus', () => {
  it.each(sharedFiles)('has nothing that two judges find: %s', (_name, read) => {
    expect(read().flatMap(([, run]) => problems(run))).toEqual([])
  })
})

describe('the judges', () => {
  const [, run] = scenarioRuns[0] ?? []
  if (run === undefined) throw new Error('no scenario')
  const [mean] = sent(run, null).entry.map(({ resource }) => resource)
  if (mean === undefined) throw new Error('no mean')
  const { effectivePeriod: _period, ...timeless } = mean
  const { category: _category, ...uncategorised } = mean
  const { valueQuantity: _value, component: _component, ...empty } = mean

  it.each<[what: string, wrong: object, problem: RegExp]>([
    ['an element that R4 does not have', { ...mean, heartRate: 118 }, /additional property/],
    ['no category', uncategorised, /category: Missing/],
    ['no time', timeless, /effective\[x\]: Missing/],
    ['a time less than a day', { ...timeless, effectiveDateTime: '2026' }, /vs-1/],
    ['neither a value nor why there is none', empty, /vs-2/],
    ['a component that says nothing', { ...mean, component: [{ code: mean.code }] }, /vs-3/],
  ])("Medplum's refuses %s", (_what, wrong, problem) => {
    expect(medplumProblems(mean, 'heartrate')).toEqual([])
    expect(medplumProblems(wrong as Observation, 'heartrate').join('\n')).toMatch(problem)
  })

  it.each<[what: string, wrong: object]>([
    ['a status that R4 does not have', { ...mean, status: 'done' }],
    ['an element that R4 does not have', { ...mean, heartRate: 118 }],
    ['a value that is text', { ...mean, valueQuantity: { ...mean.valueQuantity, value: '118' } }],
  ])('the zod schemas refuse %s', (_what, wrong) => {
    expect(solaraProblems(mean)).toEqual([])
    expect(solaraProblems(wrong as Observation)).not.toEqual([])
  })
})
