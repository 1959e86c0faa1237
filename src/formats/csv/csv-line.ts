// One line of CSV as RFC 4180 has it, in the separators of a place, and safe to open in a spreadsheet.
import { toNumberText } from '../export/number-text.ts'

export interface CsvDialect {
  readonly separator: ',' | ';'
  readonly decimal: '.' | ','
}

/** A spreadsheet takes a file apart by the separators of its own language. */
export const csvDialects = {
  nl: { separator: ';', decimal: ',' },
  international: { separator: ',', decimal: '.' },
} as const satisfies Record<string, CsvDialect>
export type CsvDialectName = keyof typeof csvDialects

/** null is an empty cell. */
export type CsvCell = string | number | null

/** Cells to one line, CRLF at its end. */
export const toCsvLine = (cells: readonly CsvCell[], dialect: CsvDialect): string =>
  `${cells.map((cell) => toCell(cell, dialect)).join(dialect.separator)}\r\n`

function toCell(cell: CsvCell, { separator, decimal }: CsvDialect): string {
  if (cell === null) return ''
  const text = typeof cell === 'number' ? toNumberText(cell).replace('.', decimal) : harmless(cell)
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV Injection"). Numbers are never
 *  text here: a negative one stays a number. */
const harmless = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
