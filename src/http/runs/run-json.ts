// Stored runs as the API shows them.
import type { Assessment } from '../../domain/assessment.ts'
import type { CheckInResult } from '../../domain/check-in/check-in.ts'
import { isUndated, proposeStart } from '../../domain/dating.ts'
import type { CueResponseKind } from '../../domain/cue-response.ts'
import type { ParticipationState } from '../../domain/participation.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'
import type { TwinSign } from '../../domain/sources/twins.ts'
import { isSetAside } from '../../domain/sport.ts'
import type { StoredAssessment } from '../../store/runs/assessments.ts'
import type { Run } from '../../store/runs/runs.ts'
import type { SummedRun } from '../../store/runs/summed-run.ts'

const startOffsetOf = ({ startOffsetS, head }: Run, timeZone: string): number =>
  startOffsetS ?? head.localOffsetS ?? zoneOffsetS(head.startedAtMs, timeZone)

/** One row of the list of runs.
 *  @param latest the assessment that counts
 *  @param timeZone the clinic's, for a file that has no offset of its own */
export function toRunSummary(run: Run, { assessment }: StoredAssessment, timeZone: string) {
  const { movingS, calmS, goodS, coverage, calmShare } = assessment.zoneTime
  return {
    id: run.id,
    clientId: run.clientId,
    fileName: run.fileName,
    part: run.part,
    startedAtMs: run.head.startedAtMs,
    localOffsetS: run.head.localOffsetS,
    startOffsetS: startOffsetOf(run, timeZone),
    elapsedS: run.head.elapsedS,
    movingS,
    sport: run.head.sport,
    sensor: run.head.sensor,
    importedAtMs: run.importedAtMs,
    nearDuplicateOf: run.nearDuplicateOf,
    setAside: isSetAside(run.head.sport, run.saidRun),
    saidRun: run.saidRun,
    saidHard: run.saidHard,
    dating: run.dating && {
      ...run.dating,
      proposedAtMs: isUndated(run.dating) ? proposeStart(run.dating.fileStartedAtMs, run.importedAtMs) : null,
    },
    plannedMin: run.plannedMin,
    verdict: assessment.verdict,
    calmS,
    goodS,
    coverage,
    calmShare,
    flags: isSetAside(run.head.sport, run.saidRun)
      ? []
      : assessment.flags.map((flag) => ({ ...flag, evidence: { ...flag.evidence } })),
    warnings: [...run.head.warnings],
    strayPoints: run.head.strayPoints ?? 0,
  }
}

/** The extra data of a run that comes from a group run. */
export interface ShownGroupRun {
  readonly hands: readonly {
    readonly elapsedS: number
    readonly kind: CueResponseKind
    readonly by: string
    readonly byName: string | null
  }[]
  readonly participation: {
    readonly id: string
    readonly groupRunId: string
    readonly state: ParticipationState
    readonly checkIn: {
      readonly atMs: number
      readonly result: CheckInResult
      readonly zoneNeedsReview: boolean
    } | null
  } | null
}

/** Another recording that may be a run once more. */
export interface ShownTwin {
  readonly run: Run
  readonly sign: TwinSign
  readonly laterS: number
  readonly counts: boolean
  readonly oneRun: boolean | null
  readonly answeredAtMs: number | null
  readonly answeredBy: string | null
}

function toTwin({ run, ...facts }: ShownTwin, timeZone: string) {
  const { startedAtMs, elapsedS, sensor, device } = run.head
  const shown = { fileName: run.fileName, startedAtMs, elapsedS, sensor, device }
  return { runId: run.id, ...shown, startOffsetS: startOffsetOf(run, timeZone), ...facts }
}

/** One run with everything but its series.
 *  @param shown       null where its samples are gone: then what was summed up from them is null too
 *  @param assessments oldest first, `latest` the last of them */
/** A run's shown parts and its other source. */
export interface ShownRun extends SummedRun {
  readonly other: Run | null
}

export function toRunDetail(
  run: Run,
  shown: ShownRun | null,
  assessments: readonly StoredAssessment[],
  latest: StoredAssessment,
  timeZone: string,
  { hands, participation }: ShownGroupRun,
  zoneFromLater: boolean,
  twins: readonly ShownTwin[],
) {
  const { id, assessedAtMs, zoneVersionId } = latest
  const { guided, ...assessment } = latest.assessment
  const { startedAtMs, elapsedS, pauses } = shown ?? run.head
  return {
    ...toRunSummary(run, latest, timeZone),
    startedAtMs,
    elapsedS,
    format: run.head.format,
    device: run.head.device,
    subSport: run.head.subSport,
    pauses: pauses.map(([from, to]): [number, number] => [from, to]),
    summary: run.head.summary,
    samplesGone: shown === null,
    hasReadings: shown !== null && shown.hasReadings,
    samples: shown?.samples ?? null,
    heartRateBpm: shown?.heartRateBpm ?? { min: null, max: null, mean: null },
    rrIntervals: shown?.rrIntervals ?? null,
    combination: toCombination(run, shown),
    twins: twins.map((twin) => toTwin(twin, timeZone)),
    hands: [...hands],
    participation,
    zoneFromLater,
    guided: guided === undefined ? null : toGuided(guided),
    assessment: {
      id,
      assessedAtMs,
      zoneVersionId,
      ...assessment,
      qualityS: { ...assessment.qualityS },
      markedSpans: [...assessment.markedSpans],
      remarkedSpans: [...assessment.remarkedSpans],
      cues: assessment.cues.map(([elapsedS, kind, priority, hint = null]) => ({ elapsedS, kind, priority, hint })),
      flags: assessment.flags.map((flag) => ({ ...flag, evidence: { ...flag.evidence } })),
      ruleSets: [...assessment.ruleSets],
      parameters: { ...assessment.parameters },
    },
    assessments: assessments.map((one) => ({
      id: one.id,
      ruleVersion: one.assessment.ruleVersion,
      zoneVersionId: one.zoneVersionId,
      assessedAtMs: one.assessedAtMs,
      verdict: one.assessment.verdict,
    })),
  }
}

function toGuided({ by, differs }: NonNullable<Assessment['guided']>) {
  const { zoneVersionId: _id, parameters, ...guided } = by
  return { ...guided, parameters: { ...parameters }, differs: [...differs] }
}

function toCombination(run: Run, shown: ShownRun | null) {
  const { other = null, combined = null } = shown ?? {}
  return (
    other &&
    combined && {
      sources: [run, other].map((source, i) => ({
        runId: source.id,
        sensor: source.head.sensor,
        device: source.head.device,
        fileName: source.fileName,
        seconds: combined.secondsFrom[i] ?? 0,
      })),
      agreement: combined.agreement,
    }
  )
}
