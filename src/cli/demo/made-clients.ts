// Ten made clients and how they ran over eight weeks: most of them calm, one who drifts, one who knows no stop (calm weeks,
// then two runs a day and runs at night). Plausible, no more than that; all of it product choice.
import type { MadeKind } from '../../demo/made-runner.ts'
import type { WatchLevel } from '../../domain/zone/resolve-zone.ts'

export interface DemoClient {
  readonly firstName: string
  readonly birthYear: number
  readonly watchLevel: WatchLevel
  readonly ceilingBpm: number
  readonly story: 'calm' | 'drifting' | 'no_stop' | 'loose_strap'
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
/** Days of the week and the UTC hour of the group's calm runs: Tuesday, Thursday, Saturday. */
const usualDays = [1, 3, 5]
const USUAL_HOUR = 9
/** From this week on things change: somebody who knows no stop runs twice a day, the second time at night; a strap wears
 *  out. */
const LATE_FROM = 6

/** @param nowMs no run lies behind it */
export function runsOf({ story }: DemoClient, nowMs: number): DemoRun[] {
  const thisMonday = mondayOf(nowMs)
  const runs: DemoRun[] = []
  for (let week = 0; week < WEEKS; week++)
    for (let day = 0; day < 7; day++) {
      const dayMs = thisMonday + ((week - WEEKS + 1) * 7 + day) * DAY_MS
      const isLate = week >= LATE_FROM
      const isRestless = story === 'no_stop' && isLate
      if (isRestless || usualDays.includes(day))
        runs.push({
          startedAtMs: dayMs + USUAL_HOUR * 3_600_000,
          minutes: isRestless ? 50 : 30,
          kind: kindOf(story, isLate),
        })
      if (isRestless) runs.push({ startedAtMs: dayMs + 23 * 3_600_000, minutes: 45, kind: 'no_stop' })
    }
  return runs.filter(({ startedAtMs, minutes }) => startedAtMs + minutes * 60_000 < nowMs)
}

const kindOf = (story: DemoClient['story'], isLate: boolean): MadeKind =>
  story === 'drifting'
    ? 'drifting'
    : !isLate || story === 'calm'
      ? 'calm'
      : story === 'no_stop'
        ? 'no_stop'
        : 'drops_out'

/** Midnight UTC of the Monday of a moment's week; 1970 began on a Thursday. */
const mondayOf = (atMs: number): number => {
  const day = Math.floor(atMs / DAY_MS)
  return (day - ((day + 3) % 7)) * DAY_MS
}
