// What one part of a FIT file said, before it is put together: its records and the few messages that matter.
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import type { FitTime } from './fit-time.ts'
import { GrowableSeries } from './growable.ts'
import { Records } from './records.ts'

export interface FitSession {
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
  /** How many records stand before it. */
  readonly behind: number
}
export interface Device {
  readonly index: number
  readonly deviceType: number
  readonly sourceType: number
  readonly manufacturer: number
  readonly product: number
  readonly name: string
}

export class FitPart {
  fileType: number | null = null
  manufacturer = Number.NaN
  product = Number.NaN
  readonly records: Records
  /** Each RR interval, ms, with the time of the record before it. */
  readonly beats = new GrowableSeries()
  /** How many records stand before each of them. */
  readonly beatsBehind: number[] = []
  /** Heart rates that the strap stored itself. */
  readonly stored = new GrowableSeries()
  readonly sessions: FitSession[] = []
  readonly timerEvents: TimerEvent[] = []
  readonly devices: Device[] = []
  /** One moment by UTC and by the device's local clock, in FIT time; null where it said none. */
  stamp: { readonly utcS: FitTime; readonly localS: FitTime } | null = null
  readonly warnings = new Set<ReadingWarning>()

  constructor(bytes: Uint8Array) {
    this.records = new Records(bytes)
  }
}
