// The table that `check` prints for people.
import type { Assessment } from '../domain/assessment.ts'
import { fileProblems, readingWarnings, type FileProblem } from '../domain/reading-codes.ts'
import type { Recording } from '../domain/recording.ts'
import { wholeMinutes, wholePercent } from '../domain/shown-numbers.ts'

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
  | { readonly file: string; readonly ok: false; readonly code: FileProblem }

const widths = [44, 17, 8, 6, 22] as const

export const tableHead = row(['file', 'start', 'minutes', 'calm', 'verdict', 'flags'])

/** One row; a file that could not be read says why in words. Shares are rounded down: 89.9 % is not 90 %. */
export function tableRow(line: CheckLine, timeZone: string | null): string {
  if (!line.ok) return `${fit(line.file, widths[0])} ${line.code}: ${fileProblems[line.code]}`
  const { recording, assessment } = line
  const share = assessment.zoneTime.calmShare
  return row([
    line.part === null ? line.file : `${line.file} (${line.part})`,
    startText(recording.startedAtMs, recording.localOffsetS, timeZone),
    String(wholeMinutes(assessment.zoneTime.movingS)),
    share === null ? '-' : `${wholePercent(share)}%`,
    assessment.verdict,
    [...assessment.flags.map((flag) => `${flag.kind} (${flag.level})`), ...dateQuestion(line.asksDate, timeZone)].join(
      ', ',
    ),
  ])
}

function dateQuestion(asked: { readonly proposedAtMs: number | null } | null, timeZone: string | null): string[] {
  if (asked === null) return []
  const { proposedAtMs } = asked
  const maybe = proposedAtMs === null ? '' : ` Perhaps ${startText(proposedAtMs, null, timeZone)}.`
  return [`${readingWarnings.CLOCK_IMPLAUSIBLE}${maybe}`]
}

function row(cells: readonly string[]): string {
  return cells
    .map((cell, i) => fit(cell, widths[i] ?? 0))
    .join(' ')
    .trimEnd()
}

/** Pads on the right; a file name that is too long loses its beginning, for its end tells it apart. */
function fit(text: string, width: number): string {
  return text.length > width && width > 0 && width === widths[0] ? `…${text.slice(1 - width)}` : text.padEnd(width)
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
