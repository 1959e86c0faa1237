import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  startStrap,
  stepStrap,
  strapStates,
  type StrapEvent,
  type StrapMachine,
} from '../../../web/straps/strap-machine.ts'
import { strapDefaults as p } from '../../../web/straps/strap-parameters.ts'
import { strapProblems } from '../../../web/straps/strap-problem.ts'

/** Runs one machine as the driver would, with a clock that the test moves. */
function drive(jitter = 0.5) {
  let nowMs = 1_000_000
  let machine: StrapMachine = startStrap()
  const connects: { attempt: number; atMs: number }[] = []
  const disconnects: number[] = []
  const states: string[] = []
  let wakeMs: number | null = null
  const tell = (event: StrapEvent) => {
    const step = stepStrap(machine, event, nowMs, jitter, p)
    machine = step.machine
    for (const effect of step.effects) {
      if (effect.kind === 'connect') connects.push({ attempt: effect.attempt, atMs: nowMs })
      else if (effect.kind === 'disconnect') disconnects.push(nowMs)
      else wakeMs = effect.untilMs
    }
    if (states.at(-1) !== machine.state) states.push(machine.state)
    return step.effects
  }
  /** Let time pass, waking the machine where it asked to be; `onWake` may answer for the radio. */
  const pass = (forMs: number, onWake: () => void = () => {}) => {
    const endMs = nowMs + forMs
    for (let wakes = 0; wakeMs !== null && wakeMs <= endMs; wakes++) {
      if (wakes > 10_000) throw new Error('wakes without end')
      nowMs = Math.max(nowMs, wakeMs)
      wakeMs = null
      tell({ kind: 'time' })
      onWake()
    }
    nowMs = endMs
  }
  const attempt = () => machine.attempt
  const open = () => {
    tell({ kind: 'opening', attempt: attempt() })
    tell({ kind: 'opened', attempt: attempt() })
  }
  const live = () => {
    tell({ kind: 'chosen' })
    open()
    tell({ kind: 'notified' })
  }
  return { tell, pass, open, live, attempt, connects, disconnects, states, at: () => nowMs, now: () => machine }
}

describe('the way of one strap', () => {
  it('is live at its first beat, not at its link', () => {
    const strap = drive()
    strap.tell({ kind: 'chosen' })
    strap.open()
    expect(strap.now().state).toBe('connecting')
    strap.tell({ kind: 'notified' })
    expect(strap.states).toEqual(['connecting', 'live'])
  })

  it('is silent after 5 s without a beat, live at the next, and says so each time', () => {
    const strap = drive()
    strap.live()
    for (let s = 0; s < 20; s++) {
      strap.pass(1000)
      strap.tell({ kind: 'notified' })
    }
    strap.pass(4999)
    expect(strap.now().state).toBe('live')
    strap.pass(1)
    expect(strap.now().state).toBe('silent')
    strap.tell({ kind: 'notified' })
    expect([strap.states, strap.connects.length]).toEqual([['connecting', 'live', 'silent', 'live'], 1])
  })

  it('opens the link anew after 30 s of silence, less often each time', () => {
    const strap = drive()
    strap.live()
    strap.pass(30_000)
    expect(strap.disconnects).toHaveLength(1)
    strap.tell({ kind: 'closed' })
    strap.pass(300_000, () => {
      if (strap.now().link === 'closing') strap.tell({ kind: 'closed' })
      if (strap.now().link === 'asked') strap.open()
    })
    expect(strap.connects.length).toBeGreaterThan(5)
    expect(strap.connects.length).toBeLessThan(10)
  })

  it('waits 1, 2, 4, ... 30 s between tries, half of it by chance', () => {
    const waits = (jitter: number) => {
      const strap = drive(jitter)
      strap.live()
      strap.tell({ kind: 'closed' })
      const lostAtMs: number[] = [strap.at()]
      strap.pass(200_000, () => {
        if (strap.now().link !== 'asked') return
        strap.tell({ kind: 'opening', attempt: strap.attempt() })
        strap.tell({ kind: 'failed', attempt: strap.attempt(), problem: 'attempt_failed' })
        lostAtMs.push(strap.at())
      })
      return strap.connects.slice(1, 9).map(({ atMs }, i) => atMs - (lostAtMs[i] ?? 0))
    }
    // The second try waits for the end of the first: 1.5 s of grace.
    expect(waits(1)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
    expect(waits(0)).toEqual([500, 1500, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  })

  it('gives up a connect that never answers after 12 s, and ignores the answer that comes later', () => {
    const strap = drive()
    strap.tell({ kind: 'chosen' })
    strap.tell({ kind: 'opening', attempt: 1 })
    strap.pass(12_000)
    expect(strap.now()).toMatchObject({ state: 'lost', problem: 'timed_out', link: 'closing' })
    strap.tell({ kind: 'opened', attempt: 1 })
    expect(strap.now().link).toBe('closing')
    strap.pass(1500)
    expect(strap.connects.map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  it('does not count the time in which others have their turn', () => {
    const strap = drive()
    strap.tell({ kind: 'chosen' })
    strap.pass(60_000)
    expect(strap.now()).toMatchObject({ state: 'connecting', link: 'asked' })
  })

  it('says that Bluetooth is off and tries again as soon as it is on', () => {
    const strap = drive()
    strap.live()
    strap.tell({ kind: 'closed' })
    strap.pass(1000)
    strap.tell({ kind: 'opening', attempt: 2 })
    strap.tell({ kind: 'failed', attempt: 2, problem: 'bluetooth_off' })
    expect(strap.now().problem).toBe('bluetooth_off')
    strap.pass(1600)
    strap.tell({ kind: 'radio_ready' })
    expect(strap.connects).toHaveLength(3)
  })

  it('is gone where the browser blocks it, until a tap', () => {
    const strap = drive()
    strap.tell({ kind: 'chosen' })
    strap.tell({ kind: 'opening', attempt: 1 })
    strap.tell({ kind: 'failed', attempt: 1, problem: 'blocked' })
    strap.pass(600_000)
    expect([strap.now().state, strap.now().problem, strap.connects.length]).toEqual(['gone', 'blocked', 1])
    strap.tell({ kind: 'tap' })
    expect([strap.now().state, strap.connects.length]).toEqual(['connecting', 2])
  })

  it('comes back by a tap after it was taken away, once its old link is gone', () => {
    const strap = drive()
    strap.live()
    strap.tell({ kind: 'taken_away' })
    strap.tell({ kind: 'tap' })
    expect(strap.connects).toHaveLength(1)
    strap.tell({ kind: 'closed' })
    expect(strap.connects).toHaveLength(1)
    strap.pass(250)
    expect(strap.connects).toHaveLength(2)
  })
})

const answerKinds = ['opening', 'opened'] as const
const plainKinds = [
  'choosing',
  'chosen',
  'not_chosen',
  'out_of_reach',
  'closed',
  'notified',
  'time',
  'tap',
  'radio_ready',
  'taken_away',
] as const
/** Anything at any time; `late` is how many attempts ago an answer belongs to. */
const happening = fc.record({
  event: fc.oneof(
    fc.record({ kind: fc.constantFrom(...plainKinds) }),
    fc.record({ kind: fc.constantFrom(...answerKinds), late: fc.nat({ max: 1 }) }),
    fc.record({
      kind: fc.constant('failed' as const),
      late: fc.nat({ max: 1 }),
      problem: fc.constantFrom(...strapProblems),
    }),
  ),
  afterMs: fc.oneof(fc.constant(0), fc.nat({ max: 3000 }), fc.nat({ max: 60_000 })),
  jitter: fc.double({ min: 0, max: 1, noNaN: true }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

const toEvent = ({ event }: Happening, attempt: number): StrapEvent =>
  'late' in event ? { ...event, attempt: attempt - event.late } : event

describe('whatever happens to a strap', () => {
  it('connects once at a time, and only after the old link is seen gone or its grace is over', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 60 }), (story) => {
        let machine = startStrap()
        let nowMs = 0
        // The world's own book of the link, kept by effects and events alone.
        let link: 'none' | 'under_way' | 'open' | 'ending' = 'none'
        let endingSinceMs = 0
        for (const part of story) {
          nowMs += part.afterMs
          const event = toEvent(part, machine.attempt)
          if (event.kind === 'closed' && (link === 'open' || link === 'ending')) link = 'none'
          if (event.kind === 'opened' && event.attempt === machine.attempt && machine.link === 'opening') link = 'open'
          if (link === 'ending' && nowMs - endingSinceMs >= p.closeGraceMs) link = 'none'
          const step = stepStrap(machine, event, nowMs, part.jitter, p)
          machine = step.machine
          for (const effect of step.effects) {
            expect(['connect', 'disconnect', 'wait']).toContain(effect.kind)
            if (effect.kind === 'disconnect') [link, endingSinceMs] = ['ending', nowMs]
            if (effect.kind === 'wait') expect(effect.untilMs).toBeLessThanOrEqual(nowMs + p.retryMaxMs)
            if (effect.kind !== 'connect') continue
            expect(link).toBe('none')
            link = 'under_way'
          }
          expect(strapStates).toContain(machine.state)
          if (machine.state === 'live' || machine.state === 'silent') expect(machine.link).toBe('open')
          if (machine.state === 'gone') expect(['none', 'closing']).toContain(machine.link)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('always tries again while it is wanted, and is live when the strap is there', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), fc.boolean(), (story, answers) => {
        const strap = drive()
        for (const part of story) {
          strap.pass(part.afterMs)
          strap.tell(toEvent(part, strap.attempt()))
        }
        const state = strap.now().state
        if (state === 'gone' || state === 'choosing') return
        const before = strap.connects.length
        const serve = () => {
          if (strap.now().link === 'asked') strap.tell({ kind: 'opening', attempt: strap.attempt() })
          if (!answers) return
          if (strap.now().link === 'opening') strap.tell({ kind: 'opened', attempt: strap.attempt() })
          if (strap.now().link === 'open') strap.tell({ kind: 'notified' })
        }
        serve()
        strap.pass(p.silentAfterMs + p.silentCycleMs + 2 * p.retryMaxMs + p.connectTimeoutMs, serve)
        if (answers) expect(strap.now().state).toBe('live')
        else expect(strap.connects.length).toBeGreaterThan(before)
      }),
      { numRuns: 500 },
    )
  })

  it('asks for no timer at a beat', () => {
    const strap = drive()
    strap.live()
    for (let i = 0; i < 100; i++) {
      strap.pass(40)
      expect(strap.tell({ kind: 'notified' })).toEqual([])
    }
  })
})
