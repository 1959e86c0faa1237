// What the TCX and the GPX reader gather while they walk through one activity: points, zone of the times, warnings.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { decodeDateTime } from './date-time.ts'
import { toNumber } from './element.ts'
import { LostTimes, type WrittenTime } from './lost-times.ts'
import { TrackPoints, type TrackPoint } from './track-points.ts'

/** No heart rate is above what a byte holds; FIT and TCX write one byte. */
const MAX_HEART_RATE_BPM = 254
/** What stands there for "none" (rule T9): nobody's heart beats once a minute. */
const noHeartRates: ReadonlySet<number> = new Set([1, 255])
const MAX_DEGREES = 180

/** The measures of a point as text, every one that stands there: the first may be the one that says "none". */
export interface PointTexts {
  readonly time: readonly string[]
  readonly heartRate: readonly string[]
  readonly cadence: readonly string[]
  readonly speed: readonly string[]
  readonly altitude: readonly string[]
  readonly distance: readonly string[]
  readonly temperature: readonly string[]
  readonly latitude: readonly string[]
  readonly longitude: readonly string[]
}

export class ActivityReading {
  readonly points = new TrackPoints()
  readonly warnings = new Set<ReadingWarning>()
  /** The first offset that a time states. */
  localOffsetS: number | null = null
  readonly lostTimes = new LostTimes()
  readonly warn = (code: ReadingWarning): void => void this.warnings.add(code)

  /** Take one point; without a time it cannot be placed and is left out. */
  takePoint(texts: PointTexts, segment: number): void {
    const [heartRateBpm = Number.NaN, ...others] = this.#readHeartRates(texts.heartRate)
    const hasRate = heartRateBpm > 0
    const time = this.#readTimes(texts.time)
    if (time === null) {
      this.warn('TIME_MISSING')
      this.lostTimes.takeUnplaced(hasRate)
      return
    }
    const { epochS } = time
    this.lostTimes.takePlaced(time, hasRate)
    const read = (all: readonly string[], most?: number) => this.#readFirst(all, most)
    const point: TrackPoint = {
      epochS,
      heartRateBpm,
      cadencePerMin: read(texts.cadence),
      speedMPerS: read(texts.speed),
      altitudeM: read(texts.altitude),
      distanceM: read(texts.distance),
      temperatureC: read(texts.temperature),
      latitudeDeg: read(texts.latitude, MAX_DEGREES),
      longitudeDeg: read(texts.longitude, MAX_DEGREES),
    }
    this.points.push(point, segment)
    for (const bpm of others) this.points.push({ ...nothingAt(epochS), heartRateBpm: bpm }, segment)
  }

  /** UTC epoch seconds; null where it is no time. */
  readTime(text: string | null): number | null {
    return this.#readTimes(text === null ? [] : [text])?.epochS ?? null
  }

  /** The first of these texts that is a time. */
  #readTimes(texts: readonly string[]): WrittenTime | null {
    for (const text of texts) {
      const time = decodeDateTime(text)
      if (time !== null) {
        if (!time.hasZone) this.warn('TIME_ZONE_MISSING')
        this.localOffsetS ??= time.offsetS
        return { ...time, text }
      }
    }
    this.lostTimes.text ??= texts.find((text) => text !== '') ?? null
    return null
  }

  /** The first that is a number; a word among others that say it is nothing to warn about. */
  #readFirst(texts: readonly string[], most?: number): number {
    let isUnreadable = false
    for (const text of texts) {
      const value = toNumber(text, () => (isUnreadable = true), most)
      if (!Number.isNaN(value)) return value
    }
    if (isUnreadable) this.warn('VALUE_UNREADABLE')
    return Number.NaN
  }

  /** A rate beats 0 and 0 beats "none", wherever in the point each stands (rule T9), as among points of one second. Several blocks
   *  of one point may each tell the rate of another sensor. */
  #readHeartRates(texts: readonly string[]): readonly number[] {
    let zeros: readonly number[] = []
    let isUnreadable = false
    const rates: number[] = []
    for (const text of texts) {
      const bpm = toNumber(text, () => (isUnreadable = true), MAX_HEART_RATE_BPM)
      if (Number.isNaN(bpm) || noHeartRates.has(bpm)) continue
      if (bpm < 0 || bpm > MAX_HEART_RATE_BPM) isUnreadable = true
      else if (bpm === 0) zeros = [0]
      else if (!rates.includes(bpm)) rates.push(bpm)
    }
    if (rates.length > 0) return rates
    if (isUnreadable) this.warn('VALUE_UNREADABLE')
    return zeros
  }
}

const nothingAt = (epochS: number): TrackPoint => ({
  epochS,
  heartRateBpm: Number.NaN,
  cadencePerMin: Number.NaN,
  speedMPerS: Number.NaN,
  altitudeM: Number.NaN,
  distanceM: Number.NaN,
  temperatureC: Number.NaN,
  latitudeDeg: Number.NaN,
  longitudeDeg: Number.NaN,
})
