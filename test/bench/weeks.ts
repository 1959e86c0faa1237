// `weeks`: weeks of made clients through the product's own import, judging and raising with the clock moved: who is in the
// waiting list that matters, who is and does not, and who is missed. Figures depend on the model of heart, sensor and habit
// (fixtures/weeks): they compare rules, they are no field rates.
import { isKind, kindNames, makeClient, onsetKinds, standingOf, type Kind } from '../../fixtures/weeks/kinds.ts'
import { median } from '../../src/domain/statistics.ts'
import { playClient, type Supervisor } from '../support/weeks/play-client.ts'
import type { BenchOptions, BenchReport, Progress, Table, Yardstick } from './report.ts'
import { countKind, countSilentDays, missedOf, rowsAWeek, type KindCount, type SilentDays } from './weeks/count.ts'
import { clientsOf, toPractice, type Practice } from './weeks/practice.ts'

const SEEDS = 4
/** The first kind of each standing. */
const smokeKinds = kindNames.filter(
  (kind) => kind === kindNames.find((other) => standingOf(other) === standingOf(kind)),
)

interface Found {
  readonly counts: readonly KindCount[]
  /** Of changed kinds, when everything is closed each morning. */
  readonly silent: ReadonlyMap<string, SilentDays>
}

/** @param options `kinds` and `seeds` for a part of it: then the practice has no yardsticks */
export async function benchWeeks(progress: Progress, options: BenchOptions): Promise<BenchReport> {
  const { kinds, smoke = false, seeds = smoke ? 1 : SEEDS } = options
  const asked = kinds?.filter(isKind) ?? (smoke ? smokeKinds : kindNames)
  const unknown = kinds?.filter((kind) => !isKind(kind)) ?? []
  if (unknown.length > 0) throw new Error(`unknown kind: ${unknown.join(', ')}; there are ${kindNames.join(', ')}`)
  const counts: KindCount[] = []
  const silent = new Map<string, SilentDays>()
  for (const kind of asked) {
    counts.push(countKind(kind, standingOf(kind), await playAll(progress, kind, seeds, 'closes_each_week')))
    if (standingOf(kind) === 'changed')
      silent.set(kind, countSilentDays(await playAll(progress, kind, seeds, 'closes_each_morning')))
  }
  const isWhole = asked.length === kindNames.length
  return toReport({ counts, silent }, isWhole, seeds)
}

async function playAll(progress: Progress, kind: Kind, seeds: number, supervisor: Supervisor) {
  const played = []
  for (let seed = 1; seed <= seeds; seed++) {
    progress(`weeks: ${kind}, seed ${seed} of ${seeds}, ${supervisor}`)
    played.push(await playClient(makeClient(kind, seed), supervisor))
  }
  return played
}

function toReport(found: Found, isWhole: boolean, seeds: number): BenchReport {
  const { counts, silent } = found
  const practice = toPractice(counts)
  const runs = counts.reduce((sum, { hardRuns }) => sum + hardRuns, 0)
  return {
    yardsticks: [...(isWhole ? practiceYardsticks(practice) : []), ...reachYardsticks(found)],
    tables: [kindTable(counts, silent), flagTable(practice), sourceTable(counts)],
    notes: [
      `${seeds} made clients of each kind, 8 to 16 weeks each; ${runs} truly hard runs`,
      'a supervisor closes all that waits each Monday; for silent run days each morning',
      'rows of changed kinds count from the change on; before it they are in the column before',
      'practice: 90 calm, 4 whose limit or plan is out of date, 6 after the onset of something',
    ],
  }
}

const practiceYardsticks = ({ rows, precision, falsePer100 }: Practice): Yardstick[] => [
  { what: 'rows a week, practice of 100', value: rows, must: 'at most', limit: 40, unit: 'rows' },
  { what: 'precision', value: precision, must: 'at least', limit: 0.75, unit: 'of the rows' },
  { what: 'false rows', value: falsePer100, must: 'at most', limit: 6, unit: 'in 100 calm client-weeks' },
]

function reachYardsticks({ counts, silent }: Found): Yardstick[] {
  const has = (kind: Kind) => counts.find((count) => count.kind === kind)
  const onset = onsetKinds.flatMap((kind) => has(kind) ?? [])
  const sum = (pick: (count: KindCount) => number, of: readonly KindCount[] = counts) =>
    of.reduce((total, count) => total + pick(count), 0)
  const none = (what: string, value: number, unit: string): Yardstick => ({
    what,
    value,
    must: 'at most',
    limit: 0,
    unit,
  })
  const first = (what: string, kind: Kind, limit: number): Yardstick[] => {
    const count = has(kind)
    if (count === undefined) return []
    const value = median(count.daysToFirst) ?? Infinity
    return [{ what: `days to the first row, median: ${what}`, value, must: 'at most', limit, unit: 'days' }]
  }
  const silentPercent = onset.flatMap(({ kind }) => percentOf(silent.get(kind)) ?? [])
  return [
    none('missed onsets', sum(missedOf, onset), `of ${sum(({ clients }) => clients, onset)}`),
    none('missed: compulsive, sinking', sum(missedOf, [has('compulsive') ?? [], has('sinking') ?? []].flat()), ''),
    ...first('abrupt', 'abrupt_mania', 1),
    ...first('hypomania', 'hypomania', 5),
    ...first('silent', 'abrupt_sharing_nothing', 1),
    { what: 'silent run days, worst kind', value: Math.max(0, ...silentPercent), must: 'at most', limit: 2, unit: '%' },
    none(
      'truly hard runs without attention',
      sum(({ hardRunsUnseen }) => hardRunsUnseen),
      '',
    ),
    none(
      'truly hard runs without F1 or F9',
      sum(({ hardRunsWithoutIntensity }) => hardRunsWithoutIntensity),
      '',
    ),
  ]
}

const percentOf = (days: SilentDays | undefined): number | null =>
  days === undefined || days.runDays === 0 ? null : (100 * days.silent) / days.runDays

function kindTable(counts: readonly KindCount[], silent: Found['silent']): Table {
  const orDash = (value: number | null) => (value === null || !Number.isFinite(value) ? '-' : value.toFixed(1))
  return {
    head: [
      'kind',
      'of 100',
      'weeks',
      'rows a week',
      'practice',
      'before',
      'missed',
      'days',
      'silent %',
      'hard',
      'unseen',
    ],
    rows: counts.map((count) => [
      count.kind,
      clientsOf(count.kind).toFixed(1),
      count.weeks.toFixed(0),
      rowsAWeek(count).toFixed(2),
      (clientsOf(count.kind) * rowsAWeek(count)).toFixed(2),
      count.before.weeks === 0 ? '-' : (count.before.rows / count.before.weeks).toFixed(2),
      count.standing === 'changed' ? `${missedOf(count)}/${count.clients}` : '-',
      count.daysToFirst.length === 0 ? '-' : orDash(median(count.daysToFirst)),
      orDash(percentOf(silent.get(count.kind))),
      String(count.hardRuns),
      `${count.hardRunsUnseen}/${count.hardRunsWithoutIntensity}`,
    ]),
  }
}

const flagTable = ({ byFlag }: Practice): Table => ({
  head: ['flag, rows a week in the practice', 'calm', 'others'],
  rows: byFlag.map(({ flag, calm, others }) => [flag, calm.toFixed(2), others.toFixed(2)]),
})

/** Where false rows come from. */
const sourceTable = (counts: readonly KindCount[]): Table => ({
  head: ['calm kind', 'its rows, in 100 client-weeks'],
  rows: counts
    .filter(({ standing, rows }) => standing === 'calm' && rows.size > 0)
    .map(({ kind, rows, weeks }) => [
      kind,
      [...rows]
        .toSorted((a, b) => b[1] - a[1])
        .map(([flag, count]) => `${flag} ${((100 * count) / weeks).toFixed(1)}`)
        .join(', '),
    ]),
})
