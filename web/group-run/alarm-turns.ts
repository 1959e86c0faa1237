// Decides when the alarm sounds again: at once for a new or more urgent alarm, then at intervals while it lasts. Pure.
import type { CuePriority } from '../../src/domain/cue.ts'
import type { Tile } from './tile.ts'

/** Seconds between two soundings of the same alarm (product choice). */
const AGAIN_S: Readonly<Record<CuePriority, number>> = { high: 8, medium: 20, low: 60, info: Infinity }

export interface AlarmTurn {
  readonly key: string
  readonly atMs: number
}

/** When the same alarm sounds again, if it holds until then. */
export const dueAtMs = ({ atMs }: AlarmTurn, priority: CuePriority): number => atMs + AGAIN_S[priority] * 1000

/** @returns what to sound now, and what to remember of it */
export function nextAlarm(
  before: AlarmTurn | null,
  sounding: Tile | null,
  nowMs: number,
): { readonly sound: CuePriority | null; readonly turn: AlarmTurn | null } {
  if (sounding?.sound == null) return { sound: null, turn: null }
  const key = `${sounding.id} ${sounding.state}`
  if (before?.key === key && nowMs < dueAtMs(before, sounding.sound)) return { sound: null, turn: before }
  return { sound: sounding.sound, turn: { key, atMs: nowMs } }
}
