import { describe, expect, it } from 'vitest'
import {
  addWaiting,
  countWaiting,
  listGone,
  listWaiting,
  listWaitingRecordings,
  openIndex,
  removeParticipation,
  removeWaiting,
  type OutboxIndex,
} from '../../../web/outbox/outbox-index.ts'
import type { BatchRow, StoredGroupRun, StoredParticipation } from '../../../web/outbox/stored.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const HOUR_MS = 3_600_000
const row = (participationId: string, number: number, state: BatchRow['state']) => ({ participationId, number, state })
const waitingOf = (
  run: Partial<StoredGroupRun>,
  runners: readonly StoredParticipation[],
  rows: readonly ReturnType<typeof row>[],
) => openIndex({ runs: [madeRun({ clockWasRight: true, ...run })], participations: runners, rows })

/** Who goes where nobody may send. */
const gone = (books: OutboxIndex, nowMs: number) => {
  const { leaving, runs } = listGone(books, nowMs, false, 'right')
  return { leaving: leaving.map(({ participation }) => participation.id), runs }
}

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

  const endedAtMs = madeRun().madeAtMs + HOUR_MS
  const refusedAtMs = endedAtMs + 2 * HOUR_MS
  const [composed, arriving] = [{ arrival: 'composed' }, { arrival: 'arriving' }] as const
  const refused = { refused: 'NOT_FOUND', refusedAtMs }
  const aside = { setAside: 1, setAsideCode: 'BATCH_DAMAGED', refusedAtMs }
  it.each<[string, number | null, Partial<StoredGroupRun>, Partial<StoredParticipation>, BatchRow['state']]>([
    ['all composed', 24, { endedAtMs }, composed, 'acknowledged'],
    ['that nobody ended yet', null, {}, composed, 'acknowledged'],
    ['with something unsent', 28 * 24, { endedAtMs }, arriving, 'sealed'],
    ['that the server still puts together', 24, { endedAtMs }, arriving, 'acknowledged'],
    ['that is refused for good', 2 + 7 * 24, { endedAtMs }, refused, 'sealed'],
    ['refused before there was a term', 7 * 24, { endedAtMs }, { refused: 'NOT_FOUND' }, 'sealed'],
    ['with a batch set aside', 2 + 7 * 24, { endedAtMs }, aside, 'refused'],
    ['with a batch set aside and another unsent', 28 * 24, { endedAtMs }, aside, 'sealed'],
    ['of a guest', 24, { endedAtMs }, { clientId: null }, 'sealed'],
    ['for practice', 24, { endedAtMs, practice: true }, {}, 'sealed'],
    ['whose clock was set back by an hour since', 23, { endedAtMs, clockSetMs: -HOUR_MS }, composed, 'acknowledged'],
  ])('a recording %s goes after %s hours', (_name, hours, run, runner, state) => {
    const books = waitingOf(run, [madeParticipation(runner)], [row('noor', 1, state)])
    const goneAfter = (h: number) => gone(books, endedAtMs + h * HOUR_MS)
    if (hours === null) return expect(goneAfter(9999)).toEqual({ leaving: [], runs: [] })
    expect(goneAfter(hours - 1)).toEqual({ leaving: [], runs: [] })
    expect(goneAfter(hours)).toEqual({ leaving: ['noor'], runs: ['tuesday'] })
  })

  it('say why each goes, and let nothing go that somebody who is here may still send', () => {
    const runners = [
      madeParticipation(composed),
      madeParticipation({ id: 'mo', ...refused }),
      madeParticipation({ id: 'bo' }),
      madeParticipation({ id: 'guest', clientId: null }),
    ]
    const rows = [row('noor', 1, 'acknowledged'), row('mo', 1, 'sealed'), row('bo', 1, 'sealed')]
    const books = waitingOf({ endedAtMs }, runners, rows)
    const whyOf = (maySend: boolean) =>
      listGone(books, endedAtMs + 40 * 24 * HOUR_MS, maySend, 'right').leaving.map(({ participation: { id }, why }) => [
        id,
        why,
      ])
    const others = [
      ['noor', 'done'],
      ['mo', 'refused'],
      ['guest', 'done'],
    ]
    expect(whyOf(true)).toEqual(others)
    expect(whyOf(false)).toEqual([...others.slice(0, 2), ['bo', 'unsent'], ['guest', 'done']])
    expect(listGone(books, endedAtMs + 40 * 24 * HOUR_MS, true, 'right').runs).toEqual([])
  })

  it('let go of what the server has though another runner of the same run is refused', () => {
    const runners = [madeParticipation(composed), madeParticipation({ id: 'mo', ...refused })]
    const books = waitingOf({ endedAtMs }, runners, [row('noor', 1, 'acknowledged'), row('mo', 1, 'sealed')])
    expect(gone(books, endedAtMs + 24 * HOUR_MS)).toEqual({ leaving: ['noor'], runs: [] })
    removeParticipation(books, 'noor')
    expect(gone(books, endedAtMs + 8 * 24 * HOUR_MS)).toEqual({ leaving: ['mo'], runs: ['tuesday'] })
  })

  it('do not keep a run for a year because a clock was a year ahead', () => {
    const ahead = { madeAtMs: endedAtMs + 365 * 24 * HOUR_MS, endedAtMs: endedAtMs + 366 * 24 * HOUR_MS }
    const books = waitingOf(ahead, [madeParticipation(composed)], [row('noor', 1, 'acknowledged')])
    expect(gone(books, endedAtMs).runs).toEqual(['tuesday'])
  })

  it('let go of a group run that nobody joined', () => {
    const books = waitingOf({ endedAtMs }, [], [])
    expect(gone(books, endedAtMs + HOUR_MS).runs).toEqual([])
    expect(gone(books, endedAtMs + 24 * HOUR_MS).runs).toEqual(['tuesday'])
  })

  it('count recordings that wait, not batches, and only of runs that are over and not refused', () => {
    const runners = [madeParticipation(), madeParticipation({ id: 'mo' }), madeParticipation({ id: 'bo', ...refused })]
    const rows = [row('noor', 1, 'sealed'), row('noor', 2, 'sealed'), row('mo', 1, 'open'), row('bo', 1, 'sealed')]
    const nowMs = endedAtMs + 1
    const untilMs = endedAtMs + 28 * 24 * HOUR_MS
    expect(listWaitingRecordings(waitingOf({ endedAtMs }, runners, rows), nowMs)).toEqual({ count: 2, untilMs })
    expect(listWaitingRecordings(waitingOf({}, runners, rows), nowMs)).toEqual({ count: 0, untilMs: null })
    expect(countWaiting(waitingOf({}, runners, rows))).toBe(3)
  })
})
