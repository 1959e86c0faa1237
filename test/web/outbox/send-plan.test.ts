import { describe, expect, it } from 'vitest'
import { backOffMs, isAskedFor, listMissing, toFailure, toSent } from '../../../web/outbox/send-plan.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const nothing = { receivedAtMs: 0, acknowledged: [], refused: [], participations: [] }
const key = (number: number) => ({ participationId: 'noor', number })

describe('sending batches', () => {
  it('waits longer after each failure, up to a minute, and not all phones as long', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((failures) => backOffMs(failures, 1) / 1000)).toEqual([2, 4, 8, 16, 32, 60, 60])
    expect(backOffMs(3, 0)).toBe(4000)
  })

  it.each([
    ['offline', 'offline'],
    ['SIGNED_OUT', 'signed_out'],
    ['SECOND_FACTOR_REQUIRED', 'signed_out'],
    ['INTERNAL', 'trouble'],
    ['NOT_READY', 'trouble'],
    ['NOT_FOUND', 'refused'],
    ['INVALID_REQUEST', 'refused'],
  ])('takes %s as %s', (code, failure) => {
    expect(toFailure(code)).toBe(failure)
  })

  it('writes down what became of a runner, and only what is new', () => {
    const said = { id: 'noor', state: 'composed', runId: 'run-1', missing: [] } as const
    const answer = { ...nothing, acknowledged: [key(1)], participations: [said] }
    const sent = toSent(madeParticipation({ refused: 'NOT_FOUND' }), answer)
    expect(sent).toEqual({ arrival: 'composed', composedRunId: 'run-1', refused: null })
    expect(toSent({ ...madeParticipation(), ...sent }, answer)).toBeNull()
  })

  it('keeps the code of a refusal, of one batch or of all, and what was known before', () => {
    const before = madeParticipation({ arrival: 'arriving' })
    for (const number of [null, 3])
      expect(toSent(before, { ...nothing, refused: [{ participationId: 'noor', number, code: 'NOT_FOUND' }] })).toEqual(
        {
          arrival: 'arriving',
          composedRunId: null,
          refused: 'NOT_FOUND',
        },
      )
  })

  it('sends again what the server misses, but not what it just took, and not for ever', () => {
    const said = { id: 'noor', state: 'arriving', runId: null, missing: [2, 3] } as const
    const answer = { ...nothing, acknowledged: [key(3)], participations: [said] }
    const repeats = new Map<string, number>()
    const rounds = Array.from({ length: 5 }, () => listMissing(answer, repeats).map(({ number }) => number))
    expect(rounds).toEqual([[2], [2], [2], [], []])
  })

  it('asks about a runner whose batches are all there once the group run is over', () => {
    const going = madeRun({ endedAtMs: null })
    const over = madeRun({ endedAtMs: 5 })
    expect(isAskedFor(going, madeParticipation({ arrival: 'arriving' }))).toBe(false)
    expect(isAskedFor(over, madeParticipation({ arrival: 'arriving' }))).toBe(true)
    expect(isAskedFor(over, madeParticipation({ arrival: 'composed' }))).toBe(false)
  })
})
