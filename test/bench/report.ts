// What a bench found, and how it is shown to people. Numbers are ratios within one run: machines differ, ratios less.

export interface Yardstick {
  readonly what: string
  readonly value: number
  readonly must: 'at least' | 'at most'
  readonly limit: number
  readonly unit: string
}
export interface Table {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number)[])[]
}
export interface BenchReport {
  readonly yardsticks: readonly Yardstick[]
  readonly tables: readonly Table[]
  /** What was left out and why, and what it was measured over. */
  readonly notes: readonly string[]
}
export interface BenchOptions {
  /** As little as shows that it runs, on what is in this clone: nothing is measured. */
  readonly smoke?: boolean
  /** Of `weeks`: made clients of each kind. */
  readonly seeds?: number
  readonly kinds?: readonly string[]
}
export type Progress = (text: string) => void

export const isMet = ({ value, must, limit }: Yardstick): boolean =>
  must === 'at least' ? value >= limit : value <= limit

/** Three significant digits. */
export const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))

export function toTable(name: string, { yardsticks, tables, notes }: BenchReport): string {
  const judged: Table = {
    head: [`bench ${name}`, 'measured', 'must be', ''],
    rows: yardsticks.map((one) => [
      one.what,
      `${short(one.value)} ${one.unit}`,
      `${one.must} ${one.limit} ${one.unit}`,
      isMet(one) ? 'ok' : 'MISSED',
    ]),
  }
  return [...tables.map(layOut), ...notes.map((note) => `- ${note}`), '', layOut(judged)].join('\n')
}

function layOut({ head, rows }: Table): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === 'number' ? short(cell) : cell)))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return `${cells.map((row) => line(row).trimEnd()).join('\n')}\n`
}
