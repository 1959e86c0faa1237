// Straps of one name in the hands of a therapist: whatever is tapped, no beat stands under another runner's name.
import { signal } from '@preact/signals'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { GroupRun } from '../../../web/group-run/group-run.ts'
import { StrapAssignments } from '../../../web/group-run/strap-assignments.ts'
import { createOtherTab } from '../../../web/straps/other-tab.ts'
import { createPracticeRadio } from '../../../web/straps/practice-radio.ts'
import { strapDefaults as parameters } from '../../../web/straps/strap-parameters.ts'
import { createStraps } from '../../../web/straps/straps.ts'
import { MadeDevice, madeRadio } from '../straps/made-radio.ts'
import { manualTimers } from '../straps/manual-timers.ts'
import { madeOutbox, openRun, runner, stubLocalStorage } from './made-run.ts'

beforeEach(stubLocalStorage)
afterEach(() => vi.unstubAllGlobals())

/** A page with a run; `made` is the phone's disk. */
async function openPage(made = madeOutbox()) {
  const timers = manualTimers()
  const radio = madeRadio()
  const practice = createPracticeRadio(1, timers, String)
  const straps = createStraps({ radio, practice, otherTab: createOtherTab(null, timers), timers, parameters })
  const current = signal<GroupRun | null>(await openRun(made.outbox))
  const run = current.value
  if (run === null) throw new Error('no run')
  const controller = new StrapAssignments(straps, made.outbox, current)
  straps.onNotification((strapId, _atMs, notification) => run.hear(strapId, notification))
  await controller.open()
  await timers.pass(2000)
  const choosing = async <T>(device: MadeDevice, ask: () => Promise<T>): Promise<T> => {
    radio.next = { ok: true, device }
    const result = await ask()
    await timers.pass(2000)
    device.beat(0, 60)
    return result
  }
  return {
    ...made,
    run,
    controller,
    straps,
    timers,
    choose: (runnerId: string, device: MadeDevice) => choosing(device, () => controller.choose(runnerId)),
    tap: (strapId: string, device: MadeDevice) => choosing(device, () => controller.tap(strapId)),
    strapOf: (runnerId: string) => {
      const { strapId } = run.runners.find(runnerId).stored
      const view = straps.list.value.find(({ id }) => id === strapId)
      if (view === undefined) throw new Error(`${runnerId} wears none`)
      return view
    },
    asked: () => controller.questions.value.map(({ participant }) => participant.stored.alias),
    /** The bytes of everybody's heart rates as they were written down. */
    written: (runnerId: string) =>
      made.appended.flatMap(({ id, entry }) =>
        id === runnerId && entry.kind === 'notification' ? [entry.bytes[1]] : [],
      ),
  }
}
const hrm = (id: string) => new MadeDevice(id, 'HRM')

describe('two straps of one name', () => {
  it('are both asked for before the start, and write nothing until a person has seen which one beats', async () => {
    const page = await openPage()
    const { run, controller } = page
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    const [annas, brams] = [hrm('a'), hrm('b')]
    await page.choose(anna, annas)
    expect(page.asked()).toEqual([])
    await page.choose(bram, brams)
    expect(page.asked()).toEqual(['Anna', 'Bram'])
    run.start([anna, bram])
    annas.beat(0, 110)
    brams.beat(0, 171)
    expect([page.written(anna), page.written(bram)]).toEqual([[], []])
    controller.confirm(anna, page.strapOf(anna))
    controller.confirm(bram, page.strapOf(bram))
    expect(page.asked()).toEqual([])
    annas.beat(0, 111)
    brams.beat(0, 172)
    expect([page.written(anna), page.written(bram)]).toEqual([[111], [172]])
  })

  it('change hands where a person sees that they are swapped, and the other is asked for next', async () => {
    const page = await openPage()
    const { run, controller } = page
    const [anna, bram] = [run.join(runner('Anna')), run.join(runner('Bram'))]
    await page.choose(anna, hrm('a'))
    await page.choose(bram, hrm('b'))
    // The one that Anna was given beats on Bram.
    controller.confirm(bram, page.strapOf(anna))
    expect([page.strapOf(bram).id, page.strapOf(anna).id]).toEqual(['a', 'b'])
    expect([page.strapOf(bram).identity, page.strapOf(anna).identity]).toEqual(['confirmed', 'unsure'])
    expect(page.asked()).toEqual(['Anna'])
  })

  it('cost who runs already no beat when the second appears: that is asked', async () => {
    const page = await openPage()
    const { run } = page
    const [anna, late] = [run.join(runner('Anna')), run.join(runner('Late'))]
    const annas = hrm('a')
    await page.choose(anna, annas)
    run.start([anna])
    await page.choose(late, hrm('b'))
    annas.beat(0, 111)
    expect(page.written(anna)).toEqual([111])
    expect(page.asked()).toEqual(['Anna', 'Late'])
  })

  it('are asked for again when one is given from the list: nobody sees in a list which one is in the hand', async () => {
    const page = await openPage()
    const { run, controller } = page
    const [anna, bram, cem] = [run.join(runner('Anna')), run.join(runner('Bram')), run.join(runner('Cem'))]
    await page.choose(anna, hrm('a'))
    await page.choose(bram, hrm('b'))
    for (const id of [anna, bram]) controller.confirm(id, page.strapOf(id))
    controller.give(cem, page.strapOf(bram))
    expect([page.asked(), page.strapOf(cem).identity]).toEqual([['Cem'], 'unsure'])
  })

  it('say after a tap that another strap was chosen than the one that was meant', async () => {
    const first = await openPage()
    const [anna, bram] = [first.run.join(runner('Anna')), first.run.join(runner('Bram'))]
    await first.choose(anna, hrm('a'))
    await first.choose(bram, hrm('b'))
    // A browser that remembers nothing.
    const page = await openPage(first)
    const chosen = hrm('new id')
    await page.tap('a', chosen)
    await page.tap('b', chosen)
    expect(page.controller.other.value).toEqual({ meant: 'Bram', chosen: 'HRM (1)', wearer: 'Anna' })
    expect(page.strapOf(bram).state).toBe('gone')
  })
})

describe('a strap that is searched for', () => {
  it('takes the place of the one that its runner wore, after a reload that the browser remembers nothing of', async () => {
    const first = await openPage()
    const anna = first.run.join(runner('Anna'))
    await first.choose(anna, new MadeDevice('a', 'Polar 1'))
    const page = await openPage(first)
    await page.choose(anna, new MadeDevice('new id', 'Polar 1'))
    expect(page.straps.list.value.map(({ id, deviceId, identity }) => [id, deviceId, identity])).toEqual([
      ['a', 'new id', 'plain'],
    ])
    // The next page finds it by that id.
    expect(page.controller.memory.value.straps).toEqual([
      { id: 'a', name: 'Polar 1', deviceId: 'new id', identity: 'plain' },
    ])
  })

  it('never takes the place of one that another runner wears', async () => {
    const first = await openPage()
    const [anna, bram] = [first.run.join(runner('Anna')), first.run.join(runner('Bram'))]
    await first.choose(anna, hrm('a'))
    const page = await openPage(first)
    const brams = hrm('new id')
    await page.choose(bram, brams)
    page.run.start([anna, bram])
    brams.beat(0, 171)
    expect([page.written(anna), page.written(bram), page.asked()]).toEqual([[], [], ['Anna', 'Bram']])
  })
})

describe('any order of hands, with three straps of one name', () => {
  it('writes down of nobody what was not said to be theirs', async () => {
    let written = 0
    const action = fc.oneof(
      fc.record({ kind: fc.constantFrom('choose' as const, 'give' as const), who: fc.nat(2), strap: fc.nat(2) }),
      fc.record({ kind: fc.constant('confirm' as const), who: fc.nat(2) }),
      fc.record({ kind: fc.constantFrom('reload' as const, 'take' as const), who: fc.nat(2) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        stubLocalStorage()
        let page = await openPage()
        let reloads = 0
        const people = ['Anna', 'Bram', 'Cem'].map((alias) => page.run.join(runner(alias)))
        // Runner i wears strap i; the list of the browser shows three times HRM, and nobody knows which is which.
        const dress = () => people.map((_, i) => hrm(`${i} ${reloads}`))
        let worn = dress()
        for (const [i, id] of people.entries()) await page.choose(id, worn[(i + 1) % 3] ?? hrm('none'))
        page.run.start(people)
        for (const one of actions) {
          const who = people[one.who] ?? ''
          const list = page.straps.list.value
          if (one.kind === 'reload') {
            reloads++
            worn = dress()
            page = await openPage(page)
          }
          if (one.kind === 'choose') await page.choose(who, worn[one.strap] ?? hrm('none'))
          const given = one.kind === 'give' ? list[one.strap] : undefined
          if (given !== undefined) page.controller.give(who, given)
          if (one.kind === 'take') page.controller.give(who, null)
          if (one.kind === 'confirm') {
            // A person is right about what they see: the strap whose beats are this runner's.
            const theirs = list.find(({ deviceId }) => deviceId === worn[one.who]?.id)
            if (theirs !== undefined) page.controller.confirm(who, theirs)
          }
          page.appended.length = 0
          for (const [i, device] of worn.entries()) device.beat(0, 100 + i)
          for (const [i, id] of people.entries())
            for (const bpm of page.written(id)) {
              expect([i, bpm]).toEqual([i, 100 + i])
              written++
            }
        }
      }),
      { numRuns: 150 },
    )
    // It does write: a phone that wrote nothing would be right as well.
    expect(written).toBeGreaterThan(100)
  })
})
