// `calmpace check`: reads files and judges each run. One line of JSON or of a table per activity, in input order.
import { assess } from '../domain/assess.ts'
import { isImplausibleStart, proposeStart } from '../domain/dating.ts'
import { summariseHeartRate } from '../domain/heart-rate-summary.ts'
import { problemSentence, type FileProblem } from '../domain/reading-codes.ts'
import { withTimeWarnings } from '../domain/time-warnings.ts'
import type { ByteSource } from '../formats/byte-source.ts'
import { countOf, LeftFiles, type LeftOfArchive } from '../formats/left-files.ts'
import { readFile } from '../formats/read-file.ts'
import { unpack } from '../formats/unpack.ts'
import { ReadError } from '../node/file-source.ts'
import type { CheckOptions } from './check-options.ts'
import { CheckSummary } from './check-summary.ts'
import { CheckWarnings } from './check-warnings.ts'
import { findFiles } from './find-files.ts'
import type { Output } from './output.ts'
import { filesOf, leftRow, nameOf, tableHead, tableRow, type CheckLine } from './table.ts'

const NOTHING = 'there is nothing to read in this folder: no FIT, TCX or GPX file, nor an archive'

/** The command. @returns the exit code: 0 all read, 1 some input could not be read, or there was none */
export async function check(options: CheckOptions, output: Output): Promise<0 | 1> {
  const summary = new CheckSummary(output)
  const warnings = new CheckWarnings((line) => output.note(line), options.all)
  const { columns } = output
  let hasHead = output.json
  const printRows = (rows: readonly string[]) => {
    if (!hasHead) output.print(tableHead(columns))
    hasHead = true
    for (const row of rows) output.print(row)
  }
  for await (const found of findFiles(options.paths)) {
    if (found.found === 'nothing') {
      summary.countNothing(found.path, NOTHING)
      continue
    }
    // A program reads every refusal; people the first ones, and how many more there are.
    const left = new LeftFiles({
      isListing: options.all,
      ...(output.json || options.all ? { mostTold: Infinity } : {}),
    })
    const tell = (line: CheckLine) => {
      summary.count(line)
      if (!line.ok && !left.take({ path: line.file, archive: line.archive, code: line.code })) return
      if (output.json) output.print(JSON.stringify(toJson(line)))
      else printRows(tableRow(line, options.timeZone, columns))
      if (line.ok && !output.json) warnings.tell(nameOf(line), beyondRow(line))
    }
    if (found.found === 'problem') tell(failure(found.path, null, found.code))
    else for await (const line of checkToItsEnd(found.path, found.source, options)) tell(line)
    for (const line of left.lines)
      if (output.json) output.print(JSON.stringify(toLeftJson(line)))
      else printRows(leftRow(line, columns))
  }
  warnings.close()
  summary.close()
  return summary.allRead ? 0 : 1
}

/** Of a file that the disk gives up in the middle, what was read before it stands. */
async function* checkToItsEnd(path: string, source: ByteSource, options: CheckOptions): AsyncGenerator<CheckLine> {
  try {
    yield* checkSource(path, source, options)
  } catch (error) {
    if (!(error instanceof ReadError)) throw error
    yield failure(path, null, 'UNREADABLE')
  }
}

async function* checkSource(path: string, source: ByteSource, options: CheckOptions): AsyncGenerator<CheckLine> {
  for await (const file of unpack(path, source)) {
    const reading = file.ok ? readFile(file.path, file.bytes, Date.now()) : file
    if (!reading.ok) {
      yield failure(file.path, file.archive, reading.code, 'detail' in reading ? reading.detail : undefined)
      continue
    }
    const several = reading.recordings.length > 1
    for (const [index, read] of reading.recordings.entries()) {
      const nowMs = Date.now()
      const recording = withTimeWarnings(read, nowMs, options.timeZone)
      const { startedAtMs } = recording
      yield {
        file: file.path,
        ok: true,
        part: several ? index + 1 : null,
        recording,
        assessment: assess(recording, options.zone, { plannedMin: options.plannedMin }),
        asksDate: isImplausibleStart(startedAtMs, nowMs) ? { proposedAtMs: proposeStart(startedAtMs, nowMs) } : null,
      }
    }
  }
}

/** A date that cannot be right is asked for in the row itself. */
const beyondRow = ({ recording, asksDate }: Extract<CheckLine, { ok: true }>) =>
  asksDate === null
    ? recording
    : { ...recording, warnings: recording.warnings.filter((code) => code !== 'CLOCK_IMPLAUSIBLE') }

const failure = (file: string, archive: string | null, code: FileProblem, detail?: string): CheckLine => ({
  file,
  archive,
  ok: false,
  code,
  ...(detail === undefined ? {} : { detail }),
})

/** What was left of one archive, as one object: how many files for which reason. */
const toLeftJson = (left: LeftOfArchive) => ({
  file: left.archive,
  ok: false,
  code: 'LEFT_OUT',
  message: `${filesOf(countOf(left))} in this archive gave no run.`,
  left: Object.fromEntries(left.counts.map(({ code, count }) => [code, count])),
})

/** The stable shape of `check --json`. */
function toJson(line: CheckLine): unknown {
  if (!line.ok) return { file: line.file, ok: false, code: line.code, message: problemSentence(line.code, line.detail) }
  const { recording, assessment } = line
  const { samples, heartRateBpm } = summariseHeartRate(recording)
  const { source, ceilingBpm, floorBpm, hardBpm } = assessment.zone
  return {
    file: line.file,
    ...(line.part === null ? {} : { part: line.part }),
    ok: true,
    recording: {
      format: recording.format,
      startedAtMs: recording.startedAtMs,
      elapsedS: recording.elapsedS,
      movingS: assessment.zoneTime.movingS,
      sport: recording.sport,
      samples,
      heartRateBpm,
      rrIntervals: recording.rr.rrMs.length,
      pauses: recording.pauses,
      sensor: recording.sensor,
      warnings: recording.warnings,
      strayPoints: recording.strayPoints ?? 0,
      asksDate: line.asksDate,
    },
    assessment: {
      ruleVersion: assessment.ruleVersion,
      zone: { source, ceiling: ceilingBpm, floor: floorBpm, hard: hardBpm },
      verdict: assessment.verdict,
      ...assessment.zoneTime,
      quality: assessment.qualityS,
      cues: assessment.cues,
      flags: assessment.flags,
    },
  }
}
