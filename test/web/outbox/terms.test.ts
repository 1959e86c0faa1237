// When a clock may be believed that takes what nobody else has: never at one look, unless the server says what day it is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhoneClock } from '../../../web/api/server-clock.ts'
import { listDoubted, listGone, openIndex, type OutboxIndex } from '../../../web/outbox/outbox-index.ts'
import { findLeft } from '../../../web/outbox/left-runs.ts'
import type { StoredGroupRun } from '../../../web/outbox/stored.ts'
import { DOUBT_MS, UNSENT_KEPT_MS } from '../../../web/outbox/terms.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const DAY_MS = 86_400_000
const endedAtMs = madeRun().madeAtMs + 3_600_000

const booksOf = (run: Partial<StoredGroupRun>, isSent = false): OutboxIndex =>
  openIndex({
    runs: [madeRun({ endedAtMs, ...run })],
    participations: [madeParticipation()],
    rows: isSent ? [] : [{ participationId: 'noor', number: 1, state: 'sealed' }],
  })
/** Somebody opens the page: what it writes down, and whether it takes the recording. */
function look(books: OutboxIndex, nowMs: number, clock: PhoneClock = 'unknown'): boolean {
  if (clock !== 'wrong') for (const run of listDoubted(books, nowMs)) books.runs.set(run.id, run)
  return listGone(books, nowMs, false, clock).leaving.length > 0
}

describe('what was never sent', () => {
  it('leaves at its term where the server says that the clock is right, and said so in the run', () => {
    const books = () => booksOf({ clockWasRight: true })
    expect(look(books(), endedAtMs + UNSENT_KEPT_MS - 1, 'right')).toBe(false)
    expect(look(books(), endedAtMs + UNSENT_KEPT_MS, 'right')).toBe(true)
    // A run of a clock that nobody knows may be of today.
    expect(look(booksOf({}), endedAtMs + UNSENT_KEPT_MS, 'right')).toBe(false)
  })

  it('leaves a day after the first look that found it past its term, where nobody says what day it is', () => {
    const books = booksOf({})
    const overMs = endedAtMs + 40 * DAY_MS
    expect(look(books, overMs)).toBe(false)
    expect(look(books, overMs + DOUBT_MS - 1)).toBe(false)
    expect(look(books, overMs + DOUBT_MS)).toBe(true)
  })

  it('stays whatever one wrong clock shows: the doubt ends with it', () => {
    const books = booksOf({})
    expect(look(books, endedAtMs + 40 * DAY_MS)).toBe(false)
    // The network has set the clock right.
    for (const days of [1, 2, 20]) expect(look(books, endedAtMs + days * DAY_MS)).toBe(false)
    expect(books.runs.get('tuesday')?.doubtedSinceMs).toBeUndefined()
    expect(look(books, endedAtMs + 50 * DAY_MS)).toBe(false)
  })

  it('stays for a day at least after the first look of all, whatever clocks showed in the run and since', () => {
    const anyMs = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2040) })
    fc.assert(
      fc.property(
        anyMs,
        anyMs,
        fc.array(fc.integer({ min: 0, max: DOUBT_MS - 1 }), { maxLength: 6 }),
        (ended, first, steps) => {
          const books = booksOf({ endedAtMs: ended, madeAtMs: ended - 1 })
          for (const step of [0, ...steps.toSorted((a, b) => a - b)]) expect(look(books, first + step)).toBe(false)
        },
      ),
    )
  })

  it('is never taken by a clock of which the server says that it is wrong', () => {
    const books = booksOf({ clockWasRight: true })
    for (const days of [40, 42, 400]) expect(look(books, endedAtMs + days * DAY_MS, 'wrong')).toBe(false)
  })
})

describe('a run of a clock that was a year ahead', () => {
  const aheadMs = 365 * DAY_MS
  it('is kept for four weeks from the first look, not for a year', () => {
    const books = booksOf({ madeAtMs: endedAtMs + aheadMs - 1, endedAtMs: endedAtMs + aheadMs })
    expect(look(books, endedAtMs)).toBe(false)
    expect(look(books, endedAtMs + 27 * DAY_MS)).toBe(false)
    expect(look(books, endedAtMs + UNSENT_KEPT_MS)).toBe(false)
    expect(look(books, endedAtMs + UNSENT_KEPT_MS + DOUBT_MS)).toBe(true)
  })

  it('and of which the server has everything leaves at once', () => {
    const books = booksOf({ madeAtMs: endedAtMs + aheadMs - 1, endedAtMs: endedAtMs + aheadMs }, true)
    expect(look(books, endedAtMs)).toBe(true)
  })

  it('and that nobody ended is over a day after the first look: an empty battery takes the date along', () => {
    const books = booksOf({ madeAtMs: endedAtMs + aheadMs, endedAtMs: null })
    const left = (nowMs: number) => {
      look(books, nowMs)
      return findLeft(books.runs.get('tuesday') ?? madeRun(), [], nowMs)
    }
    expect([left(endedAtMs), left(endedAtMs + DAY_MS - 1)]).toEqual([null, null])
    expect(left(endedAtMs + DAY_MS)).toEqual({ heardAtMs: endedAtMs + aheadMs, open: [] })
    // The clock is right again meanwhile: it goes on.
    expect(left(endedAtMs + aheadMs + 1000)).toBeNull()
  })
})
