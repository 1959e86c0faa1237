// Tells where a FIT file, or a part chained behind another, begins.

const MIN_HEADER = 12

/** Whether a FIT header starts at `at`: its size, and ".FIT" eight bytes on. */
export function isHeader(bytes: Uint8Array, at: number): boolean {
  const size = bytes[at]
  return (
    at + MIN_HEADER <= bytes.length &&
    size >= MIN_HEADER &&
    bytes[at + 8] === 0x2e &&
    bytes[at + 9] === 0x46 &&
    bytes[at + 10] === 0x49 &&
    bytes[at + 11] === 0x54
  )
}
