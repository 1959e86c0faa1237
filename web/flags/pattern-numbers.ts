// The numbers of a pattern's evidence for its sentence: whole minutes (rule C7), ratios to a tenth.
import { unitOfEvidence } from '../../src/domain/evidence.ts'
import { wholeMinutes } from '../../src/domain/shown-numbers.ts'

export function patternNumbers(evidence: Readonly<Record<string, unknown>>): Record<string, number> {
  const numbers = Object.entries(evidence).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return Object.fromEntries(
    numbers.map(([name, value]) => [
      name,
      unitOfEvidence(name) === 'min' ? wholeMinutes(value * 60) : Math.round(value * 10) / 10,
    ]),
  )
}
