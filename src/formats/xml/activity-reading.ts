// What the TCX and the GPX reader gather while they walk through one activity: points, zone of the times, warnings.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { decodeDateTime } from './date-time.ts'
import { toNumber } from './element.ts'
import { NOT_STATED, TrackPoints, type TrackPoint } from './track-points.ts'

/** No heart rate is above what a byte holds; FIT and TCX write one byte. */
const MAX_HEART_RATE_BPM = 254

/** The measures of a point as text; null is "no such element". */
export interface PointTexts {
  readonly time: string | null
  readonly heartRate: string | null
  readonly cadence: string | null
  readonly speed: string | null
  readonly altitude: string | null
  readonly distance: string | null
  readonly temperature: string | null
  readonly latitude: string | null
  readonly longitude: string | null
}

export class ActivityReading {
  readonly points = new TrackPoints()
  readonly warnings = new Set<ReadingWarning>()
  /** The first offset that a time states. */
  localOffsetS: number | null = null
  readonly warn = (code: ReadingWarning): void => void this.warnings.add(code)

  /** Take one point; without a time it cannot be placed and is left out. */
  takePoint(texts: PointTexts, segment: number): void {
    const epochS = this.readTime(texts.time)
    if (epochS === null) {
      this.warn('TIME_MISSING')
      return
    }
    const read = (text: string | null) => toNumber(text, this.warn)
    const point: TrackPoint = {
      epochS,
      heartRateBpm: texts.heartRate === null ? NOT_STATED : this.#readHeartRate(texts.heartRate),
      cadencePerMin: read(texts.cadence),
      speedMPerS: read(texts.speed),
      altitudeM: read(texts.altitude),
      distanceM: read(texts.distance),
      temperatureC: read(texts.temperature),
      latitudeDeg: read(texts.latitude),
      longitudeDeg: read(texts.longitude),
    }
    this.points.push(point, segment)
  }

  /** UTC epoch seconds; null where it is no time. */
  readTime(text: string | null): number | null {
    const time = text === null ? null : decodeDateTime(text)
    if (time === null) return null
    if (!time.hasZone) this.warn('TIME_ZONE_MISSING')
    this.localOffsetS ??= time.offsetS
    return time.epochS
  }

  #readHeartRate(text: string): number {
    const bpm = toNumber(text, this.warn)
    if (Number.isNaN(bpm) || (bpm >= 0 && bpm <= MAX_HEART_RATE_BPM)) return bpm
    this.warn('VALUE_UNREADABLE')
    return Number.NaN
  }
}
