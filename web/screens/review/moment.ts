// Which stretch of a run a flag points at, and how much around it a chart shows.

/** product choice: what led to it and what came of it. */
const AROUND_S = 240

/** The first stretch that the rule used; null where it points at the run as a whole. */
export function momentOfFlag(evidence: Readonly<Record<string, unknown>>): readonly [number, number] | null {
  const spans: unknown = evidence['spansS']
  const first: unknown = Array.isArray(spans) ? spans[0] : null
  if (!Array.isArray(first)) return null
  const [fromS, toS]: unknown[] = first
  return typeof fromS === 'number' && typeof toS === 'number' ? [fromS, toS] : null
}

/** Null shows the whole run. */
export function windowAround(
  moment: readonly [number, number] | null,
  elapsedS: number,
): readonly [number, number] | null {
  if (moment === null) return null
  const from = Math.max(0, moment[0] - AROUND_S)
  const to = Math.min(elapsedS, moment[1] + AROUND_S)
  return to - from > 30 ? [from, to] : null
}
