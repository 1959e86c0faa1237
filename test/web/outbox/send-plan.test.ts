import { describe, expect, it } from 'vitest'
import type { BatchRefusal } from '../../../src/live/protocol.ts'
import { backOffMs, fateIn, isAskedFor, listMissing, toSent } from '../../../web/outbox/send-plan.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const NOW_MS = Date.UTC(2026, 10, 24, 10)
const nothing = { receivedAtMs: 0, acknowledged: [], refused: [], participations: [] }
const key = (number: number) => ({ participationId: 'noor', number })
const taken = { fate: 'taken' } as const

describe('sending batches', () => {
  it('waits longer after each failure, up to a minute, and not all phones as long', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((failures) => backOffMs(failures, 1) / 1000)).toEqual([2, 4, 8, 16, 32, 60, 60])
    expect(backOffMs(3, 0)).toBe(4000)
  })

  it.each<[string, number | null, BatchRefusal, ReturnType<typeof fateIn>]>([
    ['a runner that is not there', null, 'NOT_FOUND', { fate: 'refused', code: 'NOT_FOUND' }],
    ["another runner's recording", null, 'PARTICIPATION_OTHER', { fate: 'refused', code: 'PARTICIPATION_OTHER' }],
    ['trouble with a runner', null, 'TROUBLE', { fate: 'trouble' }],
    ['trouble with a batch', 1, 'TROUBLE', { fate: 'silent' }],
    ['one batch that is damaged', 1, 'BATCH_DAMAGED', { fate: 'taken' }],
  ])('takes %s as it is meant', (_name, number, code, fate) => {
    const answer = { ...nothing, refused: [{ participationId: 'noor', number, code }] }
    expect(fateIn(answer, 'noor', [key(1)])).toEqual(fate)
    expect(fateIn(answer, 'mo', [])).toEqual({ fate: 'taken' })
  })

  it('does not take silence for an answer', () => {
    expect(fateIn(nothing, 'noor', [key(1)])).toEqual({ fate: 'silent' })
  })

  it('writes down what became of a runner, and only what is new', () => {
    const said = { id: 'noor', state: 'composed', runId: 'run-1', missing: [] } as const
    const answer = { ...nothing, acknowledged: [key(1)], participations: [said] }
    const sent = toSent(madeParticipation({ refused: 'NOT_FOUND', refusedAtMs: 5 }), answer, taken, NOW_MS)
    expect(sent).toEqual({ arrival: 'composed', composedRunId: 'run-1', refused: null, refusedAtMs: null })
    expect(toSent({ ...madeParticipation(), ...sent }, answer, taken, NOW_MS)).toBeNull()
  })

  it('keeps the code of a refusal, since when it is so, and what was known before', () => {
    const refused = { fate: 'refused', code: 'NOT_FOUND' } as const
    const first = toSent(madeParticipation({ arrival: 'arriving' }), nothing, refused, NOW_MS)
    expect(first).toEqual({ arrival: 'arriving', composedRunId: null, refused: 'NOT_FOUND', refusedAtMs: NOW_MS })
    expect(toSent(madeParticipation({ ...first }), nothing, refused, NOW_MS + 5)).toBeNull()
    const again = toSent(madeParticipation({ refusedAtMs: 7, setAside: 1 }), nothing, refused, NOW_MS)
    expect(again?.refusedAtMs).toBe(7)
  })

  it('sends again what the server misses, but not what it just took, and not for ever', () => {
    const said = { id: 'noor', state: 'arriving', runId: null, missing: [2, 3] } as const
    const answer = { ...nothing, acknowledged: [key(3)], participations: [said] }
    const repeats = new Map<string, number>()
    const rounds = Array.from({ length: 5 }, () => listMissing(answer, repeats).map(({ number }) => number))
    expect(rounds).toEqual([[2], [2], [2], [], []])
  })

  it('asks about a runner whose batches are all there once the group run is over', () => {
    const arriving = madeParticipation({ arrival: 'arriving' })
    expect(isAskedFor(madeRun(), arriving, NOW_MS)).toBe(false)
    expect(isAskedFor(madeRun(), arriving, NOW_MS + 12 * 3_600_000)).toBe(false)
    expect(isAskedFor(madeRun({ endedAtMs: 5 }), arriving, NOW_MS)).toBe(true)
    expect(isAskedFor(madeRun({ endedAtMs: 5 }), madeParticipation({ arrival: 'composed' }), NOW_MS)).toBe(false)
  })
})
