import { describe, expect, it } from 'vitest'
import { ProblemError } from '../../src/http/problem.ts'
import { makeTurns } from '../../src/http/turns.ts'

/** Take a turn; the list says who has begun, in order. */
const taking = (turns: ReturnType<typeof makeTurns>, begun: string[]) => async (who: string, name: string) => {
  const release = await turns.take(who)
  begun.push(name)
  return release
}

describe('turns', () => {
  it('are two at a time for a person, and the rest wait in their order', async () => {
    const begun: string[] = []
    const take = taking(makeTurns(2, 9), begun)
    const [first, second, third, fourth] = ['a', 'b', 'c', 'd'].map((name) => take('anna', name))
    await Promise.all([first, second])
    expect(begun).toEqual(['a', 'b'])
    ;(await second)?.()
    await third
    expect(begun).toEqual(['a', 'b', 'c'])
    ;(await first)?.()
    await fourth
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
  })

  it('of one person keep nobody else waiting', async () => {
    const begun: string[] = []
    const take = taking(makeTurns(1, 9), begun)
    await take('anna', 'a')
    void take('anna', 'b')
    await take('bo', 'c')
    expect(begun).toEqual(['a', 'c'])
  })

  it('that end twice give one turn back', async () => {
    const begun: string[] = []
    const take = taking(makeTurns(1, 9), begun)
    const release = await take('anna', 'a')
    release()
    release()
    await take('anna', 'b')
    void take('anna', 'c')
    await take('bo', 'd')
    expect(begun).toEqual(['a', 'b', 'd'])
  })

  it('are not waited for by too many', async () => {
    const turns = makeTurns(1, 1)
    await turns.take('anna')
    const waiting = turns.take('anna')
    const refused = await turns.take('anna').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ProblemError)
    expect(refused).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    expect(await Promise.race([waiting, Promise.resolve('still waiting')])).toBe('still waiting')
  })

  it('are not given to who has gone, and the next one has it', async () => {
    const turns = makeTurns(1, 9)
    const release = await turns.take('anna')
    const gone = new AbortController()
    const left = turns.take('anna', gone.signal)
    const next = turns.take('anna')
    gone.abort()
    await expect(left).rejects.toThrow('INVALID_REQUEST')
    await expect(turns.take('anna', AbortSignal.abort())).rejects.toThrow('INVALID_REQUEST')
    release()
    ;(await next)()
    expect(typeof (await turns.take('anna'))).toBe('function')
  })
})
