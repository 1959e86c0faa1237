// Which stops can still be taken back, and for how long. Pure.
import type { Participant } from './participants.ts'

/** A stop, or "does not run", can be taken back for so long by one touch; until then the strap stays (issue 15). */
export const UNDO_MS = 60_000
/** For so long a run, or one runner, can be opened again (product choice). */
export const REOPEN_MS = 3_600_000
/** Stops closer than this were one press. */
const ONE_PRESS_MS = 500

/** One press that ended something for one or several. */
export interface TakenBack {
  readonly ids: readonly string[]
  readonly aliases: readonly string[]
  readonly atMs: number
  /** Nobody of them had started: they do not run after all. */
  readonly isLeave: boolean
}

/** When somebody was stopped, while they are. */
export const stoppedAtMs = ({ live }: Participant): number | null =>
  live.runner.phase === 'stopped' ? live.stopAtMs : null

export const isWithin = (atMs: number | null, forMs: number, nowMs: number): boolean =>
  atMs !== null && nowMs - atMs < forMs

/** Newest first. A runner who continued another way is not in it. */
export function listTakenBack(participants: readonly Participant[], nowMs: number): TakenBack[] {
  const isHere = (clientId: string | null) =>
    clientId !== null &&
    participants.some(({ stored, live }) => stored.clientId === clientId && live.runner.phase !== 'stopped')
  const stopped = participants
    .flatMap((one) => {
      const atMs = stoppedAtMs(one)
      return atMs === null || !isWithin(atMs, UNDO_MS, nowMs) || isHere(one.stored.clientId) ? [] : [{ one, atMs }]
    })
    .sort((a, b) => b.atMs - a.atMs)
  const presses: (typeof stopped)[] = []
  for (const stop of stopped) {
    const press = presses.at(-1)
    if (press !== undefined && (press.at(-1)?.atMs ?? Infinity) - stop.atMs <= ONE_PRESS_MS) press.push(stop)
    else presses.push([stop])
  }
  return presses.map((press) => ({
    ids: press.map(({ one }) => one.stored.id),
    aliases: press.map(({ one }) => one.stored.alias),
    atMs: Math.max(...press.map(({ atMs }) => atMs)),
    isLeave: press.every(({ one }) => one.live.runner.startedAtMs === null),
  }))
}
