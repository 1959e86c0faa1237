// The points of one activity of a TCX or GPX file as they stand in it, in columns, before they are put in order.

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

  /** Those whose time lies in `[fromS, toS)`, in the same order. */
  within(fromS: number, toS: number): TrackPoints {
    const some = new TrackPoints()
    for (const [row, epochS] of this.epochS.entries()) {
      if (epochS < fromS || epochS >= toS) continue
      some.epochS.push(epochS)
      some.segment.push(this.segment[row] ?? 0)
      for (const name of pointColumns) some.columns[name].push(this.columns[name][row] ?? Number.NaN)
    }
    return some
  }

  push(point: TrackPoint, segment: number): void {
    this.epochS.push(point.epochS)
    this.segment.push(segment)
    for (const name of pointColumns) this.columns[name].push(point[name])
  }
}
