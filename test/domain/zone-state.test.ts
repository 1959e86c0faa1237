import { expect, it } from 'vitest'
import { zoneState } from '../../src/domain/zone/zone-state.ts'

const DAY_MS = 86_400_000

it('lets a talk test count for ninety days, and no other source grow old (B4)', () => {
  const after = (days: number) => zoneState('talktest', 0, days * DAY_MS)
  expect([after(90), after(90.1), zoneState('talktest_capped', null, 0)]).toEqual(['valid', 'expired', 'expired'])
  expect([zoneState('manual', null, 0), zoneState('hrr_age', 0, 400 * DAY_MS)]).toEqual(['valid', 'valid'])
})
