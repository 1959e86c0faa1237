// Sections F, G and H of the rule book under the names that vectors call them by. Called by `rules.ts` only.
import { decouplingPercent } from '../domain/flags/decoupling.ts'
import { judgeRecovery } from '../domain/flags/recovery.ts'
import { judgeEndOfRun } from '../domain/flags/rising.ts'
import { overPlanLevel } from '../domain/flags/run-flags.ts'
import { startLevel } from '../domain/flags/start-heart-rate.ts'
import { findWalkBreaks } from '../domain/flags/walk-breaks.ts'
import { patternDefaults } from '../domain/parameters/pattern.ts'
import { judgeEarlySigns } from '../domain/patterns/early-signs.ts'
import * as load from '../domain/patterns/load.ts'
import { calmTrend, isNight, longestStreak, overUsualLevel, usualWeekMin } from '../domain/patterns/rhythm.ts'
import { computeDfa } from '../domain/rr/dfa.ts'
import { fillArtefacts } from '../domain/rr/fill.ts'
import { removeTrend } from '../domain/rr/smoothness-priors.ts'
import * as read from './vector-inputs.ts'
import type { RuleFunction } from './vector-inputs.ts'

export const ruleFunctionsFToH: Readonly<Record<string, RuleFunction>> = {
  decoupling({ halves }) {
    const [first, second] = read.list(halves).map((half) => {
      const [meanSpeedMPerS, meanBpm] = read.list(half)
      return { meanSpeedMPerS: read.number(meanSpeedMPerS), meanBpm: read.number(meanBpm) }
    })
    if (first === undefined || second === undefined) throw new TypeError('expected two halves')
    return decouplingPercent(first, second)
  },
  hrRecovery({ endHr, hr60, hr120 }) {
    const found = judgeRecovery(read.number(endHr), read.numberOrNull(hr60), read.numberOrNull(hr120))
    return { d60: found.d60Bpm, d120: found.d120Bpm, flags: found.slow }
  },
  overPlan: ({ actualMin, plannedMin }) => overPlanLevel(read.number(actualMin), read.number(plannedMin)),
  notEasingEnd(inputs) {
    const { timesS, bpm } = read.samples(inputs['samples'])
    const found = judgeEndOfRun(timesS, bpm, read.number(inputs['end']), read.number(inputs['ceiling']))
    return { slope: found.slopeBpmPerMin, meanLast5: found.meanLast5Bpm, flag: found.rising }
  },
  walkBreaks({ isWalking, dt, plannedN, plannedWalkS }) {
    const planned = { count: read.number(plannedN), walkS: read.number(plannedWalkS) }
    const found = findWalkBreaks(read.list(isWalking).map(read.flag), read.number(dt), planned)
    return { found: found.breaks.length, share: found.share, flag: found.tooFew }
  },
  startHr: ({ now, history }) => startLevel({ nowBpm: read.number(now), earlierBpm: read.numbers(history) }),
  ewma({ loads, N7, N28 }) {
    const [acuteDays, chronicDays] = [read.numberOrNull(N7), read.numberOrNull(N28)]
    return load.loadChange(read.numbers(loads), patternDefaults, acuteDays ?? undefined, chronicDays ?? undefined)
  },
  foster: ({ dailyLoads }) => load.fosterWeek(read.numbers(dailyLoads)),
  trimpBanister: ({ minutes, hr, rest, max, sex }) =>
    load.banisterTrimp(
      [{ minutes: read.number(minutes), bpm: read.number(hr) }],
      read.numberOrNull(rest),
      read.numberOrNull(max),
      sexOf(sex),
    ),
  trimpSum: ({ parts, rest, max, sex }) =>
    load.banisterTrimp(partsOf(parts), read.numberOrNull(rest), read.numberOrNull(max), sexOf(sex)),
  edwards: ({ parts, max }) => load.edwardsLoad(partsOf(parts), read.number(max)),
  srpe: ({ rpe, minutes }) => load.sessionRpeLoad(read.number(rpe), read.number(minutes)),
  nightRun: ({ localHour }) => isNight(read.number(localHour)),
  longestStreak: ({ dayNumbers }) => longestStreak(read.numbers(dayNumbers)),
  calmTrend({ shares }) {
    const { slopePerRun, falling } = calmTrend(read.numbers(shares))
    return { slope: slopePerRun, flag: falling }
  },
  weekOverUsual: ({ weekMin, weeks }) => overUsualLevel(read.number(weekMin), usualWeekMin(read.numbers(weeks))),
  earlySigns(inputs) {
    const of = (name: string) => read.numberOrNull(inputs[name])
    const signs = judgeEarlySigns({
      sleepH: pairOf(inputs['sleep2']),
      usualSleepH: of('usualSleep'),
      mood: pairOf(inputs['mood2']),
      usualMood: of('usualMood'),
      energy: of('energy'),
      usualEnergy: of('usualEnergy'),
      mostRunsADay: of('runsMax') ?? 0,
      weekMin: of('weekMin') ?? 0,
      planMin: of('planMin'),
      usualWeekMin: null,
    })
    return { ...signs, level: signs.level ?? 'none' }
  },
  dfaAlpha1({ rr, n1, n2, order }) {
    const dfa = computeDfa(read.numbers(rr), read.number(n1 ?? 4), read.number(n2 ?? 16), order === 2 ? 2 : 1)
    const { alpha, fluctuation } = dfa
    return { alpha, F: fluctuation, F4: fluctuation[0] ?? null, F16: fluctuation.at(-1) ?? null }
  },
  smoothnessPriors: ({ z, lambda }) => removeTrend(read.numbers(z), read.number(lambda)),
  rrFill: ({ rr, bad }) => fillArtefacts(read.numbers(rr), read.list(bad).map(read.flag)),
}

const sexOf = (sex: unknown): load.LoadSex => (sex === 'f' || sex === 'm' ? sex : null)

const partsOf = (parts: unknown): load.LoadPart[] =>
  read.list(parts).map((part) => {
    const [minutes, bpm] = read.list(part)
    return { minutes: read.number(minutes), bpm: read.number(bpm) }
  })

function pairOf(value: unknown): readonly [number, number] | null {
  if (value === null || value === undefined) return null
  const [before, last] = read.list(value).map(read.numberOrNull)
  return before == null || last == null ? null : [before, last]
}
