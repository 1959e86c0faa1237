// The judge: one recording under one zone gives one assessment. Pure and the same on phone, server and in tests.
import { badMarks, type Assessment, type BadMark, type Flag } from './assessment.ts'
import type { CalmZone } from './calm-zone.ts'
import { findPeak } from './flags/peak.ts'
import { flagAbove, flagLonger, flagPeak } from './flags/run-flags.ts'
import { verdictDefaults } from './parameters/verdict.ts'
import { markedSpans, prepare, type Prepared } from './prepare.ts'
import { markOfNumber } from './quality/mark-quality.ts'
import type { Recording } from './recording.ts'
import { computeVerdict } from './time-in-zone/verdict.ts'
import { computeZoneTime } from './time-in-zone/zone-time.ts'

/** Rises with every change of a rule or of a default; stored with each assessment. */
export const ruleVersion = '1'

export interface AssessOptions {
  /** Agreed length of the run, minutes; null where none was agreed (rule F5). */
  readonly plannedMin: number | null
}

/** Judge a recording (rules C, D, F1, F2, F5). Never throws, whatever the recording holds. */
export function assess(recording: Recording, zone: CalmZone, options: AssessOptions): Assessment {
  const prepared = prepare(recording)
  const { timesS, smoothedBpm, endsS, frame } = prepared
  const zoneTime = computeZoneTime(timesS, smoothedBpm, frame, zone.ceilingBpm, zone.hardBpm)
  const peak = findPeak(timesS, smoothedBpm, endsS, verdictDefaults.peakHoldS)
  const flags: (Flag | null)[] = [
    flagAbove(zoneTime),
    flagPeak(peak, zone.hardBpm),
    flagLonger(zoneTime.movingS / 60, options.plannedMin),
  ]
  return {
    ruleVersion,
    zone,
    verdict: computeVerdict(zoneTime, zone.ceilingBpm),
    zoneTime,
    qualityS: secondsUnderMarks(prepared),
    markedSpans: markedSpans(prepared),
    cues: [],
    flags: flags.filter((flag) => flag !== null),
  }
}

function secondsUnderMarks({ timesS, marks, endsS }: Prepared): Record<BadMark, number> {
  const seconds = Object.fromEntries(badMarks.map((mark) => [mark, 0])) as Record<BadMark, number>
  for (let i = 0; i < marks.length; i++) {
    const mark = markOfNumber(marks[i])
    if (mark !== null) seconds[mark] += endsS[i] - timesS[i]
  }
  return seconds
}
