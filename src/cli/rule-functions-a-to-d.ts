// Sections A to D of the rule book under the names that vectors call them by. Called by `rules.ts` only.
import * as maxHeartRate from '../domain/zone/max-heart-rate.ts'
import { resolveZone, watchLevels } from '../domain/zone/resolve-zone.ts'
import { findZoneProblems } from '../domain/zone/validate-zone.ts'
import * as limits from '../domain/zone/zone-limits.ts'
import type { CalmLimits } from '../domain/zone/zone-limits.ts'
import { qualityDefaults } from '../domain/parameters/quality.ts'
import { findCadenceLock } from '../domain/quality/cadence-lock.ts'
import { detectDryStrap } from '../domain/quality/dry-strap.ts'
import { findFrozen } from '../domain/quality/frozen.ts'
import { startJump, stepJump } from '../domain/quality/jump.ts'
import { markRange } from '../domain/quality/range.ts'
import { findArtefactsByLipponen } from '../domain/rr/lipponen-tarvainen.ts'
import { findArtefactsByMalik } from '../domain/rr/malik.ts'
import type { SpanS } from '../domain/recording.ts'
import { holdLimitS } from '../domain/time-in-zone/hold.ts'
import { smoothByMedian, smoothExponentially } from '../domain/time-in-zone/smooth.ts'
import { uniteSpans } from '../domain/time-in-zone/spans.ts'
import { computeVerdict } from '../domain/time-in-zone/verdict.ts'
import { computeZoneTime } from '../domain/time-in-zone/zone-time.ts'
import * as read from './vector-inputs.ts'
import type { Inputs, RuleFunction } from './vector-inputs.ts'

const ofAge = (formula: (ageYears: number) => number): RuleFunction => {
  return ({ age }) => formula(read.number(age))
}
const named = (found: CalmLimits | null) => found && { floor: found.floorBpm, ceiling: found.ceilingBpm }

export const ruleFunctionsAToD: Readonly<Record<string, RuleFunction>> = {
  hrmax_tanaka: ofAge(maxHeartRate.tanakaMaxBpm),
  hrmax_nes: ofAge(maxHeartRate.nesMaxBpm),
  hrmax_gulati: ofAge(maxHeartRate.gulatiMaxBpm),
  hrmax_brawner: ofAge(maxHeartRate.brawnerMaxBpm),
  hrmax_fox: ofAge(maxHeartRate.foxMaxBpm),
  ageFormulaAllowed({ age, rateLimiting, confirmed }) {
    const refusal = maxHeartRate.ageFormulaRefusal(read.number(age), read.flag(rateLimiting), read.flag(confirmed))
    return [refusal === null, refusal]
  },
  zoneKarvonen: ({ rest, max, lo, hi }) =>
    named(limits.karvonenLimits(read.number(rest), read.number(max), optional(lo), optional(hi))),
  zonePctMax: ({ max, lo, hi }) => named(limits.shareOfMaxLimits(read.number(max), optional(lo), optional(hi))),
  zoneMaf: ({ age, category }) => named(limits.mafLimits(read.number(age), read.oneOf(category, limits.mafCategories))),
  talktestCeiling: ({ stages }) =>
    limits.talkTestCeilingBpm(
      read.list(stages).map((item) => {
        const stage = read.record(item)
        const heartRateBpm = read.list(stage['hr']).map(read.numberOrNull)
        return { heartRateBpm, talk: read.oneOf(stage['talk'], ['yes', 'just', 'no']) }
      }),
    ),
  validate: ({ age, rest, mx, lo, hi, hard }) =>
    findZoneProblems({ ageYears: age, restBpm: rest, maxBpm: mx, floorBpm: lo, ceilingBpm: hi, hardBpm: hard }),
  resolveZone: resolve,
  hardLimit: ({ ceiling, max, manual }) =>
    limits.hardLimitBpm(read.number(ceiling), read.numberOrNull(max), read.numberOrNull(manual)),
  gapCap: ({ times }) => holdLimitS(read.numbers(times)),
  zoneTime,
  smoothMedian(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    return paired(timesS, smoothByMedian(timesS, bpm, spans(inputs['pauses']), optional(inputs['win'])))
  },
  smoothExp(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    return paired(timesS, smoothExponentially(timesS, bpm, optional(inputs['tau']), optional(inputs['reset'])))
  },
  verdict(inputs) {
    const time = read.record(inputs['zoneTime'])
    const of = (name: string) => read.number(time[name])
    return computeVerdict(
      {
        movingS: of('movingS'),
        goodS: of('goodS'),
        calmS: of('calmS'),
        aboveS: of('aboveS'),
        hardS: of('hardS'),
        coverage: of('coverage'),
        calmShare: read.numberOrNull(time['calmShare']),
        calmMin: of('calmMin'),
        calmMax: of('calmMax'),
      },
      read.numberOrNull(inputs['ceiling']),
    )
  },
  qRange: ({ hr }) => markRange(read.numberOrNull(hr)),
  qJump(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    const state = startJump()
    return Array.from(timesS, (atS, i) => {
      if (Number.isNaN(bpm[i])) return null
      return stepJump(state, atS, bpm[i]) ? 'ok' : 'jump'
    })
  },
  qFrozen(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    const farApart = (i: number) => timesS[i] - timesS[i - 1] > qualityDefaults.holdMaxS
    const frozen = findFrozen(timesS, bpm, farApart, () => false)
    const first = frozen.indexOf(1)
    const frozenCount = frozen.reduce((sum, mark) => sum + mark, 0)
    const firstFrozenT = first === -1 ? null : timesS[first]
    return { frozenCount, firstFrozenT, lastOk: frozen.at(-1) === 1 ? 'frozen' : 'ok' }
  },
  cadenceLock: ({ hr, cadence, sensor }) =>
    read.oneOf(sensor, ['optical', 'wrist', 'arm', 'chest', 'unknown']) in { optical: 1, wrist: 1, arm: 1 }
      ? findCadenceLock(read.column(hr), read.column(cadence))
      : [],
  dryStrap(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    const speeds = [read.numberOrNull(inputs['speedEarly']), read.numberOrNull(inputs['speedRef'])] as const
    const dry = detectDryStrap(timesS, bpm, ...speeds)
    const { suspect, untilS, earlyMaxBpm, referenceBpm, roughness } = dry
    return { suspect, until: untilS, earlyMax: earlyMaxBpm, ref: referenceBpm, rough: roughness }
  },
  rrMalik: ({ rr }) => findArtefactsByMalik(read.numbers(rr)),
  rrLtSimple: ({ rr }) => findArtefactsByLipponen(read.numbers(rr)),
}

/** Absent takes the rule's default. */
const optional = (value: unknown): number | undefined => read.numberOrNull(value) ?? undefined

const spans = (value: unknown): SpanS[] =>
  read.list(value ?? []).map((span): SpanS => {
    const [fromS, toS] = read.numbers(span)
    return [fromS ?? Number.NaN, toS ?? Number.NaN]
  })

const paired = (timesS: Float64Array, values: Float64Array) =>
  Array.from(timesS, (atS, i) => [atS, Number.isNaN(values[i]) ? null : values[i]])

function resolve(inputs: Inputs): unknown {
  const resolved = resolveZone({
    ageYears: read.numberOrNull(inputs['age']),
    restBpm: read.numberOrNull(inputs['rest']),
    measuredMaxBpm: read.numberOrNull(inputs['hrmaxMeasured']),
    measuredMaxOnCurrentMedication: read.flag(inputs['hrmaxMeasuredOnCurrentMedication']),
    manualCeilingBpm: read.numberOrNull(inputs['manualCeiling']),
    manualFloorBpm: read.numberOrNull(inputs['manualFloor']),
    manualHardBpm: read.numberOrNull(inputs['manualHard']),
    talkCeilingBpm: read.numberOrNull(inputs['talkCeiling']),
    talkAgeDays: read.numberOrNull(inputs['talkAgeDays']),
    watchLevel: read.oneOf(inputs['watchLevel'] ?? 'standard', watchLevels),
    ownCalibration: read.flag(inputs['rateLimiting']),
    ageFormulaConfirmed: read.flag(inputs['confirmed']),
  })
  if (!resolved.ok) return { source: 'rejected', ceiling: null, floor: null, hard: null, errors: resolved.problems }
  const { source, ceilingBpm, floorBpm, hardBpm } = resolved.zone
  return { source, ceiling: ceilingBpm, floor: floorBpm, hard: hardBpm, errors: [] }
}

function zoneTime(inputs: Inputs): unknown {
  const { timesS, bpm } = read.samples(inputs['samples'])
  const startS = read.number(inputs['start'])
  const endS = read.number(inputs['end'])
  const pauses = uniteSpans(spans(inputs['pauses']), startS, endS)
  const frame = { startS, endS, pauses, holdLimitS: optional(inputs['gapCap']) ?? holdLimitS(timesS) }
  const smoothed = read.flag(inputs['smooth']) ? smoothByMedian(timesS, bpm, pauses) : bpm
  return computeZoneTime(timesS, smoothed, frame, read.number(inputs['ceiling']), read.numberOrNull(inputs['hard']))
}
