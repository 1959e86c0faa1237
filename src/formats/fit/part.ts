// What one part of a FIT file said, before it is put together: raw columns and the few messages that matter.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { GrowableFloats } from './growable.ts'
import { recordColumns, type RecordColumn } from './profile.ts'

/** Seconds since 1989-12-31T00:00:00Z. */
export type FitTime = number

export interface Session {
  readonly startTime: FitTime
  readonly endTime: FitTime
  readonly sport: number
  readonly subSport: number
  readonly elapsedS: number
  readonly timerS: number
  readonly distanceM: number
  readonly meanHeartRateBpm: number
  readonly maxHeartRateBpm: number
}
export interface TimerEvent {
  readonly atTime: FitTime
  readonly eventType: number
}
export interface Device {
  readonly index: number
  readonly deviceType: number
  readonly sourceType: number
  readonly manufacturer: number
  readonly product: number
  readonly name: string
}

/** In `heartRate`, beside values: this record stated no heart rate at all. NaN is "stated: no value". */
export const NOT_STATED = -1

export class FitPart {
  fileType: number | null = null
  manufacturer = Number.NaN
  product = Number.NaN
  readonly times = new GrowableFloats()
  readonly columns: Record<RecordColumn, GrowableFloats>
  /** Each RR interval with the time of the record before it. */
  readonly rrMs = new GrowableFloats()
  readonly rrAfterTime = new GrowableFloats()
  readonly hrTimes = new GrowableFloats()
  readonly hrBpm = new GrowableFloats()
  readonly sessions: Session[] = []
  readonly timerEvents: TimerEvent[] = []
  readonly devices: Device[] = []
  localOffsetS: number | null = null
  readonly warnings = new Set<ReadingWarning>()

  constructor() {
    const columns: Partial<Record<RecordColumn, GrowableFloats>> = {}
    for (const column of recordColumns) columns[column] = new GrowableFloats()
    this.columns = columns as Record<RecordColumn, GrowableFloats>
  }
}
