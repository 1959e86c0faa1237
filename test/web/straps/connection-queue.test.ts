import { describe, expect, it } from 'vitest'
import { createConnectTurns } from '../../../web/straps/connection-queue.ts'
import { manualTimers } from './manual-timers.ts'

function line() {
  const timers = manualTimers()
  const turns = createConnectTurns(timers, 3000)
  const begun: string[] = []
  const ends = new Map<string, (error?: Error) => void>()
  const ask = (name: string) =>
    turns.ask(() => {
      begun.push(name)
      return new Promise((resolve, reject) =>
        ends.set(name, (error) => (error === undefined ? resolve() : reject(error))),
      )
    })
  return { timers, begun, ends, ask }
}

describe('turns to connect', () => {
  it('go one after another, in the order in which they were asked for', async () => {
    const { timers, begun, ends, ask } = line()
    for (const name of ['a', 'b', 'c']) ask(name)
    expect(begun).toEqual(['a'])
    ends.get('a')?.()
    await timers.pass(0)
    expect(begun).toEqual(['a', 'b'])
    ends.get('b')?.(new Error('no'))
    await timers.pass(0)
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  it('pass on after 3 s, and what ends late gives no second turn', async () => {
    const { timers, begun, ends, ask } = line()
    for (const name of ['slow', 'b', 'c']) ask(name)
    await timers.pass(3000)
    expect(begun).toEqual(['slow', 'b'])
    ends.get('slow')?.()
    await timers.pass(0)
    expect(begun).toEqual(['slow', 'b'])
  })

  it('skip who left the line', async () => {
    const { timers, begun, ends, ask } = line()
    const [leaveA, leaveB] = [ask('a'), ask('b')]
    ask('c')
    leaveB()
    leaveA()
    ends.get('a')?.()
    await timers.pass(0)
    expect(begun).toEqual(['a', 'c'])
  })
})
