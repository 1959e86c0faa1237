// Section G as flags: what a client's last weeks show, as of one moment. Each says what is different from the agreement
// or from usual; none says why, and a person closes each.
import { lastTwoOf, usualOf } from '../check-in/usual.ts'
import { makeFlag, type Flag, type PatternFlagKind } from '../flag.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import type { RuleSet } from '../rule-sets.ts'
import { SLACK } from '../rounding.ts'
import { isShortSleepLowEnergy, judgeEarlySigns, runsMuch, type EarlySignFacts } from './early-signs.ts'
import { listSessions, type History, type HistoryCheckIn, type Session } from './history.ts'
import { dailyLoads, fosterWeek, loadChange } from './load.ts'
import { localMoment } from './local-day.ts'
import { calmTrend, isNight, lastStreak, weekLevel } from './rhythm.ts'

export type PatternFlag = Flag<PatternFlagKind>

/** What the rules share: everything counted back from one local day. */
interface View {
  readonly history: History
  readonly today: number
  readonly sessions: readonly Session[]
  /** Sessions of the last seven days, today included. */
  readonly week: readonly Session[]
  readonly weekMin: number
  readonly checkIns: readonly (HistoryCheckIn & { readonly day: number })[]
  readonly p: PatternParameters
}

/** All pattern flags that hold as of `atMs`, in the order of `patternFlagKinds`. */
export function findPatternFlags(
  history: History,
  atMs: number,
  ruleSets: readonly RuleSet[],
  p: PatternParameters = patternDefaults,
): PatternFlag[] {
  const view = viewOf(history, atMs, p)
  const found = [
    ...(ruleSets.includes('early_signs') ? flagEarlySigns(view) : []),
    flagNotEasing(view),
    flagFood(view),
    flagTrend(view),
    flagTwoADay(view),
    flagNoRest(view),
    flagWeek(view),
    flagNight(view),
    flagUnplanned(view),
    ...flagLoad(view),
    flagRestDays(view),
  ]
  return found.filter((flag) => flag !== null)
}

function viewOf(history: History, atMs: number, p: PatternParameters): View {
  const today = localMoment(atMs, history.timeZone).day
  const sessions = listSessions(history, atMs, p)
  const week = sessions.filter(({ start }) => start.day > today - p.windowDays)
  const checkIns = history.checkIns
    .filter((checkIn) => checkIn.atMs <= atMs)
    .sort((a, b) => a.atMs - b.atMs)
    .map((checkIn) => ({ ...checkIn, day: localMoment(checkIn.atMs, history.timeZone).day }))
  const weekMin = week.reduce((sum, { movingMin }) => sum + movingMin, 0)
  return { history, today, sessions, week, weekMin, checkIns, p }
}

const idsOf = (sessions: readonly Session[]) => sessions.flatMap(({ runs }) => runs.map(({ id }) => id))

function runsPerDay(sessions: readonly Session[]): Map<number, Session[]> {
  const days = new Map<number, Session[]>()
  for (const session of sessions) days.set(session.start.day, [...(days.get(session.start.day) ?? []), session])
  return days
}

/** G6 */
function flagTwoADay({ week, p }: View): PatternFlag | null {
  const busy = [...runsPerDay(week).values()].filter((sessions) => sessions.length >= 2)
  if (busy.length === 0) return null
  return makeFlag('G6.two_a_day', busy.length >= p.twoADayAttentionDays ? 'attention' : 'note', {
    days: busy.length,
    mostADay: Math.max(...busy.map(({ length }) => length)),
    runIds: idsOf(busy.flat()),
  })
}

/** G7 */
function flagNoRest({ sessions, today, p }: View): PatternFlag | null {
  const days = sessions.map(({ start }) => start.day)
  const lastDay = days.at(-1)
  if (lastDay === undefined || lastDay <= today - p.windowDays) return null
  const streak = lastStreak(days)
  if (streak < p.noRestNoteDays) return null
  const runIds = idsOf(sessions.filter(({ start }) => start.day > lastDay - streak))
  return makeFlag('G7.no_rest_day', streak >= p.noRestAttentionDays ? 'attention' : 'note', { days: streak, runIds })
}

/** G8 */
function flagWeek({ history, week, weekMin, p }: View): PatternFlag | null {
  const { weekMin: planMin } = history.plan
  const level = planMin === null ? null : weekLevel(weekMin, planMin, p)
  return level && makeFlag('G8.week_minutes', level, { weekMin, planMin, runIds: idsOf(week) })
}

/** G9 */
function flagNight({ week, p }: View): PatternFlag | null {
  const nights = week.filter(({ start }) => isNight(start.hour, p))
  if (nights.length === 0) return null
  const level = nights.length >= p.nightAttentionRuns ? 'attention' : 'note'
  return makeFlag('G9.night', level, { runs: nights.length, runIds: idsOf(nights) })
}

/** G10 */
function flagTrend({ sessions, today, p }: View): PatternFlag | null {
  const judged = sessions
    .flatMap(({ runs, start }) => runs.map((run) => ({ run, day: start.day })))
    .filter(({ run }) => !run.verdict.startsWith('cannot_tell') && run.calmShare !== null)
    .slice(-p.trendRuns)
  const last = judged.at(-1)
  if (last === undefined || last.day <= today - p.windowDays) return null
  const shares = judged.map(({ run }) => run.calmShare ?? 0)
  const { slopePerRun, falling } = calmTrend(shares, p)
  if (!falling) return null
  return makeFlag('G10.calm_share_falling', 'attention', {
    slopePerRun,
    shares,
    runIds: judged.map(({ run }) => run.id),
  })
}

/** G11 */
function flagNotEasing({ sessions, today, p }: View): PatternFlag | null {
  const last = sessions
    .flatMap(({ runs, start }) => runs.map((run) => ({ run, day: start.day })))
    .slice(-p.notEasingOfRuns)
  const urgent = last.filter(({ run }) => run.urgent)
  const latest = urgent.at(-1)
  if (latest === undefined || latest.day <= today - p.windowDays || urgent.length < p.notEasingRuns) return null
  return makeFlag('G11.not_easing', 'attention', {
    runs: urgent.length,
    ofRuns: last.length,
    runIds: urgent.map(({ run }) => run.id),
  })
}

/** G12 */
function flagUnplanned({ history, week, p }: View): PatternFlag | null {
  const { weekdays } = history.plan
  if (weekdays === null) return null
  const outside = week.filter(({ start }) => !weekdays.includes(start.weekday))
  if (outside.length < p.unplannedRuns) return null
  return makeFlag('G12.unplanned', 'note', { runs: outside.length, runIds: idsOf(outside) })
}

/** G13, and the other picture that is shown beside it. */
function flagEarlySigns(view: View): PatternFlag[] {
  const facts = earlySignFacts(view)
  const signs = judgeEarlySigns(facts, view.p)
  const toldAtMs = view.checkIns.findLast(({ sleepH, mood, energy }) => (sleepH ?? mood ?? energy) !== null)?.atMs
  const flags: PatternFlag[] = []
  if (signs.level !== null) {
    // Where running is one of the signs, each run adds to it.
    const runIds = runsMuch(facts, view.p) ? idsOf(view.week) : []
    flags.push(makeFlag('G13.early_signs', signs.level, { ...signs, ...facts, toldAtMs, runIds }))
  }
  if (isShortSleepLowEnergy(facts, view.p)) {
    const { sleepH, mood, energy } = facts
    flags.push(makeFlag('G13.short_sleep_low_energy', 'attention', { sleepH, mood, energy, toldAtMs }))
  }
  return flags
}

function earlySignFacts({ history, checkIns, today, week, weekMin, p }: View): EarlySignFacts {
  const of = (pick: (checkIn: HistoryCheckIn) => number | null) => {
    const told = checkIns.map((checkIn) => ({ day: checkIn.day, value: pick(checkIn) }))
    const newest = told.findLast(({ value }) => value !== null)
    const last = newest !== undefined && today - newest.day <= p.toldNewestDays ? newest.value : null
    return { pair: lastTwoOf(told, today, p), last, usual: usualOf(told, today, p) }
  }
  const sleep = of(({ sleepH }) => sleepH)
  const mood = of((checkIn) => checkIn.mood)
  const energy = of((checkIn) => checkIn.energy)
  return {
    sleepH: sleep.pair,
    usualSleepH: sleep.usual,
    mood: mood.pair,
    usualMood: mood.usual,
    energy: energy.last,
    usualEnergy: energy.usual,
    mostRunsADay: Math.max(0, ...[...runsPerDay(week).values()].map(({ length }) => length)),
    weekMin,
    planMin: history.plan.weekMin,
    usualWeekMin: null,
  }
}

/** G4 and G5, from session RPE where every run has one, else from minutes. */
function flagLoad({ sessions, today, p }: View): PatternFlag[] {
  const { loads: daily, loadOf } = dailyLoads(sessions, today)
  if (daily.length === 0) return []
  const flags: PatternFlag[] = []
  const change = loadChange(daily, p)
  if (change.ratio !== null && change.ratio > p.changeNoteRatio + SLACK)
    flags.push(makeFlag('G4.change', 'note', { ...change, loadOf }))
  const lastWeek = daily.slice(-p.windowDays)
  const { monotony, strain } = fosterWeek(lastWeek)
  const runDays = lastWeek.filter((load) => load > 0).length
  if (lastWeek.length === p.windowDays && monotony !== null && monotony > p.monotonyNote + SLACK)
    if (runDays >= p.monotonyMinRunDays)
      flags.push(makeFlag('G5.monotony', 'note', { monotony, strain, runDays, loadOf }))
  return flags
}

/** G14: hints that rest days are hard to take. The questionnaire itself is no part of this. */
function flagRestDays(view: View): PatternFlag | null {
  const { checkIns, sessions, today, p } = view
  const recent = checkIns.filter(({ day }) => day > today - p.restHintDays)
  const ranOn = (day: number) => sessions.some(({ start }) => start.day === day)
  const hints = {
    ranDespiteNotToday: recent.some(({ day, result }) => result === 'not_today' && ranOn(day)),
    ranWithPain:
      recent.filter(({ day, painNrs }) => painNrs !== null && painNrs >= p.painAt && ranOn(day)).length >= p.painTimes,
    noRestDay: flagNoRest(view)?.level === 'attention',
    upsetByRest: recent.some(({ upsetByRest }) => upsetByRest),
  }
  const count = Object.values(hints).filter(Boolean).length
  return count >= p.restHints ? makeFlag('G14.rest_days', 'note', { ...hints, hints: count }) : null
}

/** G15 */
function flagFood({ checkIns, today, p }: View): PatternFlag | null {
  const told = checkIns.filter(({ day, mealsForRunning }) => mealsForRunning && day > today - p.windowDays)
  const last = told.at(-1)
  return last === undefined ? null : makeFlag('G15.food', 'attention', { times: told.length, toldAtMs: last.atMs })
}
