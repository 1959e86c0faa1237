import { describe, expect, it } from 'vitest'
import { addWaiting, countWaiting, listOver, listWaiting, openBooks, removeWaiting } from '../../../web/outbox/books.ts'
import { isGoing, type BatchRow, type StoredGroupRun, type StoredParticipation } from '../../../web/outbox/stored.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const HOUR_MS = 3_600_000
const row = (participationId: string, number: number, state: BatchRow['state']) => ({ participationId, number, state })
const waitingOf = (
  run: Partial<StoredGroupRun>,
  runners: readonly StoredParticipation[],
  rows: readonly ReturnType<typeof row>[],
) => openBooks({ runs: [madeRun(run)], participations: runners, rows })

describe('the books of the outbox', () => {
  it('list what waits runner by runner, numbers rising, open ones of before too', () => {
    const books = waitingOf(
      {},
      [madeParticipation(), madeParticipation({ id: 'mo' })],
      [row('mo', 1, 'open'), row('noor', 10, 'sealed'), row('noor', 9, 'sealed'), row('noor', 8, 'acknowledged')],
    )
    expect(listWaiting(books, 'tuesday').map(({ participationId, number }) => `${participationId} ${number}`)).toEqual([
      'noor 9',
      'noor 10',
      'mo 1',
    ])
    addWaiting(books, [{ participationId: 'noor', number: 2 }])
    removeWaiting(books, [{ participationId: 'noor', number: 9 }])
    expect(countWaiting(books)).toBe(3)
  })

  it('have nothing of a guest or of a practice to send', () => {
    const rows = [row('noor', 1, 'sealed')]
    expect(countWaiting(waitingOf({}, [madeParticipation({ clientId: null })], rows))).toBe(0)
    expect(countWaiting(waitingOf({ practice: true }, [madeParticipation()], rows))).toBe(0)
  })

  it('know that a group run is going until it is ended, and not for more than half a day', () => {
    const { madeAtMs } = madeRun()
    expect(isGoing(madeRun(), madeAtMs + HOUR_MS)).toBe(true)
    expect(isGoing(madeRun({ endedAtMs: madeAtMs + 1 }), madeAtMs + HOUR_MS)).toBe(false)
    expect(isGoing(madeRun(), madeAtMs + 12 * HOUR_MS)).toBe(false)
  })

  const endedAtMs = madeRun().madeAtMs + HOUR_MS
  it.each<[string, boolean, Partial<StoredGroupRun>, Partial<StoredParticipation>, BatchRow['state'], number]>([
    ['a day after its end, all composed', true, { endedAtMs }, { arrival: 'composed' }, 'acknowledged', 24],
    ['before that day is over', false, { endedAtMs }, { arrival: 'composed' }, 'acknowledged', 23],
    ['never ended', false, {}, { arrival: 'composed' }, 'acknowledged', 99],
    ['with something unsent', false, { endedAtMs }, { arrival: 'arriving' }, 'sealed', 99],
    ['that the server still puts together', false, { endedAtMs }, { arrival: 'arriving' }, 'acknowledged', 99],
    ['with a refusal that nobody solved', false, { endedAtMs }, { refused: 'NOT_FOUND' }, 'acknowledged', 99],
    ['of a guest', true, { endedAtMs }, { clientId: null }, 'sealed', 24],
    ['for practice', true, { endedAtMs, practice: true }, {}, 'sealed', 24],
  ])('a group run %s: has no more use here is %s', (_name, over, run, runner, state, hours) => {
    const books = waitingOf(run, [madeParticipation(runner)], [row('noor', 1, state)])
    expect(listOver(books, endedAtMs + hours * HOUR_MS)).toEqual(over ? ['tuesday'] : [])
  })
})
