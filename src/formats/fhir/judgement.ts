// What was judged, as Observations of their own: the verdict with its numbers, and each flag with its evidence. Neither is
// a vital sign nor a finding about a person: a flag is something for somebody to look at.
import type { Finding } from '../../domain/finding.ts'
import type { SpanS } from '../../domain/recording.ts'
import type { ExportedRun } from '../export/exported-run.ts'
import { activity, ownConcept, quantity, unitOfName } from './codes.ts'
import { observationOf, periodOf } from './observation.ts'
import type { Observation, ObservationComponent } from './resources.ts'

const NO_DIAGNOSIS = 'Something for a person to look at, with the numbers that a rule used. It is no diagnosis.'

type From = Pick<Observation, 'derivedFrom'>

/** One word about the run, and the seconds and limits it rests on. */
export function verdictObservation(run: ExportedRun, from: From): Observation {
  const { verdict, zone, zoneTime, ruleVersion } = run.assessment
  const { movingS, goodS, calmS, aboveS, hardS, coverage, calmShare } = zoneTime
  const { ceilingBpm, hardBpm } = zone
  const numbers = { movingS, goodS, calmS, aboveS, hardS, coverage, calmShare, ceilingBpm, hardBpm }
  return observationOf(run, 'verdict', {
    category: [activity],
    code: ownConcept('observation', 'verdict'),
    valueCodeableConcept: ownConcept('verdict', verdict),
    method: { text: `calmpace rules ${ruleVersion}` },
    component: componentsOf(numbers),
    ...from,
  })
}

/** One flag: its kind is the code, its level the value.
 *  A run has at most one of each kind. */
export function flagObservation(run: ExportedRun, flag: Finding, from: From): Observation {
  const { spansS = [], ...evidence } = flag.evidence
  return observationOf(run, flag.kind.replaceAll('_', '-'), {
    category: [activity],
    code: ownConcept('flag', flag.kind),
    valueCodeableConcept: ownConcept('flagLevel', flag.level),
    method: { text: `calmpace rule ${flag.rule}, rules ${flag.ruleVersion}` },
    note: [{ text: NO_DIAGNOSIS }],
    component: [...componentsOf(evidence), ...spansS.map((span) => spanComponent(run, span))],
    ...from,
  })
}

/** A component for each thing that is known, a number with the unit that its name ends with. What is made of parts has one for
 *  each part (`first.meanBpm`), a list one for each item: nothing is a text that a receiver would have to take apart. */
const componentsOf = (evidence: object, within = ''): ObservationComponent[] =>
  Object.entries(evidence).flatMap(([key, value]: [string, unknown]) =>
    [value].flat().flatMap((one) => componentOf(within + key, one)),
  )

function componentOf(name: string, value: unknown): ObservationComponent[] {
  const code = ownConcept('evidence', name)
  if (typeof value === 'number')
    return Number.isFinite(value) ? [{ code, valueQuantity: quantity(value, unitOfName(name)) }] : []
  if (typeof value === 'boolean') return [{ code, valueBoolean: value }]
  if (typeof value === 'string') return [{ code, valueCodeableConcept: ownConcept('evidence', value) }]
  return typeof value === 'object' && value !== null ? componentsOf(value, `${name}.`) : []
}

const spanComponent = (run: ExportedRun, [fromS, toS]: SpanS): ObservationComponent => ({
  code: ownConcept('evidence', 'span'),
  valuePeriod: periodOf(run, fromS, toS),
})
