// Numbers as text. Columns are 32-bit floats: 2.2 m/s comes out of them as 2.2000000476837, which nobody measured.

/** Whole numbers as they are, others with as few digits as give the same 32-bit float back; never an exponent. */
export function toNumberText(value: number): string {
  const text = String(Number.isInteger(value) ? value : shortest(value))
  return text.includes('e') ? String(Number(value.toFixed(6))) : text
}

function shortest(value: number): number {
  for (const digits of [7, 8]) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === Math.fround(value)) return short
  }
  return Number(value.toPrecision(9))
}
