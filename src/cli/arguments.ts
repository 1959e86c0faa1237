// Parses the arguments of `check` into one validated value. Wrong usage is a value with a one-line reason.
import { parseArgs } from 'node:util'
import type { CalmZone } from '../domain/calm-zone.ts'
import { resolveZone } from '../domain/zone/resolve-zone.ts'
import { zoneProblems } from '../domain/zone/validate-zone.ts'

export interface CheckOptions {
  readonly paths: readonly string[]
  readonly zone: CalmZone
  readonly plannedMin: number | null
  /** IANA zone for showing starts; null shows the device's own offset, else the machine's. */
  readonly timeZone: string | null
  readonly json: boolean
}
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

export function parseCheck(args: readonly string[]): Parsed<CheckOptions> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(args)
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  const { values, positionals } = parsed
  if (positionals.length === 0) return wrong('check needs at least one file or folder')
  const numbers: Record<string, number | null> = {}
  for (const name of ['ceiling', 'hard', 'age', 'rest', 'plan-min'] as const) {
    const text = values[name]
    const value = text === undefined ? null : Number(text)
    if (value !== null && (text?.trim() === '' || !Number.isFinite(value)))
      return wrong(`--${name} is not a number: ${text}`)
    numbers[name] = value
  }
  const plannedMin = numbers['plan-min'] ?? null
  if (plannedMin !== null && plannedMin <= 0) return wrong('--plan-min must be above 0')
  if (values.tz !== undefined && !isTimeZone(values.tz)) return wrong(`--tz is no known time zone: ${values.tz}`)
  const ceiling = numbers['ceiling'] ?? null
  if (numbers['hard'] !== null && ceiling === null) return wrong('--hard needs --ceiling')
  const resolved = resolveZone({
    ageYears: numbers['age'] ?? null,
    restBpm: numbers['rest'] ?? null,
    manualCeilingBpm: ceiling,
    manualHardBpm: numbers['hard'] ?? null,
    // A ceiling typed here is a person's own word: an age estimate must not veto it (rule B8, note).
    overrideAgeEstimate: true,
  })
  if (!resolved.ok) return wrong(resolved.problems.map((problem) => `${problem}: ${zoneProblems[problem]}`).join(' '))
  return {
    ok: true,
    value: {
      paths: positionals,
      zone: resolved.zone,
      plannedMin,
      timeZone: values.tz ?? null,
      json: values.json ?? false,
    },
  }
}

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ceiling: { type: 'string' },
      hard: { type: 'string' },
      age: { type: 'string' },
      rest: { type: 'string' },
      'plan-min': { type: 'string' },
      tz: { type: 'string' },
      json: { type: 'boolean' },
    },
  })

const wrong = (reason: string) => ({ ok: false, reason }) as const

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}
