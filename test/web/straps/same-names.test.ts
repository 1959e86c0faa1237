// Straps of one make may all advertise one name. A name never proves which strap it is.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOtherTab } from '../../../web/straps/other-tab.ts'
import { labelsOf, namesakesOf } from '../../../web/straps/namesakes.ts'
import { createPracticeRadio } from '../../../web/straps/practice-radio.ts'
import { strapDefaults as parameters } from '../../../web/straps/strap-parameters.ts'
import { createStraps, type WantedStrap } from '../../../web/straps/straps.ts'
import { MadeDevice, madeRadio } from './made-radio.ts'
import { manualTimers } from './manual-timers.ts'

/** A page that has just been opened. */
async function openPage(wanted: readonly WantedStrap[] = [], remembered: readonly MadeDevice[] | null = null) {
  const timers = manualTimers()
  const radio = madeRadio()
  radio.devices = remembered
  const practice = createPracticeRadio(1, timers, String)
  const straps = createStraps({ radio, practice, otherTab: createOtherTab(null, timers), timers, parameters })
  const heard: [string, number | undefined][] = []
  straps.onNotification((id, _atMs, bytes) => heard.push([id, bytes[1]]))
  await straps.known(wanted)
  await timers.pass(2000)
  const choosing = async (device: MadeDevice, ask: () => ReturnType<typeof straps.choose>) => {
    radio.next = { ok: true, device }
    const result = await ask()
    await timers.pass(2000)
    return result
  }
  return {
    straps,
    heard,
    radio,
    choose: (device: MadeDevice, placeOf?: Parameters<typeof straps.choose>[0]) =>
      choosing(device, () => straps.choose(placeOf)),
    tap: (id: string, device: MadeDevice) => choosing(device, () => straps.tap(id)),
    view: (id: string) => straps.list.value.find((strap) => strap.id === id),
    identities: () => straps.list.value.map(({ id, identity }) => [id, identity]),
  }
}
const hrm = (id: string) => new MadeDevice(id, 'HRM')
const annaAndBram: readonly WantedStrap[] = [
  { id: 'anna', name: 'HRM' },
  { id: 'bram', name: 'HRM' },
]

describe('two straps of one name', () => {
  it('gives the chosen strap to the entry that was tapped, after a reload that the browser remembers nothing of', async () => {
    const { tap, view, straps, heard } = await openPage(annaAndBram)
    const chosen = hrm('new id')
    expect(await tap('bram', chosen)).toEqual({ ok: true, id: 'bram', again: true })
    chosen.beat(0, 171)
    expect([view('anna')?.state, view('bram')?.state]).toEqual(['gone', 'live'])
    expect(view('bram')?.pulse.value.lastHeartRateBpm).toBe(171)
    expect(straps.list.value.length).toBe(2)
    expect(heard).toEqual([])
  })

  it('tells no beat of it until a person has said which strap it is', async () => {
    const { tap, straps, heard, view } = await openPage(annaAndBram)
    const chosen = hrm('new id')
    await tap('bram', chosen)
    expect(view('bram')?.identity).toBe('unsure')
    chosen.beat(0, 171)
    straps.identify('bram', 'confirmed')
    chosen.beat(0, 172)
    expect(heard).toEqual([['bram', 172]])
  })

  it('says another strap that it knows is another, and leaves the tapped entry as it was', async () => {
    const { tap, view } = await openPage(annaAndBram)
    const annas = hrm('new id')
    await tap('anna', annas)
    expect(await tap('bram', annas)).toEqual({ ok: true, id: 'anna', again: true })
    expect([view('bram')?.state, annas.opens]).toEqual(['gone', 1])
  })

  it('knows both by the browser, where it remembers them', async () => {
    const both = [hrm('bram'), hrm('anna')]
    const { heard, identities } = await openPage(annaAndBram, both)
    for (const device of both) device.beat(0, device.id === 'bram' ? 171 : 110)
    expect(heard).toEqual([
      ['bram', 171],
      ['anna', 110],
    ])
    expect(identities()).toEqual([
      ['anna', 'plain'],
      ['bram', 'plain'],
    ])
  })

  it('remembers a doubt over a reload, and the id that the browser gave last', async () => {
    const device = hrm('second id')
    const { heard, view } = await openPage(
      [{ id: 'anna', name: 'HRM', deviceId: 'second id', identity: 'unsure' }],
      [device],
    )
    device.beat(0, 110)
    expect([view('anna')?.state, heard]).toEqual(['live', []])
  })

  it('doubts the second of two new ones, chosen one after another', async () => {
    const { choose, identities } = await openPage()
    expect(await choose(hrm('one'))).toEqual({ ok: true, id: 'one', again: false })
    expect(await choose(hrm('two'))).toEqual({ ok: true, id: 'two', again: false })
    expect(identities()).toEqual([
      ['one', 'plain'],
      ['two', 'unsure'],
    ])
  })

  it('never takes a new strap for one that is away: it has a place of its own', async () => {
    const { choose, view, heard } = await openPage([{ id: 'anna', name: 'HRM' }])
    const brams = hrm('brams')
    expect(await choose(brams)).toEqual({ ok: true, id: 'brams', again: false })
    brams.beat(0, 171)
    expect([view('anna')?.state, view('brams')?.identity, heard]).toEqual(['gone', 'unsure', []])
  })

  it('takes the place of one that is away where the caller says so', async () => {
    const { choose, identities } = await openPage([{ id: 'anna', name: 'HRM' }, ...annaAndBram.slice(1)])
    const asked: (readonly string[])[] = []
    await choose(hrm('new id'), (awayIds) => {
      asked.push(awayIds)
      return 'bram'
    })
    expect([asked, identities()]).toEqual([
      [['anna', 'bram']],
      [
        ['anna', 'plain'],
        ['bram', 'unsure'],
      ],
    ])
  })

  it('takes no other place than one of those that it offered', async () => {
    const { choose } = await openPage([{ id: 'anna', name: 'Polar 1' }])
    expect(await choose(hrm('new id'), () => 'anna')).toEqual({ ok: true, id: 'new id', again: false })
  })

  it('doubts a strap without a name that was tapped: the list was not narrowed', async () => {
    const { tap, view } = await openPage([{ id: 'anna', name: '' }])
    await tap('anna', new MadeDevice('x', 'Polar 1'))
    expect(view('anna')).toMatchObject({ name: 'Polar 1', identity: 'unsure' })
  })
})

describe('names of straps', () => {
  it('are numbered where they are not unique', () => {
    const list = [...annaAndBram, { id: 'cem', name: 'Polar 1' }, { id: 'x', name: '' }]
    expect([...labelsOf(list).values()]).toEqual(['HRM (1)', 'HRM (2)', 'Polar 1', '(1)'])
    expect(namesakesOf(list, annaAndBram[0] ?? list[0]).map(({ id }) => id)).toEqual(['bram'])
  })
})

/** What a hand does, with any strap of the list answered: a person cannot tell equal names apart in it. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('tap' as const), entry: fc.nat(5), device: fc.nat(5) }),
  fc.record({ kind: fc.constant('choose' as const), device: fc.nat(5), place: fc.nat(2) }),
  fc.record({ kind: fc.constant('lose' as const), device: fc.nat(5) }),
  fc.record({ kind: fc.constant('reload' as const) }),
  fc.record({ kind: fc.constant('doubt' as const), entry: fc.nat(5) }),
)

describe('every order of taps, choices and reloads', () => {
  it.each([['a browser that remembers nothing'], ['a browser that remembers all']])(
    'brings no beat under a name that another strap has, and one listener for each strap: %s',
    async (browser) => {
      const remembers = browser.endsWith('all')
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          let reloads = 0
          // Six straps, three of one name and two of another.
          const names = ['HRM', 'HRM', 'HRM', 'H7', 'H7', 'Polar 1']
          const worn = () => names.map((name, i) => new MadeDevice(remembers ? `${i}` : `${i}/${reloads}`, name))
          let devices = worn()
          let page = await openPage()
          // Each was chosen and confirmed once: what an entry stands for.
          const standsFor = new Map<string, number>()
          for (const [i, device] of devices.entries()) {
            const chosen = await page.choose(device)
            if (!chosen.ok) throw new Error('not chosen')
            standsFor.set(chosen.id, i)
            page.straps.identify(chosen.id, 'confirmed')
          }
          for (const one of steps) {
            const list = page.straps.list.value
            if (one.kind === 'reload') {
              reloads++
              const wanted = list.map(({ id, name, deviceId, identity }) => ({ id, name, deviceId, identity }))
              devices = worn()
              page = await openPage(wanted, remembers ? devices : null)
              continue
            }
            const device = devices['device' in one ? one.device : 0] ?? hrm('none')
            const entry = 'entry' in one ? list[one.entry] : undefined
            if (one.kind === 'lose') device.lose()
            if (one.kind === 'choose') {
              const known = list.length
              const chosen = await page.choose(device, (away) => away[one.place] ?? null)
              if (chosen.ok && page.straps.list.value.length > known) standsFor.set(chosen.id, one.device)
            }
            // Chromium's list is narrowed to the entry's name.
            if (one.kind === 'tap' && entry?.name === device.name) await page.tap(entry.id, device)
            if (one.kind === 'doubt' && entry !== undefined) page.straps.identify(entry.id, 'unsure')
          }
          page.heard.length = 0
          for (const [i, device] of devices.entries()) device.beat(0, 100 + i)
          for (const [id, bpm = 0] of page.heard) expect([id, standsFor.get(id)]).toEqual([id, bpm - 100])
          // One listener for each, at most one strap for each entry.
          const beats = page.heard.map(([, bpm]) => bpm)
          expect(new Set(beats).size).toBe(beats.length)
          const deviceIds = page.straps.list.value.map(({ deviceId }) => deviceId)
          expect(new Set(deviceIds).size).toBe(deviceIds.length)
        }),
        { numRuns: 200 },
      )
    },
  )
})
