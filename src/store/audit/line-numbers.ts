// Writes numbers of lines as a short text: `3 7-9 12`.

/** @param numbers rising */
export function writeNumbers(numbers: readonly number[]): string {
  const spans: [from: number, to: number][] = []
  for (const one of numbers) {
    const last = spans.at(-1)
    if (last !== undefined && one === last[1] + 1) last[1] = one
    else spans.push([one, one])
  }
  return spans.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(' ')
}

/** @returns none where it is no such text */
export function readNumbers(text: unknown): number[] {
  if (typeof text !== 'string' || !/^\d+(-\d+)?( \d+(-\d+)?)*$/.test(text)) return []
  return text.split(' ').flatMap((span) => {
    const [from = 0, to = from] = span.split('-').map(Number)
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  })
}
