// Sound and vibration of the most urgent runner, one at a time (rule E8), and of a change of pace. Browsers let a page
// sound only after a touch: `unlock` is called from the start button.
import type { CuePriority } from '../../src/domain/cue.ts'

interface Tune {
  /** Hz and seconds; 0 Hz is a rest. */
  readonly notes: readonly (readonly [hz: number, seconds: number])[]
  readonly vibrateMs: readonly number[]
}
/** Louder in meaning, not in volume: high is fast and rising (in the manner of IEC 60601-1-8; product choice). */
const alarmTunes: Readonly<Record<Exclude<CuePriority, 'info'>, Tune>> = {
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
const paceTunes: Readonly<Record<'run' | 'walk' | 'done', Tune>> = {
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

export interface Sounder {
  /** From a touch. */
  readonly unlock: () => void
  readonly alarm: (priority: CuePriority) => void
  readonly pace: (pace: 'run' | 'walk' | 'done') => void
}

/** @param isOn whether sound is wanted; vibration always is */
export function makeSounder(isOn: () => boolean): Sounder {
  let context: AudioContext | null = null
  const play = ({ notes, vibrateMs }: Tune) => {
    if ('vibrate' in navigator) navigator.vibrate([...vibrateMs])
    if (isOn() && context?.state === 'running') sound(context, notes)
  }
  return {
    unlock: () => {
      context ??= new AudioContext()
      void context.resume()
    },
    alarm: (priority) => {
      if (priority !== 'info') play(alarmTunes[priority])
    },
    pace: (pace) => play(paceTunes[pace]),
  }
}

function sound(context: AudioContext, notes: Tune['notes']): void {
  let atS = context.currentTime
  for (const [hz, seconds] of notes) {
    if (hz > 0) {
      const tone = new OscillatorNode(context, { frequency: hz, type: 'triangle' })
      const loudness = new GainNode(context, { gain: 0.4 })
      tone.connect(loudness).connect(context.destination)
      tone.start(atS)
      tone.stop(atS + seconds)
    }
    atS += seconds
  }
}
