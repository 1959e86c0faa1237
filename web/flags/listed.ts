// The state of a flag, shown beside its run or weeks: whether it waits in the list, how it was closed, or why it was
// never in the list. Pure.
import { RAISE_BACK_MS } from '../../src/domain/review/moment-of-flag.ts'
import { isClosed } from '../../src/domain/review/flag-state.ts'
import type { RaisedFlag } from '../api/review.ts'
import type { MessageKey } from '../messages/translate.ts'
import type { SaidFlag } from './flag-sentence.ts'

/** `key` in words; `flagId` where there is something to open. */
export interface Listed {
  readonly key: MessageKey
  readonly flagId: string | null
}

/** Of a run.
 *  @param judgedAtMs when what is shown came about
 *  @returns null for a note, which is in no list */
export function listedOfRun(
  { kind, level }: Pick<SaidFlag, 'kind' | 'level'>,
  run: { readonly id: string; readonly endedAtMs: number; readonly judgedAtMs: number },
  raised: readonly RaisedFlag[],
): Listed | null {
  if (level === 'note') return null
  const row = waitingFirst(raised.filter((one) => one.kind === kind && one.runIds.includes(run.id)))
  if (row !== undefined) return { key: `flags.state.${row.state}`, flagId: row.id }
  const isOld = run.judgedAtMs - run.endedAtMs > RAISE_BACK_MS
  return { key: isOld ? 'flags.tooOld' : 'flags.notListed', flagId: null }
}

/** Of weeks, as of now: the newest row of its kind. */
export function listedOfWeeks(
  { kind, level }: Pick<SaidFlag, 'kind' | 'level'>,
  raised: readonly RaisedFlag[],
  nowMs: number,
): Listed | null {
  if (level === 'note') return null
  const row = waitingFirst(raised.filter((one) => one.kind === kind && one.aboutMs > nowMs - RAISE_BACK_MS))
  return row === undefined ? null : { key: `flags.state.${row.state}`, flagId: row.id }
}

/** One word for a row of the list of runs: a waiting flag comes first, and a finding that was too old is mentioned. */
export function listedInShort(
  flags: readonly Pick<SaidFlag, 'kind' | 'level'>[],
  run: Parameters<typeof listedOfRun>[1],
  raised: readonly RaisedFlag[],
): MessageKey | null {
  const all = flags.flatMap((flag) => listedOfRun(flag, run, raised) ?? [])
  const ids = new Set(all.map(({ flagId }) => flagId))
  const rows = raised.filter(({ id }) => ids.has(id))
  if (rows.some(({ state }) => !isClosed(state))) return 'flags.waitsInList'
  if (all.some(({ key }) => key === 'flags.tooOld')) return 'flags.tooOld'
  return rows.length > 0 ? 'flags.allClosed' : null
}

/** Rows come newest first. */
const waitingFirst = (rows: readonly RaisedFlag[]): RaisedFlag | undefined =>
  rows.find(({ state }) => !isClosed(state)) ?? rows[0]
