// Distance, speed and cadence of a TCX or GPX activity where the file says them only indirectly. Positions end here: the
// Recording never holds where somebody was.
import type { MotionColumns } from '../../domain/recording.ts'
import { toStepsPerMin } from '../../domain/steps-per-min.ts'
import type { XmlTimeline } from './timeline.ts'

const EARTH_RADIUS_M = 6_371_000
/** Speed from distance is taken over this much on both sides: a GPS position is some metres off (product choice). */
const SPEED_SIDE_S = 5
/** Over a longer stretch nobody knows when in it the way was made (product choice). */
const SPEED_MAX_S = 30

/** Motion columns; a speed that the file states is never replaced. */
export function motionColumns(timeline: XmlTimeline, onFoot: boolean): MotionColumns {
  const { times, columns } = timeline
  const startS = times[0] ?? 0
  const known = (column: readonly number[]) => column.some((value) => !Number.isNaN(value))
  const distanceM = known(columns.distanceM) ? columns.distanceM : distanceFromPositions(timeline)
  const speedMPerS = known(columns.speedMPerS) ? columns.speedMPerS : speedFromDistance(times, distanceM)
  return {
    elapsedS: Float64Array.from(times, (time) => time - startS),
    cadencePerMin: onFoot ? toStepsPerMin(columns.cadencePerMin) : Float32Array.from(columns.cadencePerMin),
    speedMPerS: Float32Array.from(speedMPerS),
    altitudeM: Float32Array.from(columns.altitudeM),
    distanceM: Float32Array.from(distanceM),
    temperatureC: Float32Array.from(columns.temperatureC),
  }
}

/** Way since the start over the positions; the way between two segments was not recorded and does not count. */
function distanceFromPositions({ segment, columns }: XmlTimeline): number[] {
  const { latitudeDeg, longitudeDeg } = columns
  let total = 0
  let last: number | null = null
  return latitudeDeg.map((latitude, i) => {
    if (!hasFix(latitude, longitudeDeg[i])) return Number.NaN
    if (last !== null && segment[last] === segment[i])
      total += haversineM(latitudeDeg[last], longitudeDeg[last], latitude, longitudeDeg[i])
    last = i
    return total
  })
}

/** 0, 0 is what receivers write that have no position. */
const hasFix = (latitude: number, longitude: number): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0)

/** Great-circle distance.
 *  @source R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984) */
function haversineM(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const byLatitude = Math.sin(radians(latitude2 - latitude1) / 2) ** 2
  const byLongitude = Math.sin(radians(longitude2 - longitude1) / 2) ** 2
  const a = byLatitude + Math.cos(radians(latitude1)) * Math.cos(radians(latitude2)) * byLongitude
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** Speed around each row, NaN where the distance is unknown, runs back, or the rows stand too far apart. */
function speedFromDistance(times: readonly number[], distanceM: readonly number[]): number[] {
  const rows = Array.from(times.keys()).filter((row) => !Number.isNaN(distanceM[row]))
  const speed = times.map(() => Number.NaN)
  let from = 0
  let to = 0
  for (const [k, row] of rows.entries()) {
    while (times[rows[from]] < times[row] - SPEED_SIDE_S) from++
    while (to + 1 < rows.length && times[rows[to + 1]] <= times[row] + SPEED_SIDE_S) to++
    const first = rows[from === to ? Math.max(0, k - 1) : from]
    const last = rows[from === to ? Math.min(rows.length - 1, k + 1) : to]
    const seconds = times[last] - times[first]
    const way = distanceM[last] - distanceM[first]
    if (seconds > 0 && seconds <= SPEED_MAX_S && way >= 0) speed[row] = way / seconds
  }
  return speed
}
