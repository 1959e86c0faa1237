import { expect, it } from 'vitest'
import { mayRewrite } from '../../src/domain/rewriting.ts'

const at = (text: string): number => Date.parse(text)

it('rewrites at night by the clock of the practice, and by day where no night came', () => {
  const dueMs = at('2026-11-30T10:00:00Z')
  const may = (text: string) => mayRewrite(dueMs, at(text), 'Europe/Amsterdam')
  expect(may('2026-11-30T02:30:00Z')).toBe(false)
  expect(may('2026-11-30T22:00:00Z')).toBe(false)
  expect(may('2026-12-01T00:59:00Z')).toBe(false)
  expect(may('2026-12-01T01:00:00Z')).toBe(true)
  expect(may('2026-12-01T03:59:00Z')).toBe(true)
  expect(may('2026-12-01T04:00:00Z')).toBe(false)
  expect(may('2026-12-02T09:59:00Z')).toBe(false)
  expect(may('2026-12-02T10:00:00Z')).toBe(true)
})
