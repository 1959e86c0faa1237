// In which order rows happened: for readers whose files can hold clocks that go back.

/** Two rows further apart than this are worth a word (TIME_GAP). */
export const GAP_S = 6 * 3600

/** These rows in the order of their times; those of the same time stay in file order.
 *  @returns whether they were in order already */
export function sortRows(times: ArrayLike<number>, rows: Int32Array) {
  const inOrder = rows.every((row, k) => k === 0 || times[row] >= times[rows[k - 1]])
  return { inOrder, rows: inOrder ? rows : rows.toSorted((a, b) => times[a] - times[b] || a - b) }
}
