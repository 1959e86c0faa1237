// Rule T5: whether two recordings of one client may be one run, from two devices or from one under two clocks. It only finds
// the question; a person answers it. Nothing is combined or left out here.
import { defaultParameters } from '../parameters/parameters.ts'
import type { QualityParameters } from '../parameters/quality.ts'
import type { SourceParameters } from '../parameters/sources.ts'
import type { Recording } from '../recording.ts'
import { dataSpansOf, overlapsBy, type DataSpans } from './overlap.ts'
import { toSecondGrid, type SecondGrid } from './second-grid.ts'

/** What speaks for it. `heart_rate`: as they stand or within ten minutes both hearts go alike. `same_beats`: moved by quarters
 *  of an hour both say the same. `same_time`: they lie over each other, and their heart rates do not speak against it. `other_heart`: they
 *  begin together or lie over a group run, but the hearts differ: a device that was lent, or one that is wrong. */
export const twinSigns = ['heart_rate', 'same_beats', 'same_time', 'other_heart'] as const
export type TwinSign = (typeof twinSigns)[number]

export interface Twin {
  readonly sign: TwinSign
  /** Seconds to add to the other one's times, so that it lies on the first. */
  readonly shiftS: number
}

/** What is compared of one recording: made once, however many it is held against. */
export interface TwinSide {
  readonly startedAtMs: number
  /** Whether a phone at a group run recorded it: a watch beside it is its second source. */
  readonly isStrap: boolean
  readonly spans: DataSpans
  readonly grid: SecondGrid
}

export const toTwinSide = (recording: Recording, p: QualityParameters = defaultParameters.quality): TwinSide => ({
  startedAtMs: recording.startedAtMs,
  isStrap: recording.format === 'strap',
  spans: dataSpansOf(recording, p),
  grid: toSecondGrid(recording, p),
})

/** @returns null where they are two runs, as far as can be told */
export function findTwin(one: TwinSide, other: TwinSide, p: SourceParameters = defaultParameters.source): Twin | null {
  const alike = findAlike(one, other, p)
  if (alike.shiftS !== null) return { sign: 'heart_rate', shiftS: alike.shiftS }
  if (overlapsBy(one.spans, other.spans, p.overlapShare)) {
    // Nobody runs two runs at once.
    if (!alike.differ) return { sign: 'same_time', shiftS: 0 }
    const startTogether = Math.abs(one.startedAtMs - other.startedAtMs) <= p.twinStartS * 1000
    if (startTogether || one.isStrap !== other.isStrap) return { sign: 'other_heart', shiftS: 0 }
  }
  const shiftS = findSameBeats(one, other, p)
  return shiftS === null ? null : { sign: 'same_beats', shiftS }
}

/** Whether two that overlap may be shown as one without asking: nothing speaks against it. */
export const isOneWithoutAsking = ({ sign }: Twin): boolean => sign === 'heart_rate' || sign === 'same_time'

/** By how much the other one is moved where both are combined: clocks that differ by little are believed, since a shift that
 *  makes two sensors agree better flatters the slower one. */
export const combinationShiftS = ({ shiftS }: Twin, p: SourceParameters = defaultParameters.source): number =>
  Math.abs(shiftS) > p.combineByClocksS ? shiftS : 0

/** Shifts, the smallest first. */
function* shiftsUpTo(mostS: number): Generator<number> {
  yield 0
  for (let s = 1; s <= mostS; s++) {
    yield s
    yield -s
  }
}

/** The shift within ten minutes at which both hearts go most alike; null where at none they do. Looked for in steps first:
 *  smoothed series change slowly, and three hours have thousands of places.
 *  @returns differ: as they stand they have enough in common, and are not near each other. A steady run goes with none, since
 *           nothing rises or falls in it; that speaks neither for nor against. */
function findAlike(one: TwinSide, other: TwinSide, p: SourceParameters) {
  const likeness = (shiftS: number, stepS: number, slack: number): Place[] => {
    const common = commonOf(one.grid, other.grid, shiftS)
    if (common.length < p.twinMinS || !overlapsBy(one.spans, other.spans, p.overlapShare, shiftS)) return []
    const r = alikeAt(one.grid.smoothedBpm, other.grid.smoothedBpm, common, stepS, slack, p)
    return r === null ? [] : [{ shiftS, r, commonS: common.length }]
  }
  const rough = [...shiftsUpTo(p.twinShiftS / SEARCH_STEP_S)].flatMap((steps) =>
    likeness(steps * SEARCH_STEP_S, SEARCH_STEP_S, SEARCH_SLACK),
  )
  const near = [...shiftsUpTo(SEARCH_STEP_S - 1)]
  const found = peaksOf(rough).flatMap((peak) => {
    const shifts = near.map((nearS) => peak.shiftS + nearS).filter((shiftS) => Math.abs(shiftS) <= p.twinShiftS)
    return shifts.flatMap((shiftS) => likeness(shiftS, 1, 0)).toSorted(byLikeness)[0] ?? []
  })
  const { n, close } = countClose(one.grid.smoothedBpm, other.grid.smoothedBpm, commonOf(one.grid, other.grid, 0), p)
  return { shiftS: chooseOf(found), differ: n >= p.twinMinS && close < p.twinCloseShare * n - 1e-9 }
}

interface Place {
  readonly shiftS: number
  readonly r: number
  readonly commonS: number
}

/** A first look takes every so many seconds, of shifts and of samples, … */
const SEARCH_STEP_S = 5
/** … lets through what falls short by so much, … */
const SEARCH_SLACK = 0.1
/** … and looks closely at so many places, … */
const SEARCH_PLACES = 4
/** … so far from each other. */
const PLACES_APART_S = 60
/** Intervals of six minutes go alike at every sixth minute: of places that serve as well the most common seconds decide. */
const AS_WELL_R = 0.02

const byLikeness = (a: Place, b: Place): number => b.r - a.r || Math.abs(a.shiftS) - Math.abs(b.shiftS)

/** Places at which both go more alike than anywhere near. */
function peaksOf(places: readonly Place[]): Place[] {
  const peaks: Place[] = []
  for (const place of places.toSorted(byLikeness)) {
    if (peaks.length === SEARCH_PLACES) break
    if (peaks.every(({ shiftS }) => Math.abs(shiftS - place.shiftS) >= PLACES_APART_S)) peaks.push(place)
  }
  return peaks
}

function chooseOf(places: readonly Place[]): number | null {
  const best = Math.max(...places.map(({ r }) => r))
  const asWell = places.filter(({ r }) => r >= best - AS_WELL_R)
  return asWell.toSorted((a, b) => b.commonS - a.commonS || byLikeness(a, b))[0]?.shiftS ?? null
}

/** Places of both grids that lie over each other. */
interface Common {
  readonly first: number
  readonly second: number
  readonly length: number
}

function commonOf(one: SecondGrid, other: SecondGrid, shiftS: number): Common {
  const secondStart = other.firstS + shiftS
  const fromS = Math.max(one.firstS, secondStart)
  const toS = Math.min(one.firstS + one.bpm.length, secondStart + other.bpm.length)
  return { first: fromS - one.firstS, second: fromS - secondStart, length: Math.max(0, toS - fromS) }
}

/** Seconds that both have, and how many of them are near each other. */
function countClose(one: Float32Array, other: Float32Array, { first, second, length }: Common, p: SourceParameters) {
  let [n, close] = [0, 0]
  for (let i = 0; i < length; i++) {
    const difference = Math.abs(one[first + i] - other[second + i])
    if (Number.isNaN(difference)) continue
    n++
    if (difference <= p.twinCloseBpm) close++
  }
  return { n, close }
}

/** How alike two smoothed series are: their correlation, 1 for two flat ones that are equal; null where they are not.
 *  @param stepS of how many seconds one is looked at
 *  @param slack by how much shares and correlation may fall short */
function alikeAt(
  one: Float32Array,
  other: Float32Array,
  common: Common,
  stepS: number,
  slack: number,
  p: SourceParameters,
): number | null {
  const { first, second, length } = common
  const closeShare = p.twinCloseShare - slack
  const mostMisses = ((1 - closeShare) * length) / stepS
  let [n, close, equal] = [0, 0, 0]
  for (let i = 0; i < length; i += stepS) {
    const difference = Math.abs(one[first + i] - other[second + i])
    if (Number.isNaN(difference)) continue
    n++
    if (difference <= p.twinCloseBpm) close++
    else if (n - close > mostMisses + 1) return null
    if (difference <= p.twinEqualBpm) equal++
  }
  if (n * stepS < p.twinMinS * (1 - slack) || close < closeShare * n - 1e-9) return null
  const r = correlationAt(one, other, common, stepS)
  if (r === null) return equal >= (p.twinEqualShare - slack) * n - 1e-9 ? 1 : null
  return r >= p.twinCorrelation - slack - 1e-9 ? r : null
}

/** Pearson's r over the seconds that both have; null where one of them is flat. */
function correlationAt(one: Float32Array, other: Float32Array, common: Common, stepS: number): number | null {
  const { first, second, length } = common
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < length; i += stepS) {
    // Near the middle of what hearts do, so that the sums of squares keep their digits.
    const [a, b] = [one[first + i] - 130, other[second + i] - 130]
    if (Number.isNaN(a - b)) continue
    n++
    x += a
    y += b
    xx += a * a
    yy += b * b
    xy += a * b
  }
  const [spreadX, spreadY] = [n * xx - x * x, n * yy - y * y]
  return spreadX <= 0 || spreadY <= 0 ? null : (n * xy - x * y) / Math.sqrt(spreadX * spreadY)
}

/** The shift by quarters of an hour, the smallest first, at which both say the same; null where at none they do. */
function findSameBeats({ grid: one, spans }: TwinSide, other: TwinSide, p: SourceParameters): number | null {
  for (const quarters of shiftsUpTo(Math.floor(p.twinQuarterMaxS / p.twinQuarterS))) {
    const quarterS = quarters * p.twinQuarterS
    if (quarters === 0 || !overlapsBy(spans, other.spans, p.overlapShare, quarterS)) continue
    for (const slackS of shiftsUpTo(p.twinQuarterSlackS))
      if (areSameBeats(one, other.grid, quarterS + slackS, p)) return quarterS + slackS
  }
  return null
}

/** As measured; or smoothed, where two sensors heard one heart: then it must also rise and fall alike once it is warm, since
 *  any two steady runs at one pace are equal within a beat. */
function areSameBeats(one: SecondGrid, other: SecondGrid, shiftS: number, p: SourceParameters): boolean {
  const common = commonOf(one, other, shiftS)
  if (isEqualAt(one.bpm, other.bpm, common, p)) return true
  const { first, second, length } = common
  const warm = { first: first + p.twinWarmS, second: second + p.twinWarmS, length: length - p.twinWarmS }
  if (!isEqualAt(one.smoothedBpm, other.smoothedBpm, warm, p)) return false
  const r = correlationAt(one.smoothedBpm, other.smoothedBpm, warm, 1)
  return r !== null && r >= p.twinCorrelation - 1e-9
}

function isEqualAt(one: Float32Array, other: Float32Array, common: Common, p: SourceParameters): boolean {
  const { first, second, length } = common
  const mostMisses = (1 - p.twinEqualShare) * length
  let [n, misses] = [0, 0]
  for (let i = 0; i < length && misses <= mostMisses; i++) {
    const difference = Math.abs(one[first + i] - other[second + i])
    if (Number.isNaN(difference)) continue
    n++
    if (difference > p.twinEqualBpm) misses++
  }
  return n >= p.twinMinS && misses <= (1 - p.twinEqualShare) * n + 1e-9
}
