// What was judged, as Observations of their own: the verdict with its numbers, and each flag with its evidence. Neither is
// a vital sign nor a finding about a person: a flag is something for somebody to look at.
import type { Flag } from '../../domain/flag.ts'
import type { SpanS } from '../../domain/recording.ts'
import type { ExportedRun } from '../export/exported-run.ts'
import { activity, ownConcept, quantity, unitOfName } from './codes.ts'
import { derivedFrom, observationOf, periodOf } from './observation.ts'
import type { Observation, ObservationComponent, ObservationValue } from './resources.ts'

const NO_DIAGNOSIS = 'Something for a person to look at, with the numbers that a rule used. It is no diagnosis.'

/** One word about the run, and the seconds and limits it rests on. */
export function verdictObservation(run: ExportedRun, series: readonly Observation[]): Observation {
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
    ...derivedFrom(series),
  })
}

/** One flag: its kind is the code, its level the value.
 *  A run has at most one of each kind. */
export function flagObservation(run: ExportedRun, flag: Flag, series: readonly Observation[]): Observation {
  const { spansS = [], ...evidence } = flag.evidence
  return observationOf(run, flag.kind.replaceAll('_', '-'), {
    category: [activity],
    code: ownConcept('flag', flag.kind),
    valueCodeableConcept: ownConcept('flagLevel', flag.level),
    method: { text: `calmpace rule ${flag.rule}, rules ${flag.ruleVersion}` },
    note: [{ text: NO_DIAGNOSIS }],
    component: [...componentsOf(evidence), ...spansS.map((span) => spanComponent(run, span))],
    ...derivedFrom(series),
  })
}

/** A component for each thing that is known; the unit is the one that its name ends with. */
const componentsOf = (numbers: Readonly<Record<string, unknown>>): ObservationComponent[] =>
  Object.entries(numbers)
    .filter(([, value]) => (typeof value === 'number' ? Number.isFinite(value) : value !== null && value !== undefined))
    .map(([name, value]) => ({ code: ownConcept('evidence', name), ...valueOf(name, value) }))

function valueOf(name: string, value: unknown): ObservationValue {
  if (typeof value === 'number') return { valueQuantity: quantity(value, unitOfName(name)) }
  if (typeof value === 'boolean') return { valueBoolean: value }
  return { valueString: typeof value === 'string' ? value : JSON.stringify(value) }
}

const spanComponent = (run: ExportedRun, [fromS, toS]: SpanS): ObservationComponent => ({
  code: ownConcept('evidence', 'span'),
  valuePeriod: periodOf(run, fromS, toS),
})
