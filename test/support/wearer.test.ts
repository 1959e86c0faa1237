// What the tests over a simulated radio say was lost: nothing that was kept, and everything that was not.
import { expect, it } from 'vitest'
import { hex, lostOf, Wearer } from '../e2e/group-run/wearer.ts'
import { FakeStrap } from './fake-strap.ts'

const tree = { add: () => {}, remove: () => {}, set: () => {}, hasRoom: () => true }

/** Somebody whose strap has a link, after four beats before the start and six after it. */
function wearerAfterTen(): { readonly wearer: Wearer; readonly since: string[] } {
  const strap = new FakeStrap(tree, { address: 'C0:00:00:00:01:01', name: 'Band 01' })
  strap.connected = true
  strap.notifying = true
  const wearer = new Wearer('Anna', strap)
  for (const bpm of [112, 113, 113, 114]) wearer.beat(bpm)
  wearer.begin()
  for (const bpm of [114.2, 114.4, 114.6, 114.8, 115, 115.2]) wearer.beat(bpm)
  return { wearer, since: wearer.onAir.slice(wearer.begunAt).map(({ bytes }) => hex(bytes)) }
}

it('never sends two beats that are alike', () => {
  const { wearer } = wearerAfterTen()
  for (let beat = 0; beat < 1000; beat++) wearer.beat(114 + 10 * Math.sin(beat / 50))
  const sent = wearer.onAir.map(({ bytes }) => hex(bytes))
  expect(new Set(sent).size).toBe(sent.length)
})

it('says that nothing is lost where all since the start was kept, whatever was sent before it', () => {
  const { wearer, since } = wearerAfterTen()
  expect(lostOf(wearer, since)).toEqual([])
})

it('says which notification is lost', () => {
  const { wearer, since } = wearerAfterTen()
  expect(lostOf(wearer, since.toSpliced(2, 1))).toEqual([wearer.onAir[wearer.begunAt + 2]])
})

it('does not take what was never sent, came twice or out of order for a recording', () => {
  const { wearer, since } = wearerAfterTen()
  const [first = '', second = '', ...rest] = since
  for (const got of [
    [...since, '1672'],
    [first, first, second, ...rest],
    [second, first, ...rest],
  ])
    expect(lostOf(wearer, got)).toBeNull()
})
