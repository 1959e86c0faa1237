// The sounds and vibrations of alarms and changes of pace, as data.
import type { CuePriority } from '../../src/domain/cue.ts'

export interface Tune {
  /** Hz and seconds; 0 Hz is a rest. */
  readonly notes: readonly (readonly [hz: number, seconds: number])[]
  readonly vibrateMs: readonly number[]
}
export type PaceSign = 'run' | 'walk' | 'done'

/** Louder in meaning, not in volume: high is fast and rising (in the manner of IEC 60601-1-8; product choice). */
export const alarmTunes: Readonly<Record<Exclude<CuePriority, 'info'>, Tune>> = {
  high: {
    notes: [
      [880, 0.12],
      [0, 0.06],
      [880, 0.12],
      [0, 0.06],
      [1175, 0.2],
    ],
    vibrateMs: [250, 100, 250, 100, 400],
  },
  medium: {
    notes: [
      [660, 0.18],
      [0, 0.08],
      [660, 0.18],
    ],
    vibrateMs: [250, 120, 250],
  },
  low: { notes: [[440, 0.2]], vibrateMs: [120] },
}
export const paceTunes: Readonly<Record<PaceSign, Tune>> = {
  run: {
    notes: [
      [523, 0.15],
      [784, 0.25],
    ],
    vibrateMs: [100, 60, 100],
  },
  walk: {
    notes: [
      [784, 0.15],
      [523, 0.25],
    ],
    vibrateMs: [300],
  },
  done: {
    notes: [
      [523, 0.15],
      [659, 0.15],
      [784, 0.3],
    ],
    vibrateMs: [100, 60, 100, 60, 300],
  },
}
/** Somebody pressed the button: this is how loud it is. */
export const triedTune: Tune = { notes: [[523, 0.15]], vibrateMs: [60] }
