// Group runs that nobody ended: an empty battery, a page that was swiped away, a forgotten stop. Pure.
import type { FoldEntry } from '../../src/formats/phone-recording/entry.ts'
import { newRunnerState, applyEntry } from '../../src/formats/phone-recording/runner-state.ts'
import type { StoredGroupRun } from './stored.ts'
import { isInFuture } from './terms.ts'

/** A group run ends by itself so long after a strap or a hand was last heard … product choice: longer than any run with the way
 *  home, shorter than the six hours after which the server makes a run of what it has. */
export const LEFT_AFTER_MS = 4 * 3_600_000

/** … product choice */
const AHEAD_LEFT_AFTER_MS = 86_400_000

export interface RunnerOnDisk {
  readonly id: string
  readonly entries: readonly FoldEntry[]
}

/** Entries that end a run which nobody ended. */
export interface LeftRun {
  /** The last thing heard, by the clock of the run. */
  readonly heardAtMs: number
  /** Runners without a stop. */
  readonly open: readonly string[]
}

/** @param nowMs by this phone's clock
 *  @returns null where it may still go on: a clock that shows less than was heard ends nothing at the first look, for an empty battery
 *           takes the date along; what was heard in the future is left a day after the first look */
export function findLeft(run: StoredGroupRun, runners: readonly RunnerOnDisk[], nowMs: number): LeftRun | null {
  const folded = runners.map(({ id, entries }) => {
    const runner = newRunnerState()
    for (const entry of entries) applyEntry(runner, entry)
    return { id, runner }
  })
  const heardAtMs = Math.max(run.madeAtMs, ...folded.map(({ runner }) => runner.heardAtMs ?? -Infinity))
  const runNowMs = nowMs - (run.clockSetMs ?? 0)
  const { foundAheadMs = Infinity } = run
  const wasAhead = isInFuture(heardAtMs, runNowMs) && nowMs >= foundAheadMs + AHEAD_LEFT_AFTER_MS
  if (!wasAhead && !isLeft(heardAtMs, runNowMs)) return null
  return { heardAtMs, open: folded.filter(({ runner }) => runner.phase !== 'stopped').map(({ id }) => id) }
}

export const isLeft = (heardAtMs: number, nowMs: number): boolean => nowMs - heardAtMs >= LEFT_AFTER_MS
