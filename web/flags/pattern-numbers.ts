// The numbers of a pattern's evidence for its sentence: minutes whole, ratios to a tenth.

export function patternNumbers(evidence: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers = Object.entries(evidence).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(
    numbers.map(([name, value]) => [name, name.endsWith('Min') ? Math.round(value) : Math.round(value * 10) / 10]),
  )
}
