// The table that `check` prints for people.
import { verdicts, type Assessment } from '../domain/assessment.ts'
import { oneLine } from '../domain/one-line.ts'
import { problemSentence, readingWarnings, type FileProblem } from '../domain/reading-codes.ts'
import type { Recording } from '../domain/recording.ts'
import { countOf, type LeftOfArchive } from '../formats/left-files.ts'
import { wholeMinutes, wholePercent } from '../domain/shown-numbers.ts'
import { wrap } from './wrap.ts'

/** What one activity of one file came to. */
export type CheckLine =
  | {
      readonly file: string
      readonly ok: true
      readonly part: number | null
      readonly recording: Recording
      readonly assessment: Assessment
      /** Where the device's date cannot be right (rule T4): when it may have been, or null. */
      readonly asksDate: { readonly proposedAtMs: number | null } | null
    }
  | {
      readonly file: string
      /** That it lies in; null where it lies in none. */
      readonly archive: string | null
      readonly ok: false
      readonly code: FileProblem
      readonly detail?: string
    }

/** Start, minutes, calm, verdict: as wide as the widest that there is. */
const widths = [16, 7, 4, Math.max(...verdicts.map((verdict) => verdict.length))] as const
const besideFile = widths.reduce((sum, width) => sum + width + 1, 0)
/** product choice: of a file name, where nothing says how wide the page is; a longer one pushes its own row only. */
const FILE_WIDTH = 44
const INDENT = '  '

/** @param columns of the terminal; null where a file or a program reads it */
export const tableHead = (columns: number | null): string =>
  row('file', ['start', 'minutes', 'calm', 'verdict'], columns) + (columns === null ? ' flags' : '')

/** The row of one activity, with what follows it; a file that could not be read says why in words. On a terminal nothing is wider
 *  than that: what people should see stands below its row. Elsewhere all of it is one line. Shares are rounded down: 89.9 % is
 *  not 90 %. */
export function tableRow(line: CheckLine, timeZone: string | null, columns: number | null): string[] {
  const words = line.ok ? flagWords(line, timeZone) : `${line.code}: ${problemSentence(line.code, line.detail)}`
  const cells = line.ok ? activityCells(line, timeZone) : []
  if (columns === null) return [`${row(nameOf(line), cells, null)} ${words}`.trimEnd()]
  return [...rowsOn(columns, nameOf(line), cells), ...(words === '' ? [] : wrap(words, columns, INDENT))]
}

/** How a line is called: of several activities of one file by its number too. */
export const nameOf = (line: CheckLine): string =>
  line.ok && line.part !== null ? `${line.file} (${line.part})` : line.file

/** What was left of one archive. */
export function leftRow(left: LeftOfArchive, columns: number | null): string[] {
  const counts = left.counts.map(({ code, count }) => `${count} x ${code}`).join(', ')
  const words = `${filesOf(countOf(left))} left: ${counts}`
  if (columns === null) return [`${row(left.archive, [], columns)} ${words}`]
  return [...rowsOn(columns, left.archive, []), ...wrap(words, columns, INDENT)]
}

export const filesOf = (count: number): string => (count === 1 ? '1 file' : `${count} files`)

type ReadLine = Extract<CheckLine, { ok: true }>

function activityCells({ recording, assessment }: ReadLine, timeZone: string | null): string[] {
  const { calmShare, movingS } = assessment.zoneTime
  return [
    startText(recording.startedAtMs, recording.localOffsetS, timeZone),
    String(wholeMinutes(movingS)).padStart(widths[1]),
    (calmShare === null ? '-' : `${wholePercent(calmShare)}%`).padStart(widths[2]),
    assessment.verdict,
  ]
}

const flagWords = ({ assessment, asksDate }: ReadLine, timeZone: string | null): string =>
  [...assessment.flags.map((flag) => `${flag.kind} (${flag.level})`), ...dateQuestion(asksDate, timeZone)].join(', ')

function dateQuestion(asked: { readonly proposedAtMs: number | null } | null, timeZone: string | null): string[] {
  if (asked === null) return []
  const { proposedAtMs } = asked
  const maybe = proposedAtMs === null ? '' : ` Perhaps ${startText(proposedAtMs, null, timeZone)}.`
  return [`${readingWarnings.CLOCK_IMPLAUSIBLE}${maybe}`]
}

/** A name that does not fit beside its cells stands above them: without the archive that it lies in, two may look alike. */
function rowsOn(columns: number, name: string, cells: readonly string[]): string[] {
  const fits = cells.length > 0 && Array.from(oneLine(name)).length <= columns - besideFile
  const above = fits ? [] : [shorten(name, columns)]
  const beside = cells.length === 0 ? [] : [row(fits ? name : '', cells, columns).trimEnd()]
  return [...above, ...beside]
}

function row(name: string, cells: readonly string[], columns: number | null): string {
  const room = columns === null ? FILE_WIDTH : Math.max(0, columns - besideFile)
  const shown = columns === null ? name : oneLine(name)
  const missing = room - Array.from(shown).length
  return [shown + ' '.repeat(Math.max(0, missing)), ...cells.map((cell, i) => cell.padEnd(widths[i] ?? 0))].join(' ')
}

/** A name that is too long loses its middle: where it lies and what it is called stay. What would be escaped is, before it is measured. */
function shorten(name: string, width: number): string {
  const characters = Array.from(oneLine(name))
  if (characters.length <= width) return characters.join('')
  const first = Math.floor((width - 1) / 2)
  return `${characters.slice(0, first).join('')}…${characters.slice(first + 1 - width).join('')}`
}

function startText(startedAtMs: number, localOffsetS: number | null, timeZone: string | null): string {
  const byDevice = timeZone === null && localOffsetS !== null
  const at = new Date(byDevice ? startedAtMs + localOffsetS * 1000 : startedAtMs)
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(byDevice ? { timeZone: 'UTC' } : timeZone === null ? {} : { timeZone }),
  }).format(at)
}
