// `calmpace check`: reads files and judges each run. One line of JSON or of a table per activity, in input order.
import { assess } from '../domain/assess.ts'
import { summariseHeartRate } from '../domain/heart-rate-summary.ts'
import { fileProblems, type FileProblem } from '../domain/reading-codes.ts'
import { readFile } from '../formats/read-file.ts'
import { unpack } from '../formats/unpack.ts'
import type { CheckOptions } from './arguments.ts'
import { findFiles } from './find-files.ts'
import { tableHead, tableRow, type CheckLine } from './table.ts'

/** The command. @returns the exit code: 0 all read, 1 some input could not be read */
export async function check(options: CheckOptions, print: (line: string) => void): Promise<0 | 1> {
  let exit: 0 | 1 = 0
  if (!options.json) print(tableHead)
  for await (const found of findFiles(options.paths)) {
    for (const line of found.ok ? checkBytes(found.path, found.bytes, options) : [failure(found.path, found.code)]) {
      if (!line.ok) exit = 1
      print(options.json ? JSON.stringify(toJson(line)) : tableRow(line, options.timeZone))
    }
  }
  return exit
}

function* checkBytes(path: string, bytes: Uint8Array, options: CheckOptions): Generator<CheckLine> {
  for (const file of unpack(path, bytes)) {
    const reading = file.ok ? readFile(file.path, file.bytes) : file
    if (!reading.ok) {
      yield failure(file.path, reading.code)
      continue
    }
    const several = reading.recordings.length > 1
    for (const [index, recording] of reading.recordings.entries())
      yield {
        file: file.path,
        ok: true,
        part: several ? index + 1 : null,
        recording,
        assessment: assess(recording, options.zone, { plannedMin: options.plannedMin }),
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
