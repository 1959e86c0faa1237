// Which rows can be of one activity, and in which order they happened: for readers whose files can hold clocks that leap.

/** Two rows further apart than this are worth a word (TIME_GAP). */
export const GAP_S = 6 * 3600

const DAY_S = 86_400

/** Rows whose time can be of this activity. Left out are blocks that leap a day or more away and come back, and what was
 *  recorded before the device's clock was set. A gap that nothing comes back from is a real one.
 *  @param times seconds, in file order
 *  @param clockSetFromS a clock that shows less was not set yet */
export function placedRows(times: ArrayLike<number>, clockSetFromS: number): number[] {
  const rows: number[] = []
  const clockIsSet = times.length > 0 && times[times.length - 1] >= clockSetFromS
  for (let i = 0; i < times.length; i++) {
    const last = rows.at(-1)
    if (clockIsSet && times[i] < clockSetFromS) continue
    if (last !== undefined && Math.abs(times[i] - times[last]) > DAY_S) {
      const back = comesBack(times, i, times[last])
      if (back !== null) {
        i = back - 1
        continue
      }
    }
    rows.push(i)
  }
  return rows
}

function comesBack(times: ArrayLike<number>, from: number, before: number): number | null {
  for (let i = from + 1; i < times.length; i++) {
    if (Math.abs(times[i] - before) <= DAY_S) return i
    if (Math.abs(times[i] - times[i - 1]) > DAY_S) return null
  }
  return null
}

/** These rows in the order of their times; those of the same time stay in file order.
 *  @returns whether they were in order already */
export function sortRows(times: ArrayLike<number>, rows: readonly number[]) {
  const inOrder = rows.every((row, k) => k === 0 || times[row] >= times[rows[k - 1]])
  return { inOrder, rows: inOrder ? rows : rows.toSorted((a, b) => times[a] - times[b] || a - b) }
}
