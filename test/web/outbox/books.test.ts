import { describe, expect, it } from 'vitest'
import {
  addWaiting,
  countWaiting,
  countWaitingRecordings,
  listGone,
  listWaiting,
  openBooks,
  removeParticipation,
  removeWaiting,
} from '../../../web/outbox/books.ts'
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
    // Dated by a phone that has been set back by a year since.
    const yearMs = 365 * 24 * HOUR_MS
    const dated = madeRun({ madeAtMs: madeAtMs + yearMs, clockSetMs: -yearMs })
    expect([isGoing(dated, madeAtMs + HOUR_MS), isGoing(dated, madeAtMs + 12 * HOUR_MS)]).toEqual([true, false])
  })

  const endedAtMs = madeRun().madeAtMs + HOUR_MS
  const refusedAtMs = endedAtMs + 2 * HOUR_MS
  const [composed, arriving] = [{ arrival: 'composed' }, { arrival: 'arriving' }] as const
  const refused = { refused: 'NOT_FOUND', refusedAtMs }
  const aside = { setAside: 1, setAsideCode: 'BATCH_DAMAGED', refusedAtMs }
  it.each<[string, number | null, Partial<StoredGroupRun>, Partial<StoredParticipation>, BatchRow['state']]>([
    ['all composed', 24, { endedAtMs }, composed, 'acknowledged'],
    ['never ended: half a day later counts as its end', 23 + 24 - 12, {}, composed, 'acknowledged'],
    ['with something unsent', null, { endedAtMs }, arriving, 'sealed'],
    ['that the server still puts together', 7 * 24, { endedAtMs }, arriving, 'acknowledged'],
    ['that is refused for good', 2 + 7 * 24, { endedAtMs }, refused, 'sealed'],
    ['refused before there was a term', 7 * 24, { endedAtMs }, { refused: 'NOT_FOUND' }, 'sealed'],
    ['with a batch set aside', 2 + 7 * 24, { endedAtMs }, aside, 'refused'],
    ['with a batch set aside and another unsent', null, { endedAtMs }, aside, 'sealed'],
    ['of a guest', 24, { endedAtMs }, { clientId: null }, 'sealed'],
    ['for practice', 24, { endedAtMs, practice: true }, {}, 'sealed'],
  ])('a recording %s goes after %s hours', (_name, hours, run, runner, state) => {
    const books = waitingOf(run, [madeParticipation(runner)], [row('noor', 1, state)])
    const goneAfter = (h: number) => listGone(books, endedAtMs + h * HOUR_MS)
    if (hours === null) return expect(goneAfter(9999)).toEqual({ participations: [], runs: [] })
    expect(goneAfter(hours - 1)).toEqual({ participations: [], runs: [] })
    expect(goneAfter(hours)).toEqual({ participations: ['noor'], runs: ['tuesday'] })
  })

  it('let go of what the server has though another runner of the same run is refused', () => {
    const runners = [madeParticipation(composed), madeParticipation({ id: 'mo', ...refused })]
    const books = waitingOf({ endedAtMs }, runners, [row('noor', 1, 'acknowledged'), row('mo', 1, 'sealed')])
    expect(listGone(books, endedAtMs + 24 * HOUR_MS)).toEqual({ participations: ['noor'], runs: [] })
    removeParticipation(books, 'noor')
    expect(listGone(books, endedAtMs + 8 * 24 * HOUR_MS)).toEqual({ participations: ['mo'], runs: ['tuesday'] })
  })

  it('do not keep a run for a year because a clock was a year ahead', () => {
    const ahead = { madeAtMs: endedAtMs + 365 * 24 * HOUR_MS, endedAtMs: endedAtMs + 366 * 24 * HOUR_MS }
    const books = waitingOf(ahead, [madeParticipation(composed)], [row('noor', 1, 'acknowledged')])
    expect(listGone(books, endedAtMs).runs).toEqual(['tuesday'])
  })

  it('let go of a group run that nobody joined', () => {
    const books = waitingOf({ endedAtMs }, [], [])
    expect(listGone(books, endedAtMs + HOUR_MS).runs).toEqual([])
    expect(listGone(books, endedAtMs + 24 * HOUR_MS).runs).toEqual(['tuesday'])
  })

  it('count recordings that wait, not batches, and only of runs that are over and not refused', () => {
    const runners = [madeParticipation(), madeParticipation({ id: 'mo' }), madeParticipation({ id: 'bo', ...refused })]
    const rows = [row('noor', 1, 'sealed'), row('noor', 2, 'sealed'), row('mo', 1, 'open'), row('bo', 1, 'sealed')]
    const nowMs = endedAtMs + 1
    expect(countWaitingRecordings(waitingOf({ endedAtMs }, runners, rows), nowMs)).toBe(2)
    expect(countWaitingRecordings(waitingOf({}, runners, rows), nowMs)).toBe(0)
    expect(countWaiting(waitingOf({}, runners, rows))).toBe(3)
  })
})
