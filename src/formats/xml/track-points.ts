// The points of one activity of a TCX or GPX file as they stand in it, in columns, before they are put in order.

/** In `heartRateBpm`, beside values: this point stated no heart rate at all. NaN is "stated: no value". */
export const NOT_STATED = -1

/** The measured columns of a point; NaN is "absent". Positions serve to compute distances and go no further. */
export const pointColumns = [
  'heartRateBpm',
  'cadencePerMin',
  'speedMPerS',
  'altitudeM',
  'distanceM',
  'temperatureC',
  'latitudeDeg',
  'longitudeDeg',
] as const
export type PointColumn = (typeof pointColumns)[number]

export type TrackPoint = Readonly<Record<PointColumn, number>> & {
  /** UTC epoch seconds. */
  readonly epochS: number
}

export type Columns<Name extends string> = Record<Name, number[]>

export class TrackPoints {
  readonly epochS: number[] = []
  /** Which uninterrupted stretch (TCX `Track`, GPX `trkseg`) a point is of, counted in file order. */
  readonly segment: number[] = []
  readonly columns: Columns<PointColumn> = {
    heartRateBpm: [],
    cadencePerMin: [],
    speedMPerS: [],
    altitudeM: [],
    distanceM: [],
    temperatureC: [],
    latitudeDeg: [],
    longitudeDeg: [],
  }

  push(point: TrackPoint, segment: number): void {
    this.epochS.push(point.epochS)
    this.segment.push(segment)
    for (const name of pointColumns) this.columns[name].push(point[name])
  }
}
