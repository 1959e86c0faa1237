// The judge: one recording under one zone gives one assessment. Pure and the same on phone, server and in tests.
import { badMarks, type Assessment, type BadMark } from './assessment.ts'
import type { CalmZone, Limits } from './calm-zone.ts'
import type { Cue } from './cue.ts'
import type { Finding } from './finding.ts'
import { flagCues, isDoubtfulAround } from './flags/cue-flags.ts'
import { flagDecoupling } from './flags/decoupling.ts'
import { computeGait, WALKING, type Gait } from './flags/gait.ts'
import { findPeak } from './flags/peak.ts'
import { flagRecovery } from './flags/recovery.ts'
import { flagRising } from './flags/rising.ts'
import { flagAbove, flagLonger, flagPeak } from './flags/run-flags.ts'
import { findStandingBpm, flagStart } from './flags/start-heart-rate.ts'
import { flagWalkBreaks, type PlannedBreaks } from './flags/walk-breaks.ts'
import { compareGuidance, guidedParameters, type Guidance, type JudgedBy } from './guidance.ts'
import { guidedRecordingOf, type GuidedRecording } from './guided-recording.ts'
import { foldMonitor, type ConfigFrom, type FoldedMonitor } from './monitor/fold-monitor.ts'
import {
  monitorParametersOf,
  overrideParameters,
  type ParameterOverrides,
  type Parameters,
} from './parameters/parameters.ts'
import { markedSpans, prepare, remarkedSpans, spansAbove, type Prepared } from './prepare.ts'
import { isBad } from './quality/mark-quality.ts'
import { isGuided, type Recording, type SpanS } from './recording.ts'
import type { RuleSet } from './rule-sets.ts'
import { ruleVersion } from './rule-version.ts'
import { isWalk } from './sport.ts'
import { computeVerdict } from './time-in-zone/verdict.ts'
import { computeZoneTime } from './time-in-zone/zone-time.ts'
import type { WatchLevel } from './zone/resolve-zone.ts'

/** What the judge must know beside the recording. Everything absent is "not agreed", "not known", "not switched on". */
export interface RunContext {
  /** Agreed length of the run, minutes (rule F5). */
  readonly plannedMin?: number | null
  /** Agreed walk breaks (rule F7). */
  readonly plannedBreaks?: PlannedBreaks | null
  readonly watchLevel?: WatchLevel
  /** Standing heart rates before earlier runs, oldest first (rule F8). */
  readonly earlierStandingBpm?: readonly number[]
  /** This heart rate needs its own calibration (rule A8): then its recovery says nothing (F4). */
  readonly ownCalibration?: boolean
  readonly ruleSets?: readonly RuleSet[]
  readonly parameters?: ParameterOverrides
  /** A person confirmed that HARD from a bad signal was so (rule F10). */
  readonly hardConfirmed?: boolean
  /** What people heard, where the recording is put together of that and another source; else it is the recording's own. */
  readonly heard?: GuidedRecording | null
}

/** Judge a recording (sections C, D, E, F). Never throws, whatever the recording holds. */
export function assess(recording: Recording, zone: CalmZone, context: RunContext = {}): Assessment {
  const overrides = context.parameters ?? {}
  const p = overrideParameters(overrides)
  const prepared = prepare(recording, p.quality)
  const { timesS, smoothedBpm, endsS, frame } = prepared
  const zoneTime = computeZoneTime(timesS, smoothedBpm, frame, zone.ceilingBpm, zone.hardBpm, endsS)
  const heard = context.heard ?? guidedRecordingOf(recording)
  const watchLevel = context.watchLevel ?? 'standard'
  const { cues, liveMarks } = foldLive(recording, heard, { zone, watchLevel, parameters: overrides })
  const isOn = (set: RuleSet) => context.ruleSets?.includes(set) ?? false
  const gait = computeGait(recording, prepared.frame.pauses, p.quality.holdMaxS, p.flag)
  const standingBpm = isOn('start_heart_rate') ? findStandingBpm(prepared, gait, p.flag) : null
  const cueFlags = flagCues(
    cues,
    prepared,
    { isGuided: isGuided(recording), isConfirmed: context.hardConfirmed ?? false },
    p.flag,
  )
  const verdict = computeVerdict(zoneTime, zone.ceilingBpm, p.verdict)
  const isHard = cueFlags.some(({ kind }) => kind === 'F9.hard' || kind === 'F10.possible_misreading')
  const isCalmWalk = isWalk(recording.sport) && !isHard && (verdict === 'calm' || verdict.startsWith('cannot_tell'))
  const flags: (Finding | null)[] = [
    ...cueFlags,
    peakFlag(prepared, zone.hardBpm, cueFlags, p),
    zone.ceilingBpm === null ? null : flagAbove(zoneTime, () => spansAbove(prepared, zone.ceilingBpm ?? 0), p.verdict),
    zone.ceilingBpm === null ? null : flagRising(prepared, zone.ceilingBpm, p.flag),
    flagLonger(zoneTime.movingS / 60, context.plannedMin ?? null, isCalmWalk, p.verdict),
    gait && walkBreakFlag(gait, context, p),
    standingBpm === null
      ? null
      : flagStart({ nowBpm: standingBpm, earlierBpm: context.earlierStandingBpm ?? [] }, p.flag),
    gait && flagDecoupling(recording, prepared, gait, p.flag),
    gait && isOn('recovery') && !context.ownCalibration ? flagRecovery(prepared, gait, p.flag) : null,
  ]
  return {
    ruleVersion,
    zone,
    verdict,
    zoneTime,
    qualityS: secondsUnderMarks(prepared),
    markedSpans: markedSpans(prepared),
    remarkedSpans: remarkedSpans(prepared, liveMarks),
    standingBpm,
    cues,
    flags: flags.filter((flag) => flag !== null),
    ruleSets: context.ruleSets ?? [],
    parameters: overrides,
    ...(heard === null ? {} : { guided: guidedBy(heard, { zone, watchLevel, parameters: overrides }) }),
  }
}

const guidedBy = ({ guidance, later }: GuidedRecording, by: JudgedBy) => ({
  by: guidance,
  differs: compareGuidance(guidance, by, later),
})

/** Cues as they were heard, by what guided the run; where nobody was guided, as they would have been.
 *  @param heard may be another recording than the one that is judged: then the marks are that one's all the same */
function foldLive(
  recording: Recording,
  heard: GuidedRecording | null,
  { zone, watchLevel, parameters }: JudgedBy,
): FoldedMonitor {
  const configOf = (limits: Limits, level: WatchLevel, overrides: ParameterOverrides) => ({
    zone: limits,
    extraWatch: level === 'extra',
    parameters: monitorParametersOf(overrideParameters(overrides)),
  })
  const asJudged = configOf(zone, watchLevel, parameters)
  if (heard === null) return foldMonitor(recording, asJudged)
  const { guidance, later, offsetS } = heard
  const guiding = (by: Guidance) =>
    configOf({ ceilingBpm: by.ceilingBpm, hardBpm: by.hardBpm }, by.watchLevel, guidedParameters(by))
  const changes = later.map(([atS, by]): ConfigFrom => [atS, guiding(by)])
  const folded = foldMonitor(heard.recording, guiding(guidance), changes)
  if (heard.recording === recording) return folded
  const cues = folded.cues.map(([atS, ...cue]): Cue => [atS + offsetS, ...cue])
  return { cues, liveMarks: foldMonitor(recording, asJudged).liveMarks }
}

function peakFlag(
  prepared: Prepared,
  hardBpm: number | null,
  cueFlags: readonly Finding[],
  p: Parameters,
): Finding | null {
  const { timesS, smoothedBpm, endsS } = prepared
  const isTold = cueFlags.some(({ kind }) => kind === 'F9.hard')
  const isDoubtful = (span: SpanS) => isDoubtfulAround(prepared, span, p.flag)
  return flagPeak(findPeak(timesS, smoothedBpm, endsS, p.verdict.peakHoldS), hardBpm, isTold, isDoubtful, p.verdict)
}

function walkBreakFlag(gait: Gait, { plannedBreaks, watchLevel }: RunContext, p: Parameters): Finding | null {
  if (!plannedBreaks) return null
  const isWalking = gait.kind.map((kind) => (kind === WALKING ? 1 : 0))
  return flagWalkBreaks(isWalking, plannedBreaks, watchLevel === 'extra', p.flag)
}

function secondsUnderMarks({ timesS, marks, endsS }: Prepared): Record<BadMark, number> {
  const seconds = badMarks.map(() => 0)
  for (let i = 0; i < marks.length; i++) if (isBad(marks[i])) seconds[marks[i] - 1] += endsS[i] - timesS[i]
  return Object.fromEntries(badMarks.map((mark, i) => [mark, seconds[i]])) as Record<BadMark, number>
}
