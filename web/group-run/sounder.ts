// Plays the sound and vibration of the most urgent runner, one at a time (rule E8), and of a change of pace. Browsers
// allow sound only after a touch, take it away in a call, and close it with a device. `device` has the current state,
// and any touch repairs it (`touched`).
import { signal, type ReadonlySignal } from '@preact/signals'
import type { CuePriority } from '../../src/domain/cue.ts'
import { lookAtClock, remedyOf, type AudioDevice, type Stillness } from './sound-state.ts'
import { alarmTunes, paceTunes, triedTune, type PaceSign, type Tune } from './tunes.ts'

/** The used part of an `AudioContext`. */
export type AudioOut = Pick<AudioContext, 'state' | 'currentTime' | 'resume' | 'close' | 'addEventListener'>

export interface Sounder {
  readonly device: ReadonlySignal<AudioDevice>
  /** Without a touch: some browsers let a page sound that was used before. */
  readonly open: () => void
  /** Called at a touch or a key: repairs what it can. */
  readonly touched: () => void
  /** Now and then: a context may say that it runs while nothing comes out. */
  readonly look: () => void
  readonly alarm: (priority: CuePriority) => void
  readonly pace: (pace: PaceSign) => void
  /** The button was pressed: how loud it is. */
  readonly tried: () => void
}

export interface SounderDeps<Out extends AudioOut> {
  /** Whether sound is wanted; vibration always is. */
  readonly isWanted: () => boolean
  readonly newOut: () => Out
  readonly play: (out: Out, notes: Tune['notes']) => void
  readonly vibrate: (pattern: readonly number[]) => void
}

export function makeSounder<Out extends AudioOut>({ isWanted, newOut, play, vibrate }: SounderDeps<Out>): Sounder {
  const device = signal<AudioDevice>('none')
  let out: Out | null = null
  let still: Stillness | null = null
  const note = () => {
    if (out !== null && !(device.value === 'stalled' && out.state === 'running')) device.value = out.state
  }
  const renew = () => {
    const before = out
    if (before !== null && before.state !== 'closed') before.close().catch(() => undefined)
    still = null
    try {
      const made = newOut()
      out = made
      device.value = made.state
      made.addEventListener('statechange', () => {
        if (out === made) note()
      })
    } catch {
      // No audio at all, or too many contexts: the page shows it, and the next touch tries again.
      out = null
      device.value = 'none'
    }
  }
  const resume = () => {
    // `statechange`, or the next check, shows the result.
    out?.resume().then(note, note)
  }
  const sound = ({ notes, vibrateMs }: Tune) => {
    vibrate(vibrateMs)
    note()
    if (isWanted() && out !== null && device.value === 'running') play(out, notes)
  }
  return {
    device,
    open: () => {
      if (out !== null) return
      renew()
      resume()
    },
    touched: () => {
      note()
      const remedy = remedyOf(device.value)
      if (remedy === 'replace') renew()
      if (remedy !== 'nothing') resume()
    },
    look: () => {
      note()
      if (out?.state !== 'running') {
        still = null
        return
      }
      const seen = lookAtClock(still, out.currentTime)
      still = seen
      device.value = seen.isStalled ? 'stalled' : 'running'
    },
    alarm: (priority) => {
      if (priority !== 'info') sound(alarmTunes[priority])
    },
    pace: (pace) => sound(paceTunes[pace]),
    tried: () => sound(triedTune),
  }
}

/** The sounder of this browser. */
export const openSounder = (isWanted: () => boolean): Sounder =>
  makeSounder({
    isWanted,
    newOut: () => new AudioContext(),
    play: playNotes,
    vibrate: (pattern) => {
      // Before the first touch a browser refuses, and complains; an old one does not tell of touches.
      const isTouched = !('userActivation' in navigator) || navigator.userActivation.hasBeenActive
      if ('vibrate' in navigator && isTouched) navigator.vibrate([...pattern])
    },
  })

function playNotes(context: AudioContext, notes: Tune['notes']): void {
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
