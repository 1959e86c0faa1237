// One sound at a time: alarms (alarm-turns.ts), and between them the tune of a new pace, never within two seconds of an
// alarm. A tune waits for an alarm that sounded or is due, and is dropped if it would come too late. A new alarm waits
// for a tune that has just started; tile and bar show it at once. Pure; controller.ts asks it twice a second.
import type { CuePriority } from '../../src/domain/cue.ts'
import { dueAtMs, nextAlarm, type AlarmTurn } from './alarm-turns.ts'
import type { Tile } from './tile.ts'
import type { PaceSign } from './tunes.ts'

/** Two tunes closer than this are one muddle (issue 15). */
export const APART_MS = 2000
/** A tune later than this says what the timer has said for long (product choice). */
const LATE_MS = 10_000

export interface SoundTurns {
  readonly alarm: AlarmTurn | null
  readonly alarmAtMs: number
  readonly paceAtMs: number
  /** A change of pace that has not sounded yet. */
  readonly waiting: { readonly sign: PaceSign; readonly sinceMs: number } | null
}
export const noTurns: SoundTurns = { alarm: null, alarmAtMs: -Infinity, paceAtMs: -Infinity, waiting: null }

export type Sound =
  | { readonly kind: 'alarm'; readonly priority: Exclude<CuePriority, 'info'> }
  | { readonly kind: 'pace'; readonly sign: PaceSign }

/** @param pace the pace that began since the last time this was asked; null where it goes on
 *  @returns what to sound now, and what to remember of it */
export function nextSound(
  before: SoundTurns,
  { sounding, pace }: { readonly sounding: Tile | null; readonly pace: PaceSign | null },
  nowMs: number,
): { readonly sound: Sound | null; readonly turns: SoundTurns } {
  const waiting = stillTrue(pace === null ? before.waiting : { sign: pace, sinceMs: nowMs }, nowMs)
  const { sound: priority, turn } = nextAlarm(before.alarm, sounding, nowMs)
  const isAlarm = priority !== null && priority !== 'info'
  if (isAlarm && nowMs - before.paceAtMs < APART_MS) return { sound: null, turns: { ...before, waiting } }
  if (isAlarm)
    return { sound: { kind: 'alarm', priority }, turns: { ...before, alarm: turn, alarmAtMs: nowMs, waiting } }
  const turns = { ...before, alarm: turn, waiting }
  const dueMs = turn === null || sounding?.sound == null ? Infinity : dueAtMs(turn, sounding.sound)
  if (waiting === null || nowMs - before.alarmAtMs < APART_MS || dueMs - nowMs < APART_MS) return { sound: null, turns }
  return { sound: { kind: 'pace', sign: waiting.sign }, turns: { ...turns, paceAtMs: nowMs, waiting: null } }
}

const stillTrue = (waiting: SoundTurns['waiting'], nowMs: number): SoundTurns['waiting'] =>
  waiting !== null && nowMs - waiting.sinceMs > LATE_MS ? null : waiting
