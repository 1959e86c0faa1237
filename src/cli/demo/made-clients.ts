// Ten made clients and how they ran over eight weeks: most of them calm, one who drifts, one who knows no stop (calm weeks,
// then two runs a day, runs at night, short nights, ignored cues). Plausible, no more than that; all of it product choice.
import type { MadeKind } from '../../demo/made-runner.ts'
import type { WatchLevel } from '../../domain/zone/resolve-zone.ts'

export interface DemoClient {
  readonly firstName: string
  readonly birthYear: number
  readonly watchLevel: WatchLevel
  readonly ceilingBpm: number
  readonly story: 'calm' | 'drifting' | 'no_stop' | 'loose_strap'
}
/** What somebody tells of a night and a day. */
export interface DemoCheckIn {
  readonly atMs: number
  readonly sleepH: number
  readonly mood: number
  readonly energy: number
}
export interface DemoRun {
  readonly startedAtMs: number
  readonly minutes: number
  readonly kind: MadeKind
}

const client = (
  firstName: string,
  birthYear: number,
  ceilingBpm: number,
  story: DemoClient['story'] = 'calm',
  watchLevel: WatchLevel = 'standard',
): DemoClient => ({ firstName, birthYear, watchLevel, ceilingBpm, story })

export const demoClients: readonly DemoClient[] = [
  client('Anna', 1984, 138),
  client('Bram', 1971, 132),
  client('Cem', 1990, 142, 'drifting'),
  client('Dina', 1966, 130),
  client('Els', 1958, 126),
  client('Fedde', 1995, 144),
  client('Gijs', 1979, 136, 'loose_strap'),
  client('Hilde', 1988, 140, 'no_stop', 'extra'),
  client('Imre', 1974, 134),
  client('Joke', 1962, 128),
]

const WEEKS = 8
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Days of the week and the UTC hour of the group's calm runs: Tuesday, Thursday, Saturday. */
const usualDays = [1, 3, 5]
const USUAL_HOUR = 9
export const demoPlan = { weekdays: [2, 4, 6], runMin: 30, intervals: { runS: 120, walkS: 60 } } as const

/** From this week on a strap wears out. */
const LATE_FROM = 6
/** How the story of who knows no stop goes, in days since it turned: first a second run a day, then that one at night, then
 *  short nights, then cues that nothing is done with. */
const noStop = { turnedDaysAgo: 10, nightFrom: 3, shortSleepFrom: 5, ignoresFrom: 7 } as const

/** @param nowMs no run lies behind it */
export function runsOf({ story }: DemoClient, nowMs: number): DemoRun[] {
  const thisMonday = mondayOf(nowMs)
  const runs: DemoRun[] = []
  for (let week = 0; week < WEEKS; week++)
    for (let day = 0; day < 7; day++) {
      const dayMs = thisMonday + ((week - WEEKS + 1) * 7 + day) * DAY_MS
      const restless = story === 'no_stop' ? daysSinceTurn(dayMs, nowMs) : -1
      if (restless >= 0) runs.push(...restlessRuns(dayMs, restless))
      else if (usualDays.includes(day))
        runs.push({ startedAtMs: dayMs + USUAL_HOUR * HOUR_MS, minutes: 30, kind: kindOf(story, week >= LATE_FROM) })
    }
  return runs.filter(({ startedAtMs, minutes }) => startedAtMs + minutes * 60_000 < nowMs)
}

function restlessRuns(dayMs: number, day: number): DemoRun[] {
  const ignores = day >= noStop.ignoresFrom
  const kind = ignores ? 'no_stop' : 'calm'
  const minutes = ignores ? 50 : 30
  const secondHour = day >= noStop.nightFrom ? 22 : 16
  // Nobody starts by the quarter: made hearts are so alike that a run of whole quarters later would be asked about (rule T5).
  return [USUAL_HOUR * HOUR_MS, secondHour * HOUR_MS + 7 * 60_000].map((atMs) => ({
    startedAtMs: dayMs + atMs,
    minutes,
    kind,
  }))
}

/** What they tell in the morning: of each day with a run, and once things have turned of every day. */
export function checkInsOf({ story }: DemoClient, nowMs: number): DemoCheckIn[] {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  return Array.from({ length: WEEKS * 7 }, (_, i) => today - (WEEKS * 7 - 1 - i) * DAY_MS).flatMap((dayMs) => {
    const restless = story === 'no_stop' ? daysSinceTurn(dayMs, nowMs) : -1
    const runsToday = usualDays.includes(Math.floor((dayMs - mondayOf(dayMs)) / DAY_MS))
    const atMs = dayMs + 7 * HOUR_MS
    if (atMs > nowMs || (restless < 0 && !runsToday)) return []
    const short = restless >= noStop.shortSleepFrom
    return [{ atMs, sleepH: short ? 4 : 7.5, mood: short ? 9 : 6, energy: short ? 9 : 6 }]
  })
}

const daysSinceTurn = (dayMs: number, nowMs: number): number =>
  Math.floor(dayMs / DAY_MS) - (Math.floor(nowMs / DAY_MS) - noStop.turnedDaysAgo)

const kindOf = (story: DemoClient['story'], isLate: boolean): MadeKind =>
  story === 'drifting' ? 'drifting' : isLate && story === 'loose_strap' ? 'drops_out' : 'calm'

/** Midnight UTC of the Monday of a moment's week; 1970 began on a Thursday. */
const mondayOf = (atMs: number): number => {
  const day = Math.floor(atMs / DAY_MS)
  return (day - ((day + 3) % 7)) * DAY_MS
}
