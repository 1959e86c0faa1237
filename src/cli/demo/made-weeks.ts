// What made clients ran and told over eight weeks that end now. The same moment gives the same weeks; on another day the days move
// along and each run stays as it is, by its week and weekday.
import { chanceOf, type Chance } from './chance.ts'
import {
  DAY_MS,
  groupDays,
  heldAt,
  WEEKS,
  zoneOf,
  type DemoCheckIn,
  type DemoClient,
  type DemoPlan,
  type DemoRun,
} from './made-clients.ts'
import type { MadeBody } from './made-heart.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** UTC hour at which the group sets out, and about which others do. */
const USUAL_HOUR = 9
/** From this week on a strap wears out. */
const WORN_FROM_WEEK = 6
/** What somebody runs who has no plan yet. */
const UNPLANNED: Omit<DemoPlan, 'daysAgo'> = { weekdays: [2, 4], runMin: 12, intervals: { runS: 60, walkS: 120 } }
/** How the story of who knows no stop goes, in days since it turned: first a second run a day, then that one at night, then
 *  short nights, then cues that nothing is done with. */
const noStop = { turnedDaysAgo: 10, nightFrom: 3, shortSleepFrom: 5, ignoresFrom: 7 } as const

/** Every recording of a client, oldest first.
 *  @param nowMs no run lies behind it */
export function runsOf(client: DemoClient, nowMs: number): DemoRun[] {
  const monday = mondayOf(nowMs)
  const runs: DemoRun[] = []
  for (let week = client.sinceWeek; week < WEEKS; week++)
    for (let weekday = 1; weekday <= 7; weekday++) {
      const dayMs = monday + ((week - WEEKS + 1) * 7 + weekday - 1) * DAY_MS
      const restless = client.story === 'no_stop' ? daysSinceTurn(dayMs, nowMs) : -1
      if (restless >= 0) runs.push(...restlessRuns(client, dayMs, restless, nowMs))
      else runs.push(...usualRuns(client, dayMs, week, weekday, nowMs))
    }
  const past = runs.filter((run) => endOf(run) < nowMs)
  return withWatchToo(client, withoutMeasuring(client, past), nowMs)
}

/** When the group sets out next. calmpace keeps no calendar: it is the next of the days that were agreed. */
export function nextGroupRunMs(nowMs: number): number {
  const monday = mondayOf(nowMs)
  const days = [...groupDays, groupDays[0] + 7].map((day) => monday + (day - 1) * DAY_MS + USUAL_HOUR * HOUR_MS)
  return days.find((atMs) => atMs > nowMs) ?? nowMs
}

/** When its last second was, by the clock of whoever recorded it. */
export const endOf = ({ startedAtMs, clockOffS, effort }: DemoRun): number =>
  startedAtMs + (clockOffS + effort.lengthS) * 1000

function usualRuns(client: DemoClient, dayMs: number, week: number, weekday: number, nowMs: number): DemoRun[] {
  const { firstName, story, alone } = client
  const agreed = heldAt(client.plans, dayMs, nowMs) ?? UNPLANNED
  const chance = chanceOf(firstName, week, weekday)
  // Now and then somebody stays at home.
  const isSkipped = story === 'calm' && chance.happens(0.06)
  if (!agreed.weekdays.includes(weekday) || client.outInWeeks.includes(WEEKS - 1 - week) || isSkipped) return []
  const isTired = client.tiredInWeeks.includes(WEEKS - 1 - week)
  const isAlone = alone.includes(weekday)
  // The group sets out together; a watch is started when somebody likes.
  const lateMin = isAlone ? chance.between(-50, 140) : chanceOf('group', week, weekday).between(2, 12)
  return [
    madeRun(client, nowMs, {
      seed: `${firstName} ${week} ${weekday}`,
      startedAtMs: Math.round(dayMs + USUAL_HOUR * HOUR_MS + lateMin * MINUTE_MS + chance.between(0, 40_000)),
      minutes: Math.max(10, minutesOf(chance, agreed.runMin) * (isTired ? 0.72 : 1)),
      device: isAlone ? 'watch' : 'phone',
      signal: signalOf(client, week, chance),
      todayBpm: chance.normal(2.5) + (isTired ? 3 : 0),
    }),
  ]
}

/** Mostly about what was agreed; at times cut short. */
const minutesOf = (chance: Chance, runMin: number): number =>
  runMin * (chance.happens(0.1) ? chance.between(0.55, 0.8) : 1 + Math.max(-0.16, Math.min(0.1, chance.normal(0.06))))

function signalOf({ story }: DemoClient, week: number, chance: Chance): DemoRun['signal'] {
  if (story === 'loose_strap' && week >= WORN_FROM_WEEK) return 'worn out'
  return chance.happens(0.15) ? 'gaps' : 'good'
}

function restlessRuns(client: DemoClient, dayMs: number, day: number, nowMs: number): DemoRun[] {
  const ignores = day >= noStop.ignoresFrom
  const secondHour = day >= noStop.nightFrom ? 22 : 16
  // Nobody starts by the quarter: a run of whole quarters later whose heart goes alike would be asked about (rule T5).
  return [USUAL_HOUR * HOUR_MS, secondHour * HOUR_MS + 7 * MINUTE_MS].map((atMs, second) => {
    const seed = `${client.firstName} restless ${day} ${second}`
    const chance = chanceOf(seed)
    return madeRun(client, nowMs, {
      seed,
      startedAtMs: Math.round(dayMs + atMs + chance.between(0, 5 * MINUTE_MS)),
      minutes: ignores ? chance.between(48, 53) : chance.between(29, 33.5),
      device: 'phone',
      signal: 'good',
      todayBpm: chance.normal(2),
      ignores,
    })
  })
}

interface Drawn {
  readonly seed: string
  readonly startedAtMs: number
  readonly minutes: number
  readonly device: DemoRun['device']
  readonly signal: DemoRun['signal']
  readonly todayBpm: number
  /** Runs on whatever they are told, ever harder. */
  readonly ignores?: boolean
}

function madeRun(client: DemoClient, nowMs: number, drawn: Drawn): DemoRun {
  const { seed, startedAtMs, minutes, device, signal, todayBpm, ignores = false } = drawn
  const agreed = heldAt(client.plans, startedAtMs, nowMs)
  const { ceilingBpm } = zoneOf(client, heldAt(client.limits, startedAtMs, nowMs), nowMs)
  return {
    startedAtMs,
    plannedMin: agreed?.runMin ?? null,
    device,
    signal,
    clockOffS: 0,
    effort: {
      seed,
      body: ignores ? harder(client.body) : client.body,
      lengthS: Math.round(minutes * 60),
      activity: client.activity,
      intervals: ignores ? null : agreed === undefined ? UNPLANNED.intervals : agreed.intervals,
      todayBpm,
      toldAboveBpm: device === 'phone' ? ceilingBpm : null,
      heeds: !ignores && client.story !== 'drifting',
    },
  }
}

const harder = (body: MadeBody): MadeBody => ({ ...body, runBpm: body.runBpm + 12, driftBpmPerMin: 4, mostBpm: 184 })

/** One run on their own that the watch kept without a heart rate. */
function withoutMeasuring({ unmeasured }: DemoClient, runs: readonly DemoRun[]): DemoRun[] {
  const own = runs.filter(({ device }) => device !== 'phone')
  const off = unmeasured === null ? undefined : own.at(-unmeasured)
  return runs.map((run) => (run === off ? { ...run, signal: 'none' } : run))
}

/** The newest group run that a watch can have kept too by now. */
function withWatchToo({ watchToo }: DemoClient, runs: readonly DemoRun[], nowMs: number): DemoRun[] {
  if (watchToo === null) return [...runs]
  const second = (run: DemoRun): DemoRun =>
    watchToo === 'same time'
      ? { ...run, device: 'watch', startedAtMs: run.startedAtMs + 4000 }
      : { ...run, device: 'watch with strap', clockOffS: 3600 }
  const at = runs.findLastIndex((run) => run.device === 'phone' && run.signal === 'good' && endOf(second(run)) < nowMs)
  const run = runs[at]
  return run === undefined ? [...runs] : runs.toSpliced(at + 1, 0, second(run))
}

/** What they tell in the morning: of each day with a run, and once things have turned of every day.
 *  @returns none of somebody who does not share it */
export function checkInsOf(client: DemoClient, nowMs: number): DemoCheckIn[] {
  if (!client.shares) return []
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS
  return Array.from({ length: WEEKS * 7 }, (_, i) => today - (WEEKS * 7 - 1 - i) * DAY_MS).flatMap((dayMs) => {
    const restless = client.story === 'no_stop' ? daysSinceTurn(dayMs, nowMs) : -1
    const day = Math.floor((dayMs - mondayOf(dayMs)) / DAY_MS) + 1
    const atMs = dayMs + 7 * HOUR_MS
    const weeksAgo = Math.round((mondayOf(nowMs) - mondayOf(dayMs)) / (7 * DAY_MS))
    const runsToday = client.plans.at(-1)?.weekdays.includes(day) === true
    if (atMs > nowMs || (restless < 0 && !runsToday)) return []
    return [{ atMs, ...toldOf(client, WEEKS - 1 - weeksAgo, day, restless) }]
  })
}

function toldOf({ firstName, tiredInWeeks }: DemoClient, week: number, day: number, restless: number) {
  if (restless >= noStop.shortSleepFrom) return { sleepH: 4, mood: 9, energy: 9 }
  const chance = chanceOf('told', firstName, week, day)
  const isTired = tiredInWeeks.includes(WEEKS - 1 - week)
  return {
    sleepH: isTired ? 6 : 7.5 + Math.trunc(chance.whole(-3, 3) / 3) / 2,
    mood: 6 + chance.whole(-1, 1),
    energy: (isTired ? 5 : 6) + chance.whole(-1, 1),
  }
}

const daysSinceTurn = (dayMs: number, nowMs: number): number =>
  Math.floor(dayMs / DAY_MS) - (Math.floor(nowMs / DAY_MS) - noStop.turnedDaysAgo)

/** Midnight UTC of the Monday of a moment's week; 1970 began on a Thursday. */
const mondayOf = (atMs: number): number => {
  const day = Math.floor(atMs / DAY_MS)
  return (day - ((day + 3) % 7)) * DAY_MS
}
