import { describe, expect, it } from 'vitest'
import type { LogLine } from '../../web/api/people.ts'
import { toVisits } from '../../web/screens/audit/visits.ts'

const line = (seq: number, atMs: number, personId: string, action: string, more: Partial<LogLine> = {}): LogLine => ({
  seq,
  atMs,
  personId,
  personName: personId,
  action,
  clientId: 'noor',
  clientIds: [],
  rule: 'therapist-group',
  cameFrom: null,
  detail: {},
  hash: '',
  whoStruck: false,
  whomStruck: false,
  ...more,
})

describe('the log as visits', () => {
  it('tells what one person did within ten minutes once, in the order in which it was done', () => {
    const visits = toVisits([
      line(5, 601_000, 'bo', 'run.view'),
      line(4, 600_000, 'bo', 'zone.view'),
      line(3, 599_000, 'bo', 'run.view'),
      line(2, 1000, 'bo', 'client.view'),
      line(1, 500, 'thea', 'client.add'),
    ])
    expect(visits.map(({ seq, personId, actions }) => [seq, personId, actions])).toEqual([
      [5, 'bo', ['run.view', 'zone.view']],
      [2, 'bo', ['client.view']],
      [1, 'thea', ['client.add']],
    ])
  })

  it('marks an emergency view with its reason, whatever else belongs to the visit', () => {
    const [visit] = toVisits([
      line(2, 2000, 'thea', 'run.view', { rule: 'break-glass-therapist' }),
      line(1, 1000, 'thea', 'glass.break', { detail: { reason: 'belt niet terug', untilMs: 5 } }),
    ])
    expect([visit?.isEmergency, visit?.reasons]).toEqual([true, ['belt niet terug']])
  })
})
