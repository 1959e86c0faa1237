// The numbers of a pattern's evidence for its sentence: minutes whole (rule C7), ratios to a tenth.
import { wholeMinutes } from '../../src/domain/shown-numbers.ts'

export function patternNumbers(evidence: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers = Object.entries(evidence).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(
    numbers.map(([name, value]) => [
      name,
      name.endsWith('Min') ? wholeMinutes(value * 60) : Math.round(value * 10) / 10,
    ]),
  )
}
