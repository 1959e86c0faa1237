// All tunable numbers in one table, and what a clinic may change about them. An assessment records what it changed.
import { alpha1ParameterTable } from './alpha1.ts'
import { flagParameterTable } from './flags.ts'
import { monitorParameterTable } from './monitor.ts'
import { valuesOf, type Parameter, type ValuesOf } from './parameter.ts'
import { patternParameterTable } from './pattern.ts'
import { qualityParameterTable } from './quality.ts'
import { sourceParameterTable } from './sources.ts'
import { verdictParameterTable } from './verdict.ts'
import { zoneParameterTable } from './zone.ts'

export const parameterTables = {
  zone: zoneParameterTable,
  quality: qualityParameterTable,
  verdict: verdictParameterTable,
  monitor: monitorParameterTable,
  flag: flagParameterTable,
  pattern: patternParameterTable,
  alpha1: alpha1ParameterTable,
  source: sourceParameterTable,
} as const
type Tables = typeof parameterTables
export type Parameters = { readonly [K in keyof Tables]: ValuesOf<Tables[K]> }

export const defaultParameters = Object.fromEntries(
  Object.entries(parameterTables).map(([area, table]) => [area, valuesOf(table)]),
) as Parameters

type LiveParameters = Parameters['quality'] & Parameters['monitor']

/** What the monitor goes by: the parameters of live quality and of the alarm in one. */
export const monitorParametersOf = (p: Parameters): LiveParameters =>
  p === defaultParameters ? defaultLiveParameters : joinLiveParameters(p)

/** Not by spreading both: that gives every run an object of another hidden class, and the monitor's loop slower look-ups. */
const joinLiveParameters = ({ quality, monitor }: Parameters): LiveParameters =>
  Object.fromEntries([...Object.entries(quality), ...Object.entries(monitor)]) as LiveParameters
const defaultLiveParameters = joinLiveParameters(defaultParameters)

/** Only what differs from the defaults, e.g. `{ 'monitor.overHoldS': 20 }`. */
export type ParameterOverrides = Readonly<Record<string, number>>

export interface ParameterProblem {
  readonly name: string
  readonly code: 'UNKNOWN_PARAMETER' | 'PARAMETER_RANGE' | 'PARAMETER_WHOLE'
  readonly message: string
}

/** `area.name` of every parameter with its facts, in the order of the tables. */
export const listParameters = (): readonly (readonly [name: string, parameter: Parameter])[] =>
  Object.entries(parameterTables).flatMap(([area, table]) =>
    Object.entries<Parameter>(table).map(([name, parameter]) => [`${area}.${name}`, parameter] as const),
  )

const byName: ReadonlyMap<string, Parameter> = new Map(listParameters())

/** How far a clinic may move a parameter: its own bounds, else from half to twice its default. */
export const boundsOf = ({ value, unit, min, max }: Parameter): readonly [min: number, max: number] => [
  min ?? value / 2,
  max ?? (unit.startsWith('share') ? Math.min(1, value * 2) : value * 2),
]

/** Everything that is wrong with a set of overrides; empty is fine. */
export function findParameterProblems(overrides: ParameterOverrides): ParameterProblem[] {
  const problems: ParameterProblem[] = []
  for (const [name, value] of Object.entries(overrides)) {
    const parameter = byName.get(name)
    if (parameter === undefined) {
      problems.push({ name, code: 'UNKNOWN_PARAMETER', message: `There is no parameter ${name}.` })
      continue
    }
    const [min, max] = boundsOf(parameter)
    if (!(value >= min && value <= max))
      problems.push({
        name,
        code: 'PARAMETER_RANGE',
        message: `${name} must be from ${min} to ${max} ${parameter.unit}.`,
      })
    else if (isCount(parameter) && !Number.isInteger(value))
      problems.push({ name, code: 'PARAMETER_WHOLE', message: `${name} must be a whole number.` })
  }
  return problems
}

const counted =
  /^(beats|samples|runs|cues|days|weeks|run days|check-ins|notifications|RR intervals|different RR|windows|times a run|times|hints|hour)$/
const isCount = ({ unit, value }: Parameter): boolean => Number.isInteger(value) && counted.test(unit)

/** The defaults with a clinic's overrides. Unknown names are left out: they were refused when they were stored. */
export function overrideParameters(overrides: ParameterOverrides): Parameters {
  const names = Object.keys(overrides)
  if (names.length === 0) return defaultParameters
  return Object.fromEntries(
    Object.entries(defaultParameters).map(([area, values]) => [
      area,
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, overrides[`${area}.${name}`] ?? value])),
    ]),
  ) as Parameters
}
