// Evidence: what a rule used when it found something. One type for each kind of finding, and one table with the unit of each
// number: exports and sentences ask the table, nothing guesses a unit from the end of a name.
import type { SpanS } from './recording.ts'

/** Half of a run (rule F3). */
export interface Half {
  readonly meanSpeedMPerS: number
  readonly meanBpm: number
}

/** Signs of rule G13, sides of rule G16, hints of rule G14: in the order in which they are named. */
export const earlySigns = ['sleep', 'mood', 'activity'] as const
export const sides = ['intensity', 'amount', 'rest', 'night'] as const
export type Side = (typeof sides)[number]
export const restHints = ['ranDespiteNotToday', 'ranWithPain', 'noRestDay', 'upsetByRest'] as const
/** What a load is counted in: session RPE where every run has one, else minutes. */
export const loadKinds = ['session_rpe', 'minutes'] as const
export type LoadOf = (typeof loadKinds)[number]

interface Cues {
  readonly times: number
  readonly isGuided: boolean
  readonly spansS: readonly SpanS[]
}
/** The runs that a pattern rests on. */
interface Runs {
  readonly runIds: readonly string[]
}
/** What a client told last, and when. */
interface Told {
  readonly toldAtMs: number | undefined
}
type Load = { readonly loadOf: LoadOf }
type Pair = readonly [number, number]

/** What each rule gives with its finding. `spansS` are the stretches of the run that a chart points at. */
export interface EvidenceOf {
  'F1.above': {
    readonly aboveS: number
    readonly goodS: number
    readonly movingS: number
    readonly aboveShare: number
    readonly spansS: readonly SpanS[]
  }
  'F2.peak': {
    readonly peakBpm: number
    readonly hardBpm: number
    readonly heldS: number
    readonly spansS: readonly SpanS[]
  }
  'F3.decoupling': {
    readonly percent: number
    readonly first: Half
    readonly second: Half
    readonly spansS: readonly SpanS[]
  }
  'F4.recovery': {
    readonly endBpm: number
    readonly d60Bpm: number | null
    readonly d120Bpm: number | null
    readonly slow: readonly ('slow60' | 'slow120')[]
    readonly spansS: readonly SpanS[]
  }
  'F5.longer': { readonly movingMin: number; readonly plannedMin: number; readonly ratio: number }
  'F6.rising': {
    readonly slopeBpmPerMin: number | null
    readonly meanLast5Bpm: number | null
    readonly ceilingBpm: number
    readonly spansS: readonly SpanS[]
  }
  'F7.no_breaks': {
    readonly planned: number
    readonly plannedWalkS: number
    readonly found: number
    readonly share: number
    readonly walkedS: number
    readonly spansS: readonly SpanS[]
  }
  'F8.start': { readonly nowBpm: number; readonly usualBpm: number | null }
  'F9.hard': Cues
  'F9.not_easing': Cues
  'F10.possible_misreading': {
    readonly times: number
    readonly isConfirmed: boolean
    readonly markedShare: number
    readonly spansS: readonly SpanS[]
  }
  'G4.change': { readonly acute: number | null; readonly chronic: number | null; readonly ratio: number } & Load
  'G5.monotony': { readonly monotony: number; readonly strain: number | null; readonly runDays: number } & Load
  'G6.two_a_day': { readonly days: number; readonly mostADay: number } & Runs
  'G7.no_rest_day': { readonly days: number } & Runs
  /** Against the plan, or without one against a usual week. */
  'G8.week_minutes': { readonly weekMin: number } & Runs &
    ({ readonly planMin: number } | { readonly usualWeekMin: number | null })
  'G9.night': { readonly runs: number; readonly fromHour: number; readonly toHour: number } & Runs
  'G10.calm_share_falling': { readonly slopePerRun: number | null; readonly shares: readonly number[] } & Runs
  'G11.not_easing': { readonly runs: number; readonly ofRuns: number } & Runs
  'G12.unplanned': { readonly runs: number } & Runs
  'G13.early_signs': {
    readonly signs: readonly (typeof earlySigns)[number][]
    readonly sleepH: Pair | null
    readonly usualSleepH: number | null
    readonly mood: Pair | null
    readonly usualMood: number | null
    readonly energy: number | null
    readonly usualEnergy: number | null
    readonly mostRunsADay: number
    readonly weekMin: number
    readonly planMin: number | null
    readonly usualWeekMin: number | null
  } & Told &
    Runs
  'G13.short_sleep_low_energy': {
    readonly sleepH: Pair | null
    readonly mood: Pair | null
    readonly energy: number | null
  } & Told
  'G14.rest_days': { readonly hints: number } & Readonly<Record<(typeof restHints)[number], boolean>>
  'G15.food': { readonly times: number } & Told
  'G16.several_at_once': {
    readonly sides: readonly Side[]
    readonly sidesCount: number
    readonly kinds: readonly string[]
  } & Runs
  'G18.very_low': { readonly toldMood: number | null; readonly lowestMood: number; readonly days: number } & Told
}

/** What the number of a piece of evidence counts. `score` is a client's own, 0 to 10; `load` is minutes times effort or minutes. */
export type EvidenceUnit =
  | 'bpm'
  | 'bpm_per_min'
  | 'm_per_s'
  | 's'
  | 'min'
  | 'h'
  | 'hour_of_day'
  | 'epoch_ms'
  | 'percent'
  | 'share'
  | 'share_per_run'
  | 'ratio'
  | 'count'
  | 'score'
  | 'load'

type Members<Made> = Made extends unknown ? keyof Made : never
type ValueOf<Made, Name> = Made extends unknown ? (Name extends keyof Made ? NonNullable<Made[Name]> : never) : never
/** Names under which numbers stand: alone, in a list, or in a part. */
type NumberNames<Made> = {
  [Name in Members<Made> & string]: ValueOf<Made, Name> extends infer Value
    ? Value extends number | readonly number[]
      ? Name
      : Value extends Half
        ? keyof Half
        : never
    : never
}[Members<Made> & string]

type Made = EvidenceOf[keyof EvidenceOf]
/** Each name that some kind of evidence has. */
export type EvidenceName = Members<Made>
/** Each name of evidence under which numbers stand. */
export type EvidenceNumber = NumberNames<Made>

/** The unit of every number of evidence: a new one does not compile before it has its unit here, an old one not while it stays. */
export const evidenceUnits = {
  aboveS: 's',
  goodS: 's',
  movingS: 's',
  aboveShare: 'share',
  peakBpm: 'bpm',
  hardBpm: 'bpm',
  heldS: 's',
  percent: 'percent',
  meanSpeedMPerS: 'm_per_s',
  meanBpm: 'bpm',
  endBpm: 'bpm',
  d60Bpm: 'bpm',
  d120Bpm: 'bpm',
  movingMin: 'min',
  plannedMin: 'min',
  ratio: 'ratio',
  slopeBpmPerMin: 'bpm_per_min',
  meanLast5Bpm: 'bpm',
  ceilingBpm: 'bpm',
  planned: 'count',
  plannedWalkS: 's',
  found: 'count',
  share: 'share',
  walkedS: 's',
  nowBpm: 'bpm',
  usualBpm: 'bpm',
  times: 'count',
  markedShare: 'share',
  acute: 'load',
  chronic: 'load',
  monotony: 'ratio',
  strain: 'load',
  runDays: 'count',
  days: 'count',
  mostADay: 'count',
  weekMin: 'min',
  planMin: 'min',
  usualWeekMin: 'min',
  runs: 'count',
  fromHour: 'hour_of_day',
  toHour: 'hour_of_day',
  slopePerRun: 'share_per_run',
  shares: 'share',
  ofRuns: 'count',
  sleepH: 'h',
  usualSleepH: 'h',
  mood: 'score',
  usualMood: 'score',
  energy: 'score',
  usualEnergy: 'score',
  mostRunsADay: 'count',
  toldAtMs: 'epoch_ms',
  hints: 'count',
  sidesCount: 'count',
  toldMood: 'score',
  lowestMood: 'score',
} as const satisfies Readonly<Record<EvidenceNumber, EvidenceUnit>>

/** The unit of a number in stored evidence; null for a name that this version does not know. */
export const unitOfEvidence = (name: string): EvidenceUnit | null =>
  Object.hasOwn(evidenceUnits, name) ? evidenceUnits[name as EvidenceNumber] : null

/** Evidence as it is read: made by this version, or stored by an older one or in an archive of elsewhere. The names are known
 *  to the compiler, what stands under them is asked where it is read. */
export type Evidence = { readonly [Name in EvidenceName]?: unknown }

/** The number under a name; null where there is none. */
export function numberIn(evidence: Evidence, name: EvidenceName & EvidenceNumber): number | null {
  const value = evidence[name]
  return typeof value === 'number' ? value : null
}

/** The runs that a pattern rests on; none for a finding of one run. */
export const runIdsIn = ({ runIds }: Evidence): readonly string[] =>
  Array.isArray(runIds) ? runIds.filter((id) => typeof id === 'string') : []

/** The stretches of the run that the rule used; none where it points at the run as a whole. */
export const spansIn = ({ spansS }: Evidence): readonly SpanS[] => (Array.isArray(spansS) ? spansS.filter(isSpan) : [])

const isSpan = (span: unknown): span is SpanS =>
  Array.isArray(span) && span.length === 2 && span.every((edge) => typeof edge === 'number')
