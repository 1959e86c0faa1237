import { describe, expect, it } from 'vitest'
import { decodeHeartRateMeasurement } from '../../../src/formats/strap/heart-rate-measurement.ts'
import { createPracticeRadio } from '../../../web/straps/practice-radio.ts'
import {
  isReachable,
  notificationOf,
  madeKinds,
  kindOfNumber,
  startRunner,
  stepRunner,
} from '../../../src/demo/made-runner.ts'
import type { RadioDevice } from '../../../web/straps/radio.ts'
import { manualTimers } from './manual-timers.ts'

const decode = (bytes: Uint8Array<ArrayBuffer>) => decodeHeartRateMeasurement(new DataView(bytes.buffer))

function run(number: number, seconds: number, seed = 7) {
  let runner = startRunner(kindOfNumber(number), seed + number)
  return Array.from({ length: seconds }, () => {
    runner = stepRunner(runner)
    return runner
  })
}

describe('a made runner', () => {
  it('is the same for the same seed, and another for another', () => {
    const bytes = (seed: number) => run(1, 300, seed).map((runner) => [...notificationOf(runner)])
    expect(bytes(1)).toEqual(bytes(1))
    expect(bytes(1)).not.toEqual(bytes(2))
  })

  it.each(madeKinds.map((kind, number) => [kind, number] as const))('%s sends what a strap could', (_, number) => {
    const seconds = run(number, 1800)
    let rrMs = 0
    for (const runner of seconds) {
      const decoded = decode(notificationOf(runner))
      expect(decoded).toMatchObject({ ok: true, value: { warnings: [] } })
      if (!decoded.ok || decoded.value.contact === 'no') continue
      expect(decoded.value.heartRateBpm).toBeGreaterThan(60)
      expect(decoded.value.heartRateBpm).toBeLessThan(195)
    }
    for (const { rr1024 } of seconds) for (const rr of rr1024) rrMs += (rr * 1000) / 1024
    expect(Math.abs(rrMs - 1_800_000)).toBeLessThan(2000)
  })

  it('stays calm, drifts, or climbs as its kind says', () => {
    const meanBpm = (number: number, fromS: number, toS: number) => {
      const part = run(number, toS).slice(fromS)
      return part.reduce((sum, { heartRateBpm }) => sum + heartRateBpm, 0) / part.length
    }
    const rise = (kind: (typeof madeKinds)[number]) =>
      meanBpm(madeKinds.indexOf(kind), 1440, 1800) - meanBpm(madeKinds.indexOf(kind), 180, 540)
    expect(Math.abs(rise('calm'))).toBeLessThan(2)
    expect(rise('drifting')).toBeGreaterThan(8)
    expect(rise('no_stop')).toBeGreaterThan(25)
  })

  it('loses contact and then its link where it drops out', () => {
    const seconds = run(madeKinds.indexOf('drops_out'), 150)
    const contact = seconds.map((runner) => decode(notificationOf(runner))).map((one) => one.ok && one.value.contact)
    expect([contact[88], contact[95]]).toEqual(['yes', 'no'])
    expect(
      [seconds[98], seconds[120], seconds[149]].map((runner) => runner !== undefined && isReachable(runner)),
    ).toEqual([true, false, true])
  })
})

describe('a practice strap', () => {
  const listen = async (strap: RadioDevice) => {
    const heard: { bytes: number[][]; closed: number } = { bytes: [], closed: 0 }
    const opened = strap.open({
      notified: (bytes) => heard.bytes.push([...bytes]),
      facts: () => {},
      closed: () => heard.closed++,
    })
    return { heard, opened }
  }

  it('sends one notification a second, also to a page that was woken late', async () => {
    const timers = manualTimers()
    const { heard, opened } = await listen(createPracticeRadio(1, timers, String).strap(1))
    await timers.pass(300)
    expect(await opened).toEqual({ ok: true })
    await timers.pass(60_000)
    expect(heard.bytes).toHaveLength(60)
  })

  it('refuses to connect while it is away, and says nothing after it was closed', async () => {
    const timers = manualTimers()
    const strap = createPracticeRadio(1, timers, String).strap(4)
    const { heard } = await listen(strap)
    await timers.pass(105_000)
    expect([heard.closed, heard.bytes.length > 90]).toEqual([1, true])
    const { opened } = await listen(strap)
    await timers.pass(300)
    expect(await opened).toEqual({ ok: false, code: 'attempt_failed' })
    strap.close()
    expect(timers.pending()).toBe(0)
  })

  it('is found again by its id', () => {
    const radio = createPracticeRadio(1, manualTimers(), String)
    expect(radio.find('practice-2')).toBe(radio.strap(2))
    expect([radio.find('practice-x'), radio.find('2'), radio.find('practice-0')]).toEqual([null, null, null])
  })
})
