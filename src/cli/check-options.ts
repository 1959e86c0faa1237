// The options of `check`, as they were typed, as one validated value. Wrong usage is a value with a one-line reason.
import type { CalmZone } from '../domain/calm-zone.ts'
import { resolveZone } from '../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../domain/zone/validate-zone.ts'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly zone: CalmZone
  readonly plannedMin: number | null
  /** IANA zone for showing starts; null shows the device's own offset, else the machine's. */
  readonly timeZone: string | null
  /** Each file of an archive by itself, also what is no run. */
  readonly all: boolean
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

const numberNames = ['ceiling', 'hard', 'age', 'rest', 'plan-min'] as const

/** @param typed values of options by their name, without the dashes */
export function readCheckOptions(
  paths: readonly string[],
  typed: Readonly<Record<string, string | undefined>>,
): Parsed<CheckOptions> {
  if (paths.includes('')) return wrong('a path is empty')
  const numbers: Record<string, number | null> = {}
  for (const name of numberNames) {
    const text = typed[name]
    if (text === '') return wrong(`--${name} needs a number`)
    const value = text === undefined ? null : readNumber(text)
    if (Number.isNaN(value)) return wrong(`--${name} is not a number: ${text}`)
    numbers[name] = value
  }
  const { ceiling = null, hard = null, age = null, rest = null, 'plan-min': plannedMin = null } = numbers
  if (plannedMin !== null && plannedMin <= 0) return wrong('--plan-min must be above 0')
  const timeZone = typed['tz'] ?? null
  if (timeZone !== null && !isTimeZone(timeZone))
    return wrong(`--tz is no known time zone: ${timeZone} (as Europe/Amsterdam)`)
  if (hard !== null && ceiling === null) return wrong('--hard needs --ceiling')
  const resolved = resolveZone({
    ageYears: age,
    restBpm: rest,
    manualCeilingBpm: ceiling,
    manualHardBpm: hard,
    // A ceiling typed here is a person's own word: an age estimate must not veto it (rule B8, note).
    overrideAgeEstimate: true,
  })
  if (!resolved.ok) {
    // A hard limit that nobody typed follows from the ceiling: what is wrong is that one.
    const own = resolved.problems.filter((problem) => hard !== null || !problem.startsWith('HARD'))
    const named = own.length === 0 ? resolved.problems : own
    return wrong(named.map((problem) => `${problem}: ${zoneProblems[problem]}`).join(' '))
  }
  return { ok: true, value: { paths, zone: resolved.zone, plannedMin, timeZone, all: typed['all'] === 'true' } }
}

/** As people write one: no hexadecimal, no exponent, no empty text. */
const readNumber = (text: string): number => (/^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN)

const wrong = (reason: string) => ({ ok: false, reason }) as const

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}
