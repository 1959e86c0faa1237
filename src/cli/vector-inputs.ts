// Reads the inputs of a rule vector, which come from a JSON file and may be anything. What has the wrong shape throws a
// TypeError, which the runner reports as that vector's mismatch.

export type Inputs = Readonly<Record<string, unknown>>
/** A rule as a vector calls it: the vector's inputs in, the vector's expected shape out. */
export type RuleFunction = (inputs: Inputs) => unknown

export function record(value: unknown): Inputs {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('expected an object')
  return value as Inputs
}

export function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('expected a list')
  return value
}

export function number(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError('expected a number')
  return value
}

export const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : number(value)
export const flag = (value: unknown): boolean => value === true
export const numbers = (value: unknown): number[] => list(value).map(number)

/** Numbers with null as NaN, as columns hold them. */
export const column = (value: unknown): Float64Array =>
  Float64Array.from(list(value), (item) => numberOrNull(item) ?? Number.NaN)

/** `[[t, bpm|null], …]` as columns. */
export function samples(value: unknown): { readonly timesS: Float64Array; readonly bpm: Float64Array } {
  const rows = list(value).map(list)
  return { timesS: Float64Array.from(rows, (row) => number(row[0])), bpm: column(rows.map((row) => row[1] ?? null)) }
}

export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value)
  if (found === undefined) throw new TypeError(`expected one of ${allowed.join(', ')}`)
  return found
}
