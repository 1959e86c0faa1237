// Whether two occurrences say the same numbers. Evidence is plain data, and in the store it is JSON.
import type { Evidence } from '../evidence.ts'

export const isSameEvidence = (one: Evidence | null, other: Evidence | null): boolean =>
  one === other || (one !== null && other !== null && textOf(one) === textOf(other))

/** The same whatever the order of its members. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
