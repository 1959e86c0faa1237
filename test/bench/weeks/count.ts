// What came of played clients of one kind, counted: rows, when the first came, which run days and which hard runs reached
// nobody. Pure.
import type { Standing } from '../../../fixtures/weeks/client.ts'
import type { Played } from '../../support/weeks/play-client.ts'

/** So long at or above the hard limit without a break is a truly hard run (product choice of the simulator). */
const TRULY_HARD_S = 30
const DAY_MS = 86_400_000

export interface KindCount {
  readonly kind: string
  readonly standing: Standing
  readonly clients: number
  /** Of changed clients from the change on. */
  readonly weeks: number
  /** Rows by flag kind, in these weeks. */
  readonly rows: ReadonlyMap<string, number>
  /** Of changed clients, before anything changed. */
  readonly before: { readonly weeks: number; readonly rows: number }
  /** From the change to the first row, a number for each client; infinite where none came. */
  readonly daysToFirst: readonly number[]
  readonly hardRuns: number
  /** Of those, without any row of attention or more seen at them. */
  readonly hardRunsUnseen: number
  /** Of those, without F1 or F9. */
  readonly hardRunsWithoutIntensity: number
}

/** @param played clients of one kind, whose rows were closed once a week */
export function countKind(kind: string, standing: Standing, played: readonly Played[]): KindCount {
  const counted = played.map(countClient)
  const rows = new Map<string, number>()
  for (const { after } of counted) for (const row of after) rows.set(row, (rows.get(row) ?? 0) + 1)
  const hard = played.flatMap(({ runs }) => runs.filter(({ hardS }) => hardS >= TRULY_HARD_S))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return {
    kind,
    standing,
    clients: played.length,
    weeks: sum(counted.map(({ weeks }) => weeks)),
    rows,
    before: {
      weeks: sum(counted.map(({ weeksBefore }) => weeksBefore)),
      rows: sum(counted.map(({ rowsBefore }) => rowsBefore)),
    },
    daysToFirst: counted.flatMap(({ daysToFirst }) => daysToFirst ?? []),
    hardRuns: hard.length,
    hardRunsUnseen: hard.filter(({ seen }) => seen.length === 0).length,
    hardRunsWithoutIntensity: hard.filter(({ seen }) => !seen.some((row) => /^F[19]\./.test(row))).length,
  }
}

function countClient({ client, rows }: Played) {
  const changed = client.changedAtMs
  if (changed === null)
    return {
      after: rows.map(({ kind }) => kind),
      weeks: client.weeks,
      weeksBefore: 0,
      rowsBefore: 0,
      daysToFirst: null,
    }
  const after = rows.filter(({ raisedAtMs }) => raisedAtMs >= changed)
  const firstMs = Math.min(...after.map(({ raisedAtMs }) => raisedAtMs))
  const weeksBefore = (changed - Math.min(...client.events.map(({ atMs }) => atMs))) / (7 * DAY_MS)
  return {
    after: after.map(({ kind }) => kind),
    weeks: client.weeks - weeksBefore,
    weeksBefore,
    rowsBefore: rows.length - after.length,
    daysToFirst: (firstMs - changed) / DAY_MS,
  }
}

export const rowsOf = ({ rows }: KindCount): number => [...rows.values()].reduce((sum, count) => sum + count, 0)
export const rowsAWeek = (count: KindCount): number => (count.weeks === 0 ? 0 : rowsOf(count) / count.weeks)
export const missedOf = ({ daysToFirst }: KindCount): number => daysToFirst.filter((days) => days === Infinity).length

/** Days on which runs came in after the first closing since the change, and those of them on which nothing waited the next
 *  morning: the run reached nobody. */
export interface SilentDays {
  readonly runDays: number
  readonly silent: number
}

/** @param played clients whose rows were all closed each morning */
export function countSilentDays(played: readonly Played[]): SilentDays {
  const after = played.flatMap(({ client, mornings }) => {
    const changed = mornings.filter(({ atMs }) => client.changedAtMs !== null && atMs > client.changedAtMs)
    const firstClosed = changed.findIndex(({ waiting }) => waiting > 0)
    return firstClosed === -1 ? [] : changed.slice(firstClosed + 1).filter(({ hadRuns }) => hadRuns)
  })
  return { runDays: after.length, silent: after.filter(({ waiting }) => waiting === 0).length }
}
