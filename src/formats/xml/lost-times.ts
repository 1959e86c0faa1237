// What an activity of a TCX or GPX file lost because its times cannot be read (rule T10): gathered point by point, judged when the
// whole file was seen. Called by the activity's reading and by `read-xml.ts`.
import type { DateTime } from './date-time.ts'

/** A few points without a place are a stray mark on the run; more are a part of it that nobody would see missing (product choices,
 *  as for stray points, rule T1). */
const STRAY_ROWS = 60
const STRAY_SHARE = 0.05

/** What stands for the times of points that have none. */
const NO_TIME = '<time/>'

/** A time, and how it is written. */
export interface WrittenTime extends DateTime {
  readonly text: string
}

export class LostTimes {
  /** The first text that stands where a time should and is none. */
  text: string | null = null
  #points = 0
  #unplacedRates = 0
  #timesOfSeconds = 0
  #minuteText: string | null = null
  /** Points with a heart rate at each time without seconds, and the seconds of those with. */
  readonly #minutes = new Map<number, number>()
  readonly #ratedS: number[] = []

  /** A point that has no time, or none that can be read. */
  takeUnplaced(hasRate: boolean): void {
    this.#points++
    if (hasRate) this.#unplacedRates++
  }

  takePlaced({ epochS, hasSeconds, text }: WrittenTime, hasRate: boolean): void {
    this.#points++
    if (hasSeconds) {
      this.#timesOfSeconds++
      if (hasRate) this.#ratedS.push(epochS)
      return
    }
    this.#minuteText ??= text
    if (hasRate) this.#minutes.set(epochS, (this.#minutes.get(epochS) ?? 0) + 1)
  }

  /** Whether a point of it has a time with seconds: then one without is a second 0. */
  get hasSeconds(): boolean {
    return this.#timesOfSeconds > 0
  }

  /** One of the times for which nothing can be made of the activity; null where at most a few points are left out.
   *  @param fileHasSeconds of all its activities */
  refuse(fileHasSeconds: boolean): string | null {
    const isOfMinutes = this.#minuteText !== null && !fileHasSeconds
    const lost = this.#unplacedRates + this.crowded
    const isStray = lost === 0 || (lost < STRAY_ROWS && lost < STRAY_SHARE * this.#points)
    return isStray && !isOfMinutes ? null : (this.text ?? this.#minuteText ?? NO_TIME)
  }

  /** How many points lost their seconds though others of the file have theirs: more of them stand in one minute than usually
   *  in one second. */
  get crowded(): number {
    if (this.#minutes.size === 0) return 0
    const seconds = new Set(this.#ratedS).size
    const inASecond = seconds === 0 ? 1 : Math.ceil(this.#ratedS.length / seconds)
    return [...this.#minutes.values()].reduce((sum, rows) => sum + (rows > inASecond ? rows : 0), 0)
  }
}
