import { describe, expect, it } from 'vitest'
import { lookAtClock, soundStateOf, type AudioDevice, type Stillness } from '../../../web/group-run/sound-state.ts'
import { makeSounder, type AudioOut } from '../../../web/group-run/sounder.ts'

/** An audio context under the test's hand. */
class MadeOut implements AudioOut {
  state: AudioContext['state'] = 'suspended'
  currentTime = 0
  resumed = 0
  #hear: (() => void)[] = []
  resume = async () => {
    this.resumed++
  }
  close = async () => this.become('closed')
  addEventListener = (_kind: string, hear: unknown) => {
    if (typeof hear === 'function') this.#hear.push(() => void hear())
  }
  become(state: AudioContext['state']) {
    this.state = state
    for (const hear of this.#hear) hear()
  }
}

function rig() {
  const outs: MadeOut[] = []
  const played: MadeOut[] = []
  let buzzes = 0
  const sounder = makeSounder({
    isWanted: () => true,
    newOut: () => {
      const out = new MadeOut()
      outs.push(out)
      return out
    },
    play: (out) => played.push(out),
    vibrate: () => void buzzes++,
  })
  const last = () => outs.at(-1) ?? new MadeOut()
  return { sounder, outs, played, last, buzzes: () => buzzes }
}

describe('the sounder', () => {
  it('says that nothing can be heard until a touch lets it, and buzzes all the same', () => {
    const { sounder, played, last, buzzes } = rig()
    sounder.open()
    expect(sounder.device.value).toBe('suspended')
    sounder.alarm('high')
    expect([played.length, buzzes()]).toEqual([0, 1])
    sounder.touched()
    last().become('running')
    expect(sounder.device.value).toBe('running')
    sounder.alarm('high')
    expect(played.length).toBe(1)
  })

  it.each(['suspended', 'interrupted'] as const)(
    'says at once that a call left it %s, and a touch mends it',
    (state) => {
      const { sounder, outs, last } = rig()
      sounder.touched()
      last().become('running')
      last().become(state)
      expect(sounder.device.value).toBe(state)
      sounder.touched()
      expect([outs.length, last().resumed]).toEqual([1, 2])
    },
  )

  it('is given a new context where the old one was closed', () => {
    const { sounder, outs, played, last } = rig()
    sounder.touched()
    last().become('running')
    last().become('closed')
    expect(sounder.device.value).toBe('closed')
    sounder.touched()
    last().become('running')
    sounder.alarm('medium')
    expect([outs.length, played[0] === outs[1]]).toEqual([2, true])
  })

  it('does not hear an old context any more', () => {
    const { sounder, outs, last } = rig()
    sounder.touched()
    last().become('closed')
    sounder.touched()
    last().become('running')
    outs[0]?.become('suspended')
    expect(sounder.device.value).toBe('running')
  })

  it('finds a context that says it runs while its clock stands still, and replaces it at a touch', () => {
    const { sounder, outs, last } = rig()
    sounder.touched()
    last().become('running')
    for (let i = 0; i < 7; i++) sounder.look()
    expect(sounder.device.value).toBe('stalled')
    sounder.touched()
    last().become('running')
    expect([outs.length, outs[0]?.state, sounder.device.value]).toEqual([2, 'closed', 'running'])
  })

  it('is none where the browser gives no audio, and a touch tries again', () => {
    let tries = 0
    const sounder = makeSounder({
      isWanted: () => true,
      newOut: (): MadeOut => {
        tries++
        throw new Error('no audio')
      },
      play: () => undefined,
      vibrate: () => undefined,
    })
    sounder.open()
    sounder.touched()
    expect([tries, sounder.device.value]).toEqual([2, 'none'])
  })
})

describe('the state of sound', () => {
  it('is on only where it is wanted and runs', () => {
    const devices: AudioDevice[] = ['none', 'running', 'suspended', 'interrupted', 'closed', 'stalled']
    expect(devices.filter((device) => soundStateOf(true, device) === 'on')).toEqual(['running'])
    expect(devices.filter((device) => soundStateOf(true, device) === 'blocked')).toHaveLength(5)
    expect(devices.every((device) => soundStateOf(false, device) === 'off')).toBe(true)
  })

  it('takes a clock that moves for running, however slowly it is looked at', () => {
    let before: Stillness | null = null
    const stalled = [0, 0, 0, 0, 0.1, 0.1, 0.1, 0.2].map((timeS) => {
      const seen = lookAtClock(before, timeS)
      before = seen
      return seen.isStalled
    })
    expect(stalled).not.toContain(true)
  })
})
