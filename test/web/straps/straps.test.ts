import { effect } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import { createOtherTab } from '../../../web/straps/other-tab.ts'
import { createPracticeRadio } from '../../../web/straps/practice-radio.ts'
import { strapDefaults as parameters } from '../../../web/straps/strap-parameters.ts'
import { createStraps } from '../../../web/straps/straps.ts'
import { MadeDevice, madeRadio } from './made-radio.ts'
import { manualTimers } from './manual-timers.ts'

function open() {
  const timers = manualTimers()
  const radio = madeRadio()
  const practice = createPracticeRadio(1, timers, (number) => `Practice ${number}`)
  const straps = createStraps({ radio, practice, otherTab: createOtherTab(null, timers), timers, parameters })
  const heard: [string, number, number[]][] = []
  const links: string[] = []
  straps.onNotification((id, atMs, bytes) => heard.push([id, atMs, [...bytes]]))
  straps.onLink((id, state) => links.push(`${id} ${state}`))
  const pair = async (device: MadeDevice) => {
    radio.next = { ok: true, device }
    const result = await straps.choose()
    await timers.pass(0)
    device.beat()
    return result
  }
  const view = (id: string) => straps.list.value.find((strap) => strap.id === id)
  return { timers, radio, straps, heard, links, pair, view }
}

/** What nobody catches meanwhile. */
async function whatIsThrown(work: () => Promise<unknown>): Promise<unknown[]> {
  const thrown: unknown[] = []
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', (error) => thrown.push(error))
  try {
    await work()
    await new Promise((resolve) => setTimeout(resolve, 0))
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  }
  return thrown
}

describe('the straps of a page', () => {
  it('tells every notification as it came, with the time of the clock', async () => {
    const { straps, heard, pair, timers, view } = open()
    const strap = new MadeDevice('a')
    expect(await pair(strap)).toEqual({ ok: true, id: 'a', again: false })
    await timers.pass(1000)
    strap.beat(0x10, 72, 0x20)
    strap.beat()
    const atMs = timers.nowMs()
    expect(heard.slice(1)).toEqual([
      ['a', atMs, [0x10, 72, 0x20]],
      ['a', atMs, [0, 72]],
    ])
    expect(view('a')).toMatchObject({ state: 'live', practice: false, needsTap: false })
    expect(straps.list.value[0]?.pulse.value).toEqual({
      lastNotificationAtMs: atMs,
      lastHeartRateBpm: 72,
      delayMs: 0,
      errorsInWindow: 0,
    })
  })

  it('has one listener for a strap that is chosen twice', async () => {
    const { heard, pair, straps } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    expect(await pair(strap)).toEqual({ ok: true, id: 'a', again: true })
    expect([heard.length, straps.list.value.length, strap.opens]).toEqual([2, 1, 1])
  })

  it('keeps the list as it is while straps only beat', async () => {
    const { pair, straps, timers } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    const before = straps.list.value
    for (let s = 0; s < 60; s++) {
      await timers.pass(1000)
      strap.beat(0, 70 + s)
    }
    expect(straps.list.value).toBe(before)
    expect(timers.pending()).toBe(1)
  })

  it('says that a sensor is bad at the third error in 10 s, and no more once they are over', async () => {
    const { pair, timers, view } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    const bad: (boolean | undefined)[] = []
    for (const bytes of [[0], [1, 72], [0, 72], [8, 72, 1]]) {
      strap.beat(...bytes)
      bad.push(view('a')?.badSensor)
      await timers.pass(1000)
    }
    expect(bad).toEqual([false, false, false, true])
    await timers.pass(5500)
    strap.beat()
    expect(view('a')?.badSensor).toBe(true)
    await timers.pass(1000)
    strap.beat()
    expect(view('a')?.badSensor).toBe(false)
  })

  it('shows no number of what waited while the page stood still, until two came at their own distance', async () => {
    const { pair, timers, view } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    for (let s = 0; s < 20; s++) {
      await timers.pass(1000)
      strap.beat(0, 110 + s)
    }
    expect(view('a')?.pulse.value.lastHeartRateBpm).toBe(129)
    await timers.pass(40_000)
    const shown: (number | null | undefined)[] = []
    const beat = (bpm: number) => {
      strap.beat(0, bpm)
      shown.push(view('a')?.pulse.value.lastHeartRateBpm)
    }
    for (let i = 0; i < 40; i++) beat(175 - (i % 3))
    for (let s = 0; s < 3; s++) {
      await timers.pass(1000)
      beat(111 + s)
    }
    expect(new Set(shown.slice(0, 41))).toEqual(new Set([null]))
    expect(shown.slice(41)).toEqual([112, 113])
  })

  it('keeps no number alive by what cannot be read, and shows none that was measured without skin', async () => {
    const { pair, timers, view } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    const goodAtMs = timers.nowMs()
    for (let s = 0; s < 8; s++) {
      await timers.pass(1000)
      strap.beat(1, 72)
    }
    expect(view('a')?.pulse.value.lastNotificationAtMs).toBe(goodAtMs)
    strap.beat(0b100, 88)
    expect(view('a')?.pulse.value.lastHeartRateBpm).toBeNull()
  })

  it('connects real straps one after another, and past one that hangs', async () => {
    const { radio, straps, timers } = open()
    const hanging = new MadeDevice('hanging')
    hanging.answer = null
    const others = [new MadeDevice('a'), new MadeDevice('b')]
    for (const device of [hanging, ...others]) {
      radio.next = { ok: true, device }
      await straps.choose()
    }
    await timers.pass(parameters.connectTurnMs - 1)
    expect(others.map(({ opens }) => opens)).toEqual([0, 0])
    await timers.pass(1)
    expect(others.map(({ opens }) => opens)).toEqual([1, 1])
    await timers.pass(parameters.connectTimeoutMs)
    expect([hanging.closes, straps.list.value[0]?.problem]).toEqual([1, 'timed_out'])
  })

  it('says that the phone is full where seven links are open, and never more were', async () => {
    const { pair, timers, view } = open()
    const seven = Array.from({ length: 7 }, (_, i) => new MadeDevice(`strap ${i}`))
    for (const device of seven) await pair(device)
    const eighth = new MadeDevice('eighth')
    eighth.answer = { ok: false, code: 'attempt_failed' }
    await pair(eighth)
    expect(view('eighth')?.problem).toBe('phone_full')
    eighth.answer = { ok: true }
    await timers.pass(3000)
    eighth.beat()
    expect(view('eighth')).toMatchObject({ state: 'live', problem: null })
    eighth.answer = { ok: false, code: 'attempt_failed' }
    eighth.lose()
    await timers.pass(1000)
    expect(view('eighth')?.problem).toBe('attempt_failed')
  })

  it('says that Bluetooth is off, and tries all again as soon as one gets through', async () => {
    const { pair, straps, timers } = open()
    const [a, b] = [new MadeDevice('a'), new MadeDevice('b')]
    for (const device of [a, b]) await pair(device)
    for (const device of [a, b]) {
      device.answer = { ok: false, code: 'bluetooth_off' }
      device.lose()
    }
    await timers.pass(2000)
    expect(straps.radio.value).toBe('off')
    expect(straps.list.value.map(({ problem }) => problem)).toEqual(['bluetooth_off', 'bluetooth_off'])
    for (const device of [a, b]) device.answer = { ok: true }
    await timers.pass(parameters.retryOffMs)
    for (const device of [a, b]) device.beat()
    expect(straps.radio.value).toBe('ready')
    expect(straps.list.value.map(({ state }) => state)).toEqual(['live', 'live'])
  })

  it.each(['the browser', 'a strap'])(
    'leaves Bluetooth off, as %s says, until something proves the contrary: an attempt that hung proves nothing',
    async (who) => {
      const { pair, straps, timers, radio } = open()
      const strap = new MadeDevice('a')
      await pair(strap)
      strap.answer = who === 'a strap' ? { ok: false, code: 'bluetooth_off' } : null
      strap.lose()
      if (who === 'the browser') radio.available(false)
      await timers.pass(1000)
      expect(straps.radio.value).toBe('off')
      strap.answer = null
      await timers.pass(10 * parameters.connectTimeoutMs)
      expect([straps.radio.value, straps.list.value[0]?.problem]).toEqual(['off', 'timed_out'])
      strap.answer = { ok: false, code: 'attempt_failed' }
      await timers.pass(3 * parameters.connectTimeoutMs)
      expect(straps.radio.value).toBe('ready')
    },
  )

  it('goes on with a strap whose tile throws', async () => {
    const { pair, straps, heard } = open()
    const strap = new MadeDevice('a')
    const end = effect(() => {
      if (straps.list.value[0]?.state === 'live') throw new Error('a bad tile')
    })
    const thrown = await whatIsThrown(() => pair(strap))
    end()
    strap.beat()
    expect([thrown.length, heard.length]).toEqual([1, 2])
  })

  it('takes a closed list for no error, and a browser without Bluetooth for one', async () => {
    const { straps, timers, radio } = open()
    expect(await straps.choose()).toEqual({ ok: false, code: 'cancelled' })
    radio.next = { ok: false, code: 'bluetooth_off' }
    await straps.choose()
    expect([straps.list.value, straps.radio.value]).toEqual([[], 'off'])
    const none = createStraps({
      radio: null,
      practice: createPracticeRadio(1, timers, String),
      otherTab: createOtherTab(null, timers),
      timers,
      parameters,
    })
    expect([await none.choose(), none.radio.value]).toEqual([{ ok: false, code: 'unsupported' }, 'unsupported'])
  })

  it('comes back by itself after a reload where the browser remembers, else by one tap on its name', async () => {
    const { straps, radio, timers, view } = open()
    const [known, renamed] = [new MadeDevice('known'), new MadeDevice('new id', 'Strap 2')]
    radio.devices = [known]
    await straps.known([
      { id: 'known', name: 'Strap 1' },
      { id: 'old id', name: 'Strap 2' },
      { id: 'practice-3', name: '' },
    ])
    await timers.pass(2000)
    known.beat()
    expect(straps.list.value.map(({ state, needsTap }) => [state, needsTap])).toEqual([
      ['live', false],
      ['gone', true],
      ['live', false],
    ])
    await straps.tap('old id')
    expect([view('old id')?.state, radio.asked]).toEqual(['gone', ['Strap 2']])
    radio.next = { ok: true, device: renamed }
    expect(await straps.tap('old id')).toEqual({ ok: true, id: 'old id', again: true })
    await timers.pass(0)
    renamed.beat()
    expect([view('old id')?.state, straps.list.value.length]).toEqual(['live', 3])
  })

  it('gives another strap that was chosen at a tap a place of its own', async () => {
    const { straps, radio, view } = open()
    await straps.known([{ id: 'mine', name: 'Strap 1' }])
    radio.next = { ok: true, device: new MadeDevice('other', 'Strap 2') }
    expect(await straps.tap('mine')).toEqual({ ok: true, id: 'other', again: false })
    expect([view('mine')?.state, view('other')?.state]).toEqual(['gone', 'connecting'])
  })

  it('asks for a tap where the browser blocks a strap or has lost sight of it', async () => {
    const { pair, radio, straps, view, timers } = open()
    for (const code of ['blocked', 'out_of_sight'] as const) {
      const device = new MadeDevice(code)
      device.answer = { ok: false, code }
      await pair(device)
      expect(view(code)).toMatchObject({ needsTap: true, problem: code })
      device.answer = { ok: true }
      radio.next = { ok: true, device }
      expect(await straps.tap(code)).toEqual({ ok: true, id: code, again: true })
      await timers.pass(2000)
      device.beat()
      expect(view(code)).toMatchObject({ needsTap: false, state: 'live' })
    }
  })

  it('closes what is forgotten and hears nothing of it any more', async () => {
    const { straps, pair, heard, links, timers } = open()
    const strap = new MadeDevice('a')
    await pair(strap)
    const { hear } = strap
    straps.forget('a')
    hear?.notified(Uint8Array.of(0, 72))
    await timers.pass(60_000)
    expect([strap.closes, strap.opens, straps.list.value, heard.length]).toEqual([1, 1, [], 1])
    expect(links).toEqual(['a connecting', 'a live', 'a gone'])
  })

  it('lets no hearer that throws keep beats from the others', async () => {
    const { straps, pair, heard } = open()
    const end = straps.onNotification(() => {
      throw new Error('a bad hearer')
    })
    straps.onNotification((id) => heard.push([id, 0, []]))
    const thrown = await whatIsThrown(() => pair(new MadeDevice('a')))
    end()
    expect([heard.length, thrown.length]).toEqual([2, 1])
  })
})
