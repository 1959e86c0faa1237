import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClockEvent } from '../../../web/outbox/clock-state.ts'
import { openRecorderClock } from '../../../web/outbox/recorder-clock.ts'

const START_MS = Date.UTC(2026, 10, 24, 9)

describe('the recorder’s clock of a page', () => {
  beforeEach(() => vi.useFakeTimers({ now: START_MS, toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] }))
  afterEach(() => void vi.useRealTimers())

  function open(lasts: Record<string, number> = {}) {
    const found: ClockEvent[] = []
    const clock = openRecorderClock({
      lastAtMs: (id) => lasts[id] ?? null,
      onFound: (event) => found.push(event),
      isAwake: () => true,
      isHidden: () => false,
    })
    return { clock, found, lasts }
  }
  /** Straps tell once a second while this passes. */
  function beat({ clock }: ReturnType<typeof open>, seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      vi.advanceTimersByTime(1000)
      clock.heard('strap')
    }
  }

  it('gives a runner a later time each time, and others are not pushed on by it', () => {
    const { clock, lasts } = open()
    const given = Array.from({ length: 1000 }, () => (lasts['noor'] = clock.stamp('noor')))
    expect(given).toEqual(Array.from({ length: 1000 }, (_, i) => START_MS + i))
    expect(clock.stamp('mo')).toBe(START_MS)
    clock.close()
  })

  it('does not follow what another run left on the disk: one dated a year ahead dates itself alone', () => {
    const yearAheadMs = START_MS + 365 * 86_400_000
    const { clock, lasts } = open({ old: yearAheadMs })
    clock.begin(null, 0)
    expect(clock.nowMs()).toBe(START_MS)
    expect(clock.stamp('new')).toBe(START_MS)
    expect(clock.begin(yearAheadMs, 0)).toBe(START_MS - yearAheadMs)
    vi.advanceTimersByTime(1000)
    expect(clock.stamp('old')).toBe(yearAheadMs + 1000)
    expect(lasts).toEqual({ old: yearAheadMs })
    clock.begin(null, 0)
    expect(clock.nowMs()).toBe(START_MS + 1000)
    clock.close()
  })

  it('goes on unbroken where the network sets the phone, in a page that is opened again too', () => {
    const page = open()
    beat(page, 20)
    vi.setSystemTime(Date.now() + 60_000)
    vi.advanceTimersByTime(100)
    page.clock.nowMs()
    expect(page.clock.isUnsure()).toBe(true)
    vi.advanceTimersByTime(900)
    page.clock.heard('strap')
    beat(page, 3)
    expect(page.clock.isUnsure()).toBe(false)
    expect(page.found).toEqual([{ kind: 'set', setMs: 60_000, atMs: START_MS + 20_100 }])
    expect(page.clock.nowMs()).toBe(START_MS + 24_000)
    page.clock.close()
    const again = open()
    again.clock.begin(START_MS + 24_000, 60_000)
    vi.advanceTimersByTime(1000)
    expect(again.clock.nowMs()).toBe(START_MS + 25_000)
    again.clock.close()
  })

  it('keeps for later the moment of what is heard while it is not sure, and gives its time then', () => {
    const page = open()
    beat(page, 20)
    vi.setSystemTime(Date.now() + 45_000)
    vi.advanceTimersByTime(400)
    const heardMs = page.clock.heard('strap')
    expect(page.clock.isUnsure()).toBe(true)
    page.clock.settle()
    expect(page.found).toMatchObject([{ kind: 'missed', sinceMs: START_MS + 20_000 }])
    expect(page.clock.atSteady(heardMs)).toBe(START_MS + 65_400)
    page.clock.close()
  })
})
