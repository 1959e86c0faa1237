// `calmpace check`: reads files and judges each run. One line of JSON or of a table per activity, in input order.
import { assess } from '../domain/assess.ts'
import { isImplausibleStart, proposeStart } from '../domain/dating.ts'
import { summariseHeartRate } from '../domain/heart-rate-summary.ts'
import { fileProblems, type FileProblem } from '../domain/reading-codes.ts'
import { withTimeWarnings } from '../domain/time-warnings.ts'
import type { ByteSource } from '../formats/byte-source.ts'
import { readFile } from '../formats/read-file.ts'
import { unpack } from '../formats/unpack.ts'
import type { CheckOptions } from './arguments.ts'
import { CheckSummary } from './check-summary.ts'
import { findFiles } from './find-files.ts'
import { tableHead, tableRow, type CheckLine } from './table.ts'

/** The command. @returns the exit code: 0 all read, 1 some input could not be read */
export async function check(options: CheckOptions, print: (line: string) => void): Promise<0 | 1> {
  const summary = new CheckSummary(process.stderr)
  if (!options.json) print(tableHead)
  for await (const found of findFiles(options.paths)) {
    if (!found.ok) tell(failure(found.path, found.code))
    else for await (const line of checkSource(found.path, found.source, options)) tell(line)
  }
  summary.close()
  return summary.allRead ? 0 : 1

  function tell(line: CheckLine): void {
    summary.count(line)
    print(options.json ? JSON.stringify(toJson(line)) : tableRow(line, options.timeZone))
  }
}

async function* checkSource(path: string, source: ByteSource, options: CheckOptions): AsyncGenerator<CheckLine> {
  for await (const file of unpack(path, source)) {
    const reading = file.ok ? readFile(file.path, file.bytes, Date.now()) : file
    if (!reading.ok) {
      yield failure(file.path, reading.code)
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

const failure = (file: string, code: FileProblem): CheckLine => ({ file, ok: false, code })

/** The stable shape of `check --json`. */
function toJson(line: CheckLine): unknown {
  if (!line.ok) return { file: line.file, ok: false, code: line.code, message: fileProblems[line.code] }
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
