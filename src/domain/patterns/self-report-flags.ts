// Rules G13 to G15 and G18 as flags: what a client tells, beside their running. Each names the moment of telling that it rests
// on, so that the list knows when something new was told.
import { lastTwoOf, usualOf } from '../check-in/usual.ts'
import { earlySigns } from '../evidence.ts'
import { makeFinding, type Finding, type PatternFlagKind } from '../finding.ts'
import { isShortSleepLowEnergy, judgeEarlySigns, runsMuch, type EarlySignFacts } from './early-signs.ts'
import type { HistoryCheckIn } from './history.ts'
import { flagNoRest } from './rhythm-flags.ts'
import { idsOf, mostADay, type View } from './view.ts'

type PatternFlag = Finding<PatternFlagKind>
type DatedReport = View['checkIns'][number]

/** product choice: what was told so long before or after a run is of that run. */
const NIGHT_MS = 6 * 3_600_000

/** G13, and the other picture that is shown beside it. */
export function flagEarlySigns(view: View): PatternFlag[] {
  const facts = earlySignFacts(view)
  const signs = judgeEarlySigns(facts, view.p)
  const toldAtMs = view.checkIns.findLast(({ sleepH, mood, energy }) => (sleepH ?? mood ?? energy) !== null)?.atMs
  const flags: PatternFlag[] = []
  if (signs.level !== null) {
    // Where running is one of the signs, each run adds to it.
    const runIds = runsMuch(facts, view.p) ? idsOf(view.countedWeek) : []
    const holding = earlySigns.filter((sign) => signs[sign])
    flags.push(makeFinding('G13.early_signs', signs.level, { signs: holding, ...facts, toldAtMs, runIds }))
  }
  if (isShortSleepLowEnergy(facts, view.p)) {
    const { sleepH, mood, energy } = facts
    flags.push(makeFinding('G13.short_sleep_low_energy', 'attention', { sleepH, mood, energy, toldAtMs }))
  }
  return flags
}

function earlySignFacts({ history, checkIns, today, countedWeek, weekMin, usualWeekMin, p }: View): EarlySignFacts {
  const of = (pick: (checkIn: HistoryCheckIn) => number | null) => {
    const reports = checkIns.map((checkIn) => ({ day: checkIn.day, value: pick(checkIn) }))
    const newest = reports.findLast(({ value }) => value !== null)
    const last = newest !== undefined && today - newest.day <= p.toldNewestDays ? newest.value : null
    return { pair: lastTwoOf(reports, today, p), last, usual: usualOf(reports, today, p) }
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
    mostRunsADay: mostADay(countedWeek),
    weekMin,
    planMin: history.plan.weekMin,
    usualWeekMin,
  }
}

/** G14: hints that rest days are hard to take. The questionnaire itself is no part of this. */
export function flagRestDays(view: View): PatternFlag | null {
  const { checkIns, sessions, today, p } = view
  const recent = checkIns.filter(({ day }) => day > today - p.restHintDays)
  // Also over midnight: a check-in is of the run that begins soon after it, pain of the run that ended shortly before it.
  const isSoon = (ms: number) => ms >= 0 && ms < NIGHT_MS
  const ranThatDay = ({ day }: DatedReport) => sessions.some(({ start }) => start.day === day)
  const ranAfter = (report: DatedReport) =>
    ranThatDay(report) || sessions.some(({ runs: [first] }) => isSoon((first?.startedAtMs ?? -Infinity) - report.atMs))
  const ranBefore = (report: DatedReport) =>
    ranThatDay(report) || sessions.some(({ endMs }) => isSoon(report.atMs - endMs))
  const hurt = recent.filter((report) => report.painNrs !== null && report.painNrs >= p.painAt && ranBefore(report))
  const hints = {
    ranDespiteNotToday: recent.some((report) => report.result === 'not_today' && ranAfter(report)),
    ranWithPain: hurt.length >= p.painTimes,
    noRestDay: flagNoRest(view)?.level === 'attention',
    upsetByRest: recent.some(({ upsetByRest }) => upsetByRest),
  }
  const count = Object.values(hints).filter(Boolean).length
  return count >= p.restHints ? makeFinding('G14.rest_days', 'note', { ...hints, hints: count }) : null
}

/** G15 */
export function flagFood({ checkIns, today, p }: View): PatternFlag | null {
  const reports = checkIns.filter(({ day, mealsForRunning }) => mealsForRunning && day > today - p.windowDays)
  const last = reports.at(-1)
  return last === undefined
    ? null
    : makeFinding('G15.food', 'attention', { times: reports.length, toldAtMs: last.atMs })
}

/** G18: told very low once, or low on two told days of a week. Consent for telling covers it; it is no part of the early
 *  signs and is never off. */
export function flagVeryLow({ checkIns, today, p }: View): PatternFlag | null {
  const week = checkIns.filter(({ day }) => day > today - p.windowDays)
  const low = week.filter(({ mood }) => mood !== null && mood <= p.lowMoodAt)
  const days = new Set(low.map(({ day }) => day)).size
  const isVeryLow = low.some(({ mood }) => mood !== null && mood <= p.veryLowMoodAt)
  const last = low.at(-1)
  if (last === undefined || (!isVeryLow && days < p.lowMoodDays)) return null
  const lowestMood = Math.min(...low.map(({ mood }) => mood ?? Infinity))
  return makeFinding('G18.very_low', 'attention', { toldMood: last.mood, lowestMood, days, toldAtMs: last.atMs })
}
