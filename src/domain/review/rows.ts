// Rows of the list and what is seen of a client since: which occurrence is new and waits, which is told beside a row that is
// there, what a row says from then on, and which row says what never held. De-duplication is for open rows only: closing one
// silences nothing, and calling one unfounded keeps its kind quiet for 28 days, but never HARD and never a rise of level.
import { findEchoes } from './echoes.ts'
import type { OverReason } from './flag-state.ts'
import { runIdsIn } from '../evidence.ts'
import { isSameEvidence } from './same-evidence.ts'
import type { FlagKind } from '../finding.ts'
import {
  isSameMoment,
  neverQuietKinds,
  rankOf,
  selfReportKinds,
  type RaisedLevel,
  type FindingOccurrence,
} from './finding-occurrences.ts'
import { patternDefaults, type PatternParameters } from '../parameters/pattern.ts'
import { localMoment } from '../patterns/local-day.ts'

const DAY_MS = 86_400_000

/** One occurrence that a row was raised for or that was told beside it. What it said is null where nobody kept it. */
export interface Seen extends Pick<FindingOccurrence, 'runId' | 'aboutMs' | 'level'> {
  readonly evidence: FindingOccurrence['evidence'] | null
  readonly ruleVersion: string | null
}

/** A row that is there, with everything told beside it. */
export interface KnownRow {
  readonly id: string
  readonly kind: FlagKind
  readonly level: RaisedLevel
  /** What it says: of the newest occurrence at its level. */
  readonly shown: Seen
  /** The occurrence that it was raised for comes first. */
  readonly seen: readonly Seen[]
  /** Null while it waits. `asOver`: nobody was done with it; what it rested on held no more. */
  readonly closed: { readonly atMs: number; readonly asUnfounded: boolean; readonly asOver?: boolean } | null
  /** A person looked at it or took a step. */
  readonly isTouched: boolean
}

/** What becomes of one row. */
export interface RowChange {
  /** Null is a new row. */
  readonly flagId: string | null
  /** Told for the first time, oldest first; a new row is raised for the first of them. */
  readonly occurrences: readonly FindingOccurrence[]
  /** What the row says from now on; null leaves it. */
  readonly shows: Seen | null
  /** Why nothing that it was raised for is its own to say any more; null while something is. */
  readonly over: Exclude<OverReason, 'run_removed'> | null
}

export interface Revision {
  readonly timeZone: string
  /** Whether the rule was asked about this moment now, so that it does not hold there unless it is sighted. */
  readonly isAsked: (kind: FlagKind, seen: Pick<Seen, 'runId' | 'aboutMs'>) => boolean
  /** Whether an occurrence is of a run that counts no more. */
  readonly isGone?: (seen: Pick<Seen, 'runId'>) => boolean
  /** Whether a row may be over without a person: nobody touched it and it never held, or its run is removed. */
  readonly mayBeOver: (row: KnownRow) => boolean
}

/** What occurrences change. What was told before is left out, so that looking twice changes nothing; and while nobody touches a
 *  row it does not matter in which order its occurrences came. */
export function reviseRows(
  occurrences: readonly FindingOccurrence[],
  known: readonly KnownRow[],
  revision: Revision,
  p: PatternParameters = patternDefaults,
): RowChange[] {
  const { timeZone, mayBeOver } = revision
  const rows = known.map(toRow)
  const dayOf = (atMs: number) => localMoment(atMs, timeZone).day
  const echoes = findEchoes(occurrences, (one) =>
    rows.some((row) => row.kind === one.kind && isSilencedBy(row, one, p)),
  )
  const own = occurrences.filter((one) => !echoes.has(one))
  for (const occurrence of own.toSorted((a, b) => a.aboutMs - b.aboutMs)) place(rows, occurrence, dayOf, p)
  for (const row of rows)
    if (row.known !== null && mayBeOver(row.known)) leaveOut(row, { own, echoes: [...echoes] }, revision)
  return rows.flatMap(({ known: before, occurrences, shows, over }) =>
    occurrences.length === 0 && shows === null && over === null
      ? []
      : [{ flagId: before?.id ?? null, occurrences, shows, over }],
  )
}

/** A row while its occurrences are gone through. */
interface Row {
  readonly known: KnownRow | null
  readonly kind: FlagKind
  level: RaisedLevel
  shown: Seen
  readonly seen: Seen[]
  readonly occurrences: FindingOccurrence[]
  shows: Seen | null
  over: RowChange['over']
}

const toRow = (known: KnownRow): Row => ({
  known,
  kind: known.kind,
  level: known.level,
  shown: known.shown,
  seen: [...known.seen],
  occurrences: [],
  shows: null,
  over: null,
})

function place(
  rows: Row[],
  occurrence: FindingOccurrence,
  dayOf: (atMs: number) => number,
  p: PatternParameters,
): void {
  // What was over and holds again (an answer was taken back, a run is one after all) is new: nobody was done with it.
  const same = rows.filter(({ kind, known }) => kind === occurrence.kind && known?.closed?.asOver !== true)
  const covers = (level: RaisedLevel) => rankOf(level) >= rankOf(occurrence.level)
  // A level that its row has no more, since what came in showed that it did not hold, is a rise where it holds again.
  const there = same.find(
    ({ level, seen }) => covers(level) && seen.some((one) => isSameMoment(one, occurrence) && covers(one.level)),
  )
  if (there !== undefined) return renumber(there, occurrence)
  const row = openRowFor(same, occurrence, dayOf, p)
  if (row !== null) return tell(row, occurrence)
  const quiet = same.find((one) => isQuietFor(one, occurrence, p))
  if (quiet !== undefined) {
    quiet.seen.push(occurrence)
    quiet.occurrences.push(occurrence)
    return
  }
  const { kind, level } = occurrence
  rows.push({
    known: null,
    kind,
    level,
    shown: occurrence,
    seen: [occurrence],
    occurrences: [occurrence],
    shows: occurrence,
    over: null,
  })
}

/** Other numbers of the very moment that a row tells of, or another moment of its run: more has come in since, or its date is
 *  known. Or it held, did not, and holds again, and is the newest that the row tells. */
function renumber(row: Row, occurrence: FindingOccurrence): void {
  if (row.known?.closed) return
  const isShown = isSameMoment(row.shown, occurrence) && row.level === occurrence.level
  if (isShown || isNewest(row, occurrence)) show(row, occurrence)
}

function tell(row: Row, occurrence: FindingOccurrence): void {
  row.seen.push(occurrence)
  row.occurrences.push(occurrence)
  if (isNewest(row, occurrence)) show(row, occurrence)
}

/** Above what the row says, or at its level and not before it. */
function isNewest({ level, shown }: Row, one: Seen): boolean {
  const rise = rankOf(one.level) - rankOf(level)
  return rise > 0 || (rise === 0 && one.aboutMs >= shown.aboutMs)
}

/** Nothing changes where the row says it already. */
function show(row: Row, one: Seen): void {
  const isThere =
    isSameMoment(row.shown, one) &&
    row.level === one.level &&
    Math.round(row.shown.aboutMs) === Math.round(one.aboutMs) &&
    isSameEvidence(row.shown.evidence, one.evidence)
  if (isThere) return
  row.level = one.level
  row.shown = one
  row.shows = one
}

/** A row that nobody touched yet takes all of its kind in, also a rise of level: it is as new as the occurrence. One that
 *  somebody works on takes in seven days of it, and no rise. */
function openRowFor(
  same: readonly Row[],
  { level, aboutMs }: FindingOccurrence,
  dayOf: (atMs: number) => number,
  p: PatternParameters,
): Row | null {
  const waiting = same.filter(({ known }) => known === null || known.closed === null)
  const untouched = waiting.find(({ known }) => known === null || !known.isTouched)
  if (untouched !== undefined) return untouched
  const daysFrom = ({ seen: [first] }: Row) => Math.abs(dayOf(aboutMs) - dayOf(first?.aboutMs ?? aboutMs))
  const near = waiting.filter((row) => rankOf(row.level) >= rankOf(level) && daysFrom(row) < p.repeatAfterDays)
  return near.toSorted((a, b) => daysFrom(a) - daysFrom(b))[0] ?? null
}

function isQuietFor({ known }: Row, { kind, level, aboutMs }: FindingOccurrence, p: PatternParameters): boolean {
  if (!known?.closed?.asUnfounded || neverQuietKinds.has(kind) || rankOf(level) > rankOf(known.level)) return false
  return aboutMs < known.closed.atMs + p.quietDays * DAY_MS
}

/** A person called it unfounded before this moment, so that it gets no row by itself. */
const isSilencedBy = (row: Row, occurrence: FindingOccurrence, p: PatternParameters): boolean =>
  isQuietFor(row, occurrence, p) && occurrence.aboutMs >= (row.known?.closed?.atMs ?? Infinity)

/** What was asked and does not hold, and what another row tells, is left out of what a row says: it says the newest of what is
 *  left, with the numbers and the level that this moment has now. */
function leaveOut(
  row: Row,
  occurrences: { readonly own: readonly FindingOccurrence[]; readonly echoes: readonly FindingOccurrence[] },
  { isAsked, isGone }: Revision,
): void {
  if (row.known?.closed) return
  const isAmong = (of: readonly FindingOccurrence[], one: Seen) =>
    of.some((two) => two.kind === row.kind && isSameMoment(one, two))
  const isEcho = (one: Seen) => isAmong(occurrences.echoes, one)
  const holds = (one: Seen) =>
    !isOfRemovedRun(row.kind, one) &&
    !isGone?.(one) &&
    !isEcho(one) &&
    (!isAsked(row.kind, one) || isAmong(occurrences.own, one))
  const left = row.seen.filter(holds)
  if (left.length === 0) row.over = row.seen.some(isEcho) ? 'told_by_another' : 'never_held'
  if (row.over !== null) return
  const ownOf = (one: Seen) => occurrences.own.find((two) => two.kind === row.kind && isSameMoment(one, two))
  const asNow = (one: Seen): Seen => ownOf(one) ?? (isSameMoment(one, row.shown) ? row.shown : one)
  // A row has the highest level of what held when it was last looked at: what was seen above it has fallen since.
  const wasRank = rankOf(row.known?.level ?? row.level)
  const hasFallen = (one: Seen) => ownOf(one) === undefined && rankOf(one.level) > wasRank
  const all = left.map(asNow)
  const current = all.filter((one) => !hasFallen(one))
  const [newest] = (current.length > 0 ? current : all).toSorted(
    (a, b) => rankOf(b.level) - rankOf(a.level) || b.aboutMs - a.aboutMs,
  )
  if (newest !== undefined && newest.evidence !== null) show(row, newest)
}

/** Whether a row rests on a run that is removed, or on this one among others. */
export function restsOn({ kind, shown, seen }: KnownRow, runId: string): boolean {
  const names = ({ evidence }: Seen) => evidence !== null && runIdsIn(evidence).includes(runId)
  return seen.some((one) => one.runId === runId || isOfRemovedRun(kind, one)) || [shown, ...seen].some(names)
}

/** What a client told on a day may never have had a run. */
export const isOfRemovedRun = (kind: FlagKind, { runId }: Seen): boolean => runId === null && !selfReportKinds.has(kind)
