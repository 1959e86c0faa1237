// The made clients of the demo: what is agreed with each, how their body runs, and what stands out in their weeks. Data only; what
// they ran is drawn from it (made-weeks.ts). All of it is made up, plausible and no more than that; all of it product choice.
import type { CalmZone } from '../../domain/calm-zone.ts'
import { noZone } from '../../domain/calm-zone.ts'
import type { Language } from '../../domain/languages.ts'
import type { Intervals } from '../../domain/plan.ts'
import { resolveZone, type WatchLevel } from '../../domain/zone/resolve-zone.ts'
import { changeInputs, noInputs, toZoneFacts, type ZoneInputChanges } from '../../domain/zone/zone-inputs.ts'
import type { MadeBody, MadeEffort } from './made-heart.ts'

export const DEMO_TIME_ZONE = 'Europe/Amsterdam'
/** Weeks of runs, this one among them. */
export const WEEKS = 8
/** Before the first of them. */
export const AGREED_DAYS_AGO = 60
export const DAY_MS = 86_400_000

/** What a limit rests on. */
export type DemoLimit = { readonly daysAgo: number } & (
  | { readonly from: 'talk test'; readonly ceilingBpm: number; readonly testedDaysAgo: number }
  | { readonly from: 'therapist'; readonly ceilingBpm: number }
  | { readonly from: 'age'; readonly restBpm: number }
)
export interface DemoPlan {
  readonly daysAgo: number
  /** 1 is Monday. */
  readonly weekdays: readonly number[]
  readonly runMin: number
  readonly intervals: Intervals | null
}
/** A phone at a group run hears a strap; a watch measures at the wrist, or hears a strap too. */
export type DemoDevice = 'phone' | 'watch' | 'watch with strap'

export interface DemoClient {
  readonly firstName: string
  readonly language: Language
  readonly birthYear: number
  readonly watchLevel: WatchLevel
  readonly story: 'calm' | 'drifting' | 'no_stop' | 'loose_strap'
  readonly body: MadeBody
  readonly activity: MadeEffort['activity']
  /** Oldest first; none is somebody whose limit is still to be found. */
  readonly limits: readonly DemoLimit[]
  readonly plans: readonly DemoPlan[]
  /** On these days they run alone and their watch measures; on the others of the plan with the group. */
  readonly alone: readonly number[]
  /** Weeks before this one. */
  readonly outInWeeks: readonly number[]
  readonly tiredInWeeks: readonly number[]
  /** The first of their weeks; most have been here for all of them. */
  readonly sinceWeek: number
  /** The newest group run that the watch kept too: one run, or by a clock that is an hour off and so a question. */
  readonly watchToo: 'same time' | 'an hour off' | null
  /** Which of their runs on their own, the newest being 1, was measured by a watch with its sensor off. */
  readonly unmeasured: number | null
  /** Whether they let staff and rules see what they tell. */
  readonly shares: boolean
}

/** One recording of a run. */
export interface DemoRun {
  readonly startedAtMs: number
  readonly plannedMin: number | null
  readonly device: DemoDevice
  readonly signal: 'good' | 'gaps' | 'worn out' | 'none'
  /** By how much the watch's clock is ahead. */
  readonly clockOffS: number
  readonly effort: MadeEffort
}

/** What somebody tells of a night and a day. */
export interface DemoCheckIn {
  readonly atMs: number
  readonly sleepH: number
  readonly mood: number
  readonly energy: number
}

const walkRun = (runS: number, walkS: number): Intervals => ({ runS, walkS })
const body = (restBpm: number, runBpm: number, runMPerS: number, driftBpmPerMin = 0.1): MadeBody => ({
  restBpm,
  runBpm,
  driftBpmPerMin,
  mostBpm: runBpm + 20,
  runMPerS,
})
/** On which the group runs. 1 is Monday. */
export const groupDays = [2, 4, 6] as const
const plan = (runMin: number, intervals: Intervals | null, weekdays: readonly number[] = groupDays): DemoPlan => ({
  daysAgo: AGREED_DAYS_AGO,
  weekdays,
  runMin,
  intervals,
})
const talkTest = (ceilingBpm: number, testedDaysAgo = AGREED_DAYS_AGO, daysAgo = AGREED_DAYS_AGO): DemoLimit => ({
  from: 'talk test',
  ceilingBpm,
  testedDaysAgo,
  daysAgo,
})
const byTherapist = (ceilingBpm: number): DemoLimit => ({ from: 'therapist', ceilingBpm, daysAgo: AGREED_DAYS_AGO })
const byAge = (restBpm: number): DemoLimit => ({ from: 'age', restBpm, daysAgo: AGREED_DAYS_AGO })

const usual: Omit<DemoClient, 'firstName' | 'birthYear' | 'body' | 'limits' | 'plans'> = {
  language: 'nl',
  watchLevel: 'standard',
  story: 'calm',
  activity: 'run',
  alone: [],
  outInWeeks: [],
  tiredInWeeks: [],
  sinceWeek: 0,
  watchToo: null,
  unmeasured: null,
  shares: false,
}

export const demoClients: readonly DemoClient[] = [
  {
    ...usual,
    firstName: 'Anna',
    birthYear: 1984,
    shares: true,
    alone: [4],
    tiredInWeeks: [3],
    body: body(66, 130, 2.3),
    limits: [talkTest(138)],
    plans: [plan(30, walkRun(120, 60))],
  },
  {
    // Builds up: from twelve minutes, mostly walked, to twenty-five.
    ...usual,
    firstName: 'Bram',
    birthYear: 1971,
    body: body(64, 122, 2.0),
    limits: [byAge(64)],
    plans: [
      plan(14, walkRun(60, 90), [2, 6]),
      { ...plan(20, walkRun(90, 60), [2, 6]), daysAgo: 38 },
      { ...plan(25, walkRun(120, 60), [2, 6]), daysAgo: 17 },
    ],
  },
  {
    // Starts calmly and ends too fast; the limit became lower after a talk test.
    ...usual,
    firstName: 'Cem',
    birthYear: 1990,
    story: 'drifting',
    alone: [4],
    body: { ...body(70, 127, 2.6, 0.8), mostBpm: 152 },
    limits: [byTherapist(142), talkTest(140, 21, 21)],
    plans: [plan(35, null)],
  },
  {
    // Was away for two weeks, and began again with short runs.
    ...usual,
    firstName: 'Dina',
    birthYear: 1966,
    outInWeeks: [3, 4],
    tiredInWeeks: [2],
    body: body(68, 124, 2.1),
    limits: [talkTest(130)],
    plans: [plan(25, walkRun(120, 60))],
  },
  {
    // Walks, with a watch; the talk test is of three months ago.
    ...usual,
    firstName: 'Els',
    birthYear: 1958,
    activity: 'walk',
    alone: [1, 4, 6],
    body: body(62, 126, 1.9),
    limits: [talkTest(122, 90)],
    plans: [plan(45, null, [1, 4, 6])],
  },
  {
    ...usual,
    firstName: 'Fedde',
    birthYear: 1995,
    alone: [4],
    watchToo: 'same time',
    outInWeeks: [6],
    body: body(60, 138, 2.7),
    limits: [byTherapist(146)],
    plans: [plan(45, null)],
  },
  {
    ...usual,
    firstName: 'Gijs',
    birthYear: 1979,
    story: 'loose_strap',
    tiredInWeeks: [5],
    body: body(67, 127, 2.2),
    limits: [talkTest(136)],
    plans: [plan(30, walkRun(180, 60))],
  },
  {
    // Three calm runs a week for seven weeks; then more, later, harder, less sleep.
    ...usual,
    firstName: 'Hilde',
    birthYear: 1988,
    story: 'no_stop',
    watchLevel: 'extra',
    shares: true,
    body: body(72, 125, 2.4),
    limits: [byTherapist(140)],
    plans: [plan(30, walkRun(120, 60))],
  },
  {
    // Has an account and shares nothing; once the watch did not measure.
    ...usual,
    firstName: 'Imre',
    birthYear: 1974,
    alone: [4, 7],
    unmeasured: 2,
    body: body(63, 122, 2.2),
    limits: [byAge(61)],
    plans: [plan(35, walkRun(240, 60), [2, 4, 7])],
  },
  {
    ...usual,
    firstName: 'Joke',
    birthYear: 1962,
    outInWeeks: [5],
    tiredInWeeks: [1],
    body: body(70, 122, 1.9),
    limits: [byTherapist(128)],
    plans: [plan(18, walkRun(60, 60), [2, 6])],
  },
  {
    ...usual,
    firstName: 'Maeve',
    language: 'en',
    birthYear: 1986,
    shares: true,
    alone: [4],
    watchToo: 'an hour off',
    body: body(58, 134, 2.6),
    limits: [talkTest(143)],
    plans: [plan(48, walkRun(600, 60))],
  },
  {
    // New: the limit is still to be found, nothing is agreed yet.
    ...usual,
    firstName: 'Toby',
    language: 'en',
    birthYear: 2001,
    sinceWeek: WEEKS - 2,
    body: body(71, 128, 2.2),
    limits: [],
    plans: [],
  },
]

/** What is told to the server of a limit. */
export function limitInputs(limit: DemoLimit, nowMs: number): ZoneInputChanges {
  const none = { manualCeilingBpm: null, talkCeilingBpm: null, restBpm: null }
  if (limit.from === 'therapist') return { ...none, manualCeilingBpm: limit.ceilingBpm }
  if (limit.from === 'age') return { ...none, restBpm: limit.restBpm, restMeasuredAtMs: nowMs - limit.daysAgo * DAY_MS }
  return { ...none, talkCeilingBpm: limit.ceilingBpm, talkTestedAtMs: nowMs - limit.testedDaysAgo * DAY_MS + SOON_MS }
}
/** A limit cannot be set by a talk test that counts no more: one of ninety days ago counts until everybody is in. */
const SOON_MS = 30_000

/** The zone that the product makes of a limit, as of when it was set. */
export function zoneOf({ birthYear, watchLevel }: DemoClient, limit: DemoLimit | undefined, nowMs: number): CalmZone {
  if (limit === undefined) return noZone
  const facts = toZoneFacts(
    changeInputs(noInputs, limitInputs(limit, nowMs)),
    { ageYears: new Date(nowMs).getUTCFullYear() - birthYear, watchLevel },
    nowMs,
  )
  const resolved = resolveZone(facts)
  if (!resolved.ok) throw new Error(`a made limit is refused: ${resolved.problems.join()}`)
  return resolved.zone
}

/** What held for a day; the oldest one before that. */
export const heldAt = <T extends { readonly daysAgo: number }>(
  versions: readonly T[],
  atMs: number,
  nowMs: number,
): T | undefined => versions.findLast(({ daysAgo }) => nowMs - daysAgo * DAY_MS <= atMs) ?? versions[0]
