import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hearStrap,
  readClock,
  settleClock,
  startClock,
  STEP_MS,
  type ClockEvent,
  type ClockState,
} from '../../../web/outbox/clock-state.ts'

const START_MS = Date.UTC(2026, 2, 29, 0, 59)
const DAY_MS = 86_400_000

/** A page with both clocks, straps that tell once a second, and whatever happens to them. */
class MadePage {
  readonly clock: ClockState
  readonly events: ClockEvent[] = []
  steadyMs = 100.4
  wallMs = START_MS
  /** Time as it really passes. */
  trueMs = START_MS
  wasHidden = false
  isHeldAwake = true
  straps: string[] = ['a', 'b', 'c']
  /** What tells within a second, of true time. */
  #phases: Readonly<Record<string, number>> = { a: 150, b: 400, c: 700 }

  constructor(notBeforeMs: number | null = null, setMs = 0) {
    this.clock = startClock(this, notBeforeMs, setMs)
  }
  /** Straps are heard and the clock is read each half second. */
  run(forMs: number): this {
    const untilMs = this.trueMs + forMs
    while (this.trueMs < untilMs) {
      const told = this.straps.filter((id) => (this.trueMs - (this.#phases[id] ?? 0)) % 1000 === 0)
      if (told.length > 0 || this.trueMs % 500 === 0) this.read()
      for (const id of told) hearStrap(this.clock, id, this.steadyMs)
      this.#pass(50)
    }
    return this
  }
  read(): this {
    const { wallMs, steadyMs, wasHidden, isHeldAwake } = this
    this.events.push(...readClock(this.clock, { wallMs, steadyMs, wasHidden, isHeldAwake }))
    return this
  }
  /** Somebody sets the wall clock. */
  set(byMs: number): this {
    this.wallMs += byMs
    return this
  }
  /** The phone sleeps: its steady clock stands still. */
  sleep(forMs: number): this {
    this.trueMs += forMs
    this.wallMs += forMs
    return this
  }
  /** The page is stopped, the phone is not. */
  freeze(forMs: number): this {
    this.#pass(forMs)
    return this
  }
  #pass(ms: number): void {
    this.trueMs += ms
    this.wallMs += ms
    this.steadyMs += ms
  }
  get told() {
    return this.events.map((event) =>
      event.kind === 'set'
        ? `set ${Math.round(event.setMs / 100) / 10}`
        : `missed ${Math.floor((event.atMs - event.sinceMs) / 1000)}`,
    )
  }
  /** How far this clock is ahead of the true time, s. */
  get aheadS(): number {
    return Math.round((this.clock.lastMs - this.trueMs) / 500) / 2 + 0
  }
}

describe('the recorder’s clock', () => {
  it('follows the steady clock in whole milliseconds and says nothing where nothing happens', () => {
    const page = new MadePage().run(60_000).read()
    expect(page.told).toEqual([])
    expect([page.clock.lastMs, Number.isSafeInteger(page.clock.lastMs)]).toEqual([START_MS + 60_000, true])
  })

  const steps: readonly (readonly [
    what: string,
    run: (page: MadePage) => MadePage,
    told: readonly string[],
    aheadS: number,
  ])[] = [
    ['a sleep of 45 s', (p) => p.sleep(45_500), ['missed 45'], 0],
    ['a sleep with the screen off', (p) => Object.assign(p, { wasHidden: true }).sleep(45_000), ['missed 45'], 0],
    ['a minute put on by the network', (p) => p.set(60_000), ['set 60'], 0],
    ['a minute taken off', (p) => p.set(-60_000), ['set -60'], 0],
    [
      'a minute taken off, and then a sleep',
      (p) => p.set(-60_000).run(5000).sleep(45_500),
      ['set -60', 'missed 45'],
      0,
    ],
    ['a minute put on, and then a sleep', (p) => p.set(60_000).run(5000).sleep(45_500), ['set 60', 'missed 45'], 0],
    ['a sleep, and then a minute put on', (p) => p.sleep(45_500).run(20_000).set(60_000), ['missed 45', 'set 60'], 0],
    [
      'three steps one after another',
      (p) => p.set(-60_000).run(400).set(-3000).run(400).set(7000),
      ['set -60', 'set -3', 'set 7'],
      0,
    ],
    ['two steps ahead before the first is decided', (p) => p.set(60_000).run(1000).set(30_000), ['set 90'], 0],
    ['40 days put on', (p) => p.set(40 * DAY_MS), ['set 3456000'], 0],
    ['40 days taken off', (p) => p.set(-40 * DAY_MS), ['set -3456000'], 0],
    [
      '40 days put on while nobody wears a strap',
      (p) =>
        Object.assign(p, { straps: [] })
          .run(9000)
          .set(40 * DAY_MS),
      ['set 3456000'],
      0,
    ],
    ['a page that was stopped for 40 s', (p) => p.freeze(40_000), ['missed 40'], 0],
    ['a page stopped and a phone asleep', (p) => p.freeze(20_000).sleep(20_000), ['missed 40'], 0],
    ['summer time: no clock that a page reads moves', (p) => p.run(120_000), [], 0],
    ['a difference too small to tell', (p) => p.set(STEP_MS - 100), [], 0],
  ]
  it.each(steps)('%s', (_what, happens, told, aheadS) => {
    const page = new MadePage().run(30_200)
    happens(page).run(10_000).read()
    expect(page.told).toEqual(told)
    expect(page.aheadS).toBe(aheadS)
  })

  it('does not know how long ago anything was until it is decided, and does not leap before', () => {
    const page = new MadePage().run(30_000).set(60_000).run(1500)
    expect(page.clock.step).not.toBeNull()
    expect([page.told, page.aheadS]).toEqual([[], 0])
    page.run(2000)
    expect(page.clock.step).toBeNull()
  })

  it('takes for sleep what nobody beats across, in sight or not: a hole that is told is better than a hidden one', () => {
    const changes: readonly Partial<Pick<MadePage, 'straps' | 'wasHidden'>>[] = [{ straps: [] }, { wasHidden: true }]
    for (const change of changes) {
      const page = Object.assign(new MadePage().run(30_000), change).run(5000).set(60_000).run(5000).read()
      expect(page.told).toEqual(['missed 60'])
    }
  })

  it('takes for sleep what shifts one strap where nothing keeps the screen on', () => {
    const page = Object.assign(new MadePage().run(30_000), { isHeldAwake: false })
    expect(page.sleep(45_700).run(5000).read().told).toEqual(['missed 46'])
    const other = Object.assign(new MadePage().run(30_000), { isHeldAwake: false })
    expect(other.set(60_000).run(5000).read().told).toEqual(['set 60'])
  })

  it('takes for sleep what gives a burst behind it, though it lasted as many seconds to the moment', () => {
    const page = new MadePage().run(30_200).sleep(45_000).read()
    for (let waited = 0; waited < 5; waited++) hearStrap(page.clock, 'a', page.steadyMs + waited)
    for (let waited = 0; waited < 5; waited++) hearStrap(page.clock, 'b', page.steadyMs + waited)
    expect(page.run(5000).read().told).toEqual(['missed 45'])
  })

  it('decides at once where something must have its time', () => {
    const page = new MadePage().run(30_000).set(60_000).run(1200)
    const { wallMs, steadyMs } = page
    const found = settleClock(page.clock, { wallMs, steadyMs, wasHidden: false, isHeldAwake: true })
    expect(found).toMatchObject([{ kind: 'set', setMs: 60_000 }])
  })

  it('gives what is heard while it is decided the time after the sleep, behind the hole', () => {
    const page = new MadePage().run(30_000)
    page.sleep(45_500).read()
    const heardMs = page.steadyMs + 300
    page.run(5000)
    const [missed] = page.events
    expect(missed?.kind).toBe('missed')
    const givenMs = Math.floor(page.clock.baseMs + heardMs)
    expect(givenMs - (missed?.atMs ?? 0)).toBeGreaterThanOrEqual(0)
    expect(givenMs - (missed?.atMs ?? 0)).toBeLessThan(1000)
  })

  it('follows a clock that the network moves slowly, for hours, without a word', () => {
    const page = new MadePage()
    for (let minute = 0; minute < 180; minute++) page.run(60_000).set(30)
    expect(page.told).toEqual([])
  })

  it('goes on behind the last entry of its run, and knows how far the phone was set in it', () => {
    expect(new MadePage(START_MS + 60_000).run(1000).read().clock.lastMs).toBe(START_MS + 61_000)
    const after = new MadePage(START_MS - 3_600_500, 3_600_000)
    expect(after.clock.lastMs).toBe(START_MS - 3_600_000)
    expect(after.run(10_000).sleep(45_500).run(5000).told).toEqual(['missed 45'])
  })

  it('never goes back, and what it says lies between what it showed before and after, whatever both clocks do', () => {
    const reading = fc.record({
      wallMs: fc.integer({ min: -1e9, max: 1e9 }),
      stepMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
      wasHidden: fc.boolean(),
      isHeldAwake: fc.boolean(),
      hears: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(reading), fc.option(fc.integer({ min: -1e9, max: 1e9 })), (readings, notBefore) => {
        const clock = startClock({ wallMs: START_MS, steadyMs: 0 }, notBefore === null ? null : START_MS + notBefore)
        let steadyMs = 0
        let beforeMs = clock.lastMs
        for (const { wallMs, stepMs, hears, ...how } of readings) {
          steadyMs += stepMs
          if (hears) hearStrap(clock, 'a', steadyMs)
          const events = readClock(clock, { wallMs: START_MS + wallMs, steadyMs, ...how })
          expect(Number.isSafeInteger(clock.lastMs)).toBe(true)
          expect(clock.lastMs).toBeGreaterThanOrEqual(beforeMs)
          for (const event of events) {
            expect(event.atMs).toBeLessThanOrEqual(clock.lastMs)
            if (event.kind === 'missed') expect(event.sinceMs).toBeLessThanOrEqual(event.atMs)
          }
          beforeMs = clock.lastMs
        }
      }),
    )
  })
})
