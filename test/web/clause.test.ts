import { expect, it } from 'vitest'
import { asClause } from '../../web/ui/clause.ts'

it.each([
  ['zodat lopen fijn blijft.', 'zodat lopen fijn blijft'],
  ['om te beginnen', 'om te beginnen'],
  [' rustig aan!… ', 'rustig aan'],
  ['kan het zo?', 'kan het zo?'],
  ['max. 30 min. per keer', 'max. 30 min. per keer'],
])('%s ends a sentence without a stop of its own', (typed, clause) => {
  expect(asClause(typed)).toBe(clause)
})
