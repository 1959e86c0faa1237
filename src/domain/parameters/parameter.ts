// The shape of a tunable number: its default, its unit, and where it comes from. A number without a published source
// says `product choice` and must never be presented as science.

export interface Parameter {
  readonly value: number
  readonly unit: string
  /** A publication, or `product choice`. */
  readonly source: string
  /** How far a clinic may move it; half and twice the default where absent. */
  readonly min?: number
  readonly max?: number
}
export type ParameterTable = Readonly<Record<string, Parameter>>
export type ValuesOf<T extends ParameterTable> = { readonly [K in keyof T]: number }

/** The bare numbers of a table, for the rules to compute with. Made in one piece: an object that is filled by computed
 *  names becomes a hash table, and every rule reads these for every sample. */
export const valuesOf = <T extends ParameterTable>(table: T): ValuesOf<T> =>
  Object.fromEntries(Object.entries(table).map(([name, { value }]) => [name, value])) as ValuesOf<T>
