// What was judged, as Observations of their own: the verdict with its numbers, and each flag with its evidence. Neither is
// a vital sign nor a finding about a person: a flag is something for somebody to look at.
import { spansIn, unitOfEvidence, type EvidenceUnit } from '../../domain/evidence.ts'
import type { Finding } from '../../domain/finding.ts'
import type { SpanS } from '../../domain/recording.ts'
import type { ExportedRun } from '../export/exported-run.ts'
import { activity, ownConcept, quantity, ucumOf } from './codes.ts'
import { observationOf, periodOf } from './observation.ts'
import type { Observation, ObservationComponent } from './resources.ts'

const NO_DIAGNOSIS = 'Something for a person to look at, with the numbers that a rule used. It is no diagnosis.'

type From = Pick<Observation, 'derivedFrom'>

/** One word about the run, and the seconds and limits it rests on. */
export function verdictObservation(run: ExportedRun, from: From): Observation {
  const { verdict, zone, zoneTime, ruleVersion } = run.assessment
  const { movingS, goodS, calmS, aboveS, hardS, coverage, calmShare } = zoneTime
  const { ceilingBpm, hardBpm } = zone
  const seconds = { movingS, goodS, calmS, aboveS, hardS }
  const component = [
    ...componentsOf(seconds, () => 's'),
    ...componentsOf({ coverage, calmShare }, () => 'share'),
    ...componentsOf({ ceilingBpm, hardBpm }, () => 'bpm'),
  ]
  return observationOf(run, 'verdict', {
    category: [activity],
    code: ownConcept('observation', 'verdict'),
    valueCodeableConcept: ownConcept('verdict', verdict),
    method: { text: `calmpace rules ${ruleVersion}` },
    component,
    ...from,
  })
}

/** One flag: its kind is the code, its level the value.
 *  A run has at most one of each kind. */
export function flagObservation(run: ExportedRun, flag: Finding, from: From): Observation {
  const { spansS: _spansS, ...evidence } = flag.evidence
  return observationOf(run, flag.kind.replaceAll('_', '-'), {
    category: [activity],
    code: ownConcept('flag', flag.kind),
    valueCodeableConcept: ownConcept('flagLevel', flag.level),
    method: { text: `calmpace rule ${flag.rule}, rules ${flag.ruleVersion}` },
    note: [{ text: NO_DIAGNOSIS }],
    component: [
      ...componentsOf(evidence, unitOfEvidence),
      ...spansIn(flag.evidence).map((span) => spanComponent(run, span)),
    ],
    ...from,
  })
}

type UnitOf = (key: string) => EvidenceUnit | null

/** A component for each thing that is known, a number with its unit. What is made of parts has one for each part
 *  (`first.meanBpm`), a list one for each item: nothing is a text that a receiver would have to take apart. */
const componentsOf = (evidence: object, unitOf: UnitOf, within = ''): ObservationComponent[] =>
  Object.entries(evidence).flatMap(([key, value]: [string, unknown]) =>
    [value].flat().flatMap((one) => componentOf(within + key, one, unitOf(key), unitOf)),
  )

function componentOf(name: string, value: unknown, unit: EvidenceUnit | null, unitOf: UnitOf): ObservationComponent[] {
  const code = ownConcept('evidence', name)
  if (typeof value === 'number')
    return Number.isFinite(value) ? [{ code, valueQuantity: quantity(value, unit && ucumOf[unit]) }] : []
  if (typeof value === 'boolean') return [{ code, valueBoolean: value }]
  if (typeof value === 'string') return [{ code, valueCodeableConcept: ownConcept('evidence', value) }]
  return typeof value === 'object' && value !== null ? componentsOf(value, unitOf, `${name}.`) : []
}

const spanComponent = (run: ExportedRun, [fromS, toS]: SpanS): ObservationComponent => ({
  code: ownConcept('evidence', 'span'),
  valuePeriod: periodOf(run, fromS, toS),
})
