// 0, 1, 2, …, as rows that all count.

const LONG = 100_000
const counted = new Int32Array(LONG)
for (let i = 0; i < LONG; i++) counted[i] = i

/** The same for everybody, so it is made once for all but the longest. To read only. */
export function countUp(length: number): Int32Array {
  if (length <= LONG) return counted.subarray(0, length)
  const rows = new Int32Array(length)
  for (let i = 0; i < length; i++) rows[i] = i
  return rows
}
