// Whether alarms can really be heard. The button and the banner show only this. Pure.

/** What the browser's audio is: its own words, none that was made yet, or one that says it runs while its clock stands still. */
export type AudioDevice = 'none' | 'running' | 'suspended' | 'interrupted' | 'closed' | 'stalled'
/** `blocked`: wanted, and nothing can be heard until somebody touches the page. */
export type SoundState = 'on' | 'off' | 'blocked'

export const soundStateOf = (isWanted: boolean, device: AudioDevice): SoundState =>
  !isWanted ? 'off' : device === 'running' ? 'on' : 'blocked'

/** The effect of a touch on the audio: a context that is gone or no longer plays is replaced. */
export const remedyOf = (device: AudioDevice): 'nothing' | 'resume' | 'replace' => {
  switch (device) {
    case 'running':
      return 'nothing'
    case 'suspended':
    case 'interrupted':
      return 'resume'
    case 'none':
    case 'closed':
    case 'stalled':
      return 'replace'
  }
}

/** So many looks, half a second apart, at a clock that does not move: nothing comes out. Product choice. */
const STILL_LOOKS = 6
export interface Stillness {
  readonly timeS: number
  readonly looks: number
}
/** One more look at the clock of a context that says that it runs. */
export function lookAtClock(before: Stillness | null, timeS: number): Stillness & { readonly isStalled: boolean } {
  const looks = before !== null && before.timeS === timeS ? before.looks + 1 : 0
  return { timeS, looks, isStalled: looks >= STILL_LOOKS }
}
