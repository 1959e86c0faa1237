import { describe, expect, it } from 'vitest'
import { MAX_BATCHES_PER_REQUEST } from '../../../src/live/protocol.ts'
import type { StoredParticipation } from '../../../web/outbox/stored.ts'
import { fails, fakeSending, type Seen } from '../../support/fake-sending.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const MINUTE_MS = 60_000
const over = madeRun({ endedAtMs: madeRun().madeAtMs + 30 * MINUTE_MS })
const six = ['anna', 'bram', 'cem', 'dina', 'els', 'fedde']
const runnersOf = (ids: readonly string[], more: Partial<StoredParticipation> = {}) =>
  ids.map((id) => madeParticipation({ id, clientId: `client-${id}`, alias: id, ...more }))
/** @param count batches of each */
const sendingOf = (ids: readonly string[], count: number) =>
  fakeSending([over], runnersOf(ids), Object.fromEntries(ids.map((id) => [id, count])))

/** How many batches of each came. */
const cameOf = ({ arrived }: { arrived: ReadonlySet<string> }) => {
  const counts: Record<string, number> = {}
  for (const name of arrived) counts[name.split(' ')[0] ?? ''] = (counts[name.split(' ')[0] ?? ''] ?? 0) + 1
  return counts
}
const isOf = ({ runners }: Seen, id: string): boolean => runners.includes(id)

describe('one request', () => {
  it('brings no more batches than the server takes, and all of them come', async () => {
    const fake = sendingOf(six, 350)
    await fake.pass(1000)
    expect(fake.seen.map(({ batches }) => batches.length)).toEqual([MAX_BATCHES_PER_REQUEST, 100])
    expect(fake.arrived.size).toBe(2100)
    expect(fake.sync.sync.value.state).toBe('idle')
  })

  it('shrinks until a server takes it that takes less than this phone thinks', async () => {
    const fake = sendingOf(six, 350)
    fake.behave = ({ batches }) => (batches.length > 120 ? fails('not_understood', 'INVALID_REQUEST') : null)
    await fake.pass(1000)
    expect(fake.arrived.size).toBe(2100)
    expect(fake.setAside).toEqual([])
    expect(fake.seen.length).toBeLessThan(80)
  })

  it('that is too large for a proxy shrinks as well', async () => {
    const fake = sendingOf(['anna'], 400)
    fake.behave = ({ batches }) => (batches.length > 7 ? fails('too_large', 'BODY_TOO_LARGE') : null)
    await fake.pass(1000)
    expect([fake.arrived.size, fake.setAside]).toEqual([400, []])
  })

  it('that is too slow for its network becomes smaller, until it comes in time', async () => {
    const fake = fakeSending([over], runnersOf(['anna']), { anna: 60 }, 10_000)
    fake.behave = ({ batches }) => (batches.length > 4 ? fails('timeout') : null)
    await fake.pass(10 * MINUTE_MS)
    expect(fake.seen.map(({ batches }) => batches.length).slice(0, 5)).toEqual([15, 7, 3, 4, 4])
    expect(fake.arrived.size).toBe(60)
  })
})

describe('one batch that is refused alone', () => {
  it('is set aside with its reason, and neither its runner nor anybody else waits for it', async () => {
    const fake = sendingOf(six, 50)
    fake.behave = ({ batches }) => (batches.includes('bram 17') ? fails('not_understood', 'INVALID_REQUEST') : null)
    await fake.pass(1000)
    expect(fake.setAside).toEqual([expect.objectContaining({ participationId: 'bram', number: 17 })])
    expect(fake.arrived.size).toBe(6 * 50 - 1)
    expect(fake.books.participations.get('bram')).toMatchObject({
      setAside: 1,
      setAsideCode: 'INVALID_REQUEST',
      refused: null,
    })
    const before = fake.seen.length
    await fake.pass(60 * MINUTE_MS)
    expect(fake.seen.length).toBe(before)
    expect(fake.sync.sync.value).toMatchObject({ state: 'idle', unsent: 0 })
  })

  it('by the answer, beside others that are taken, is set aside too', async () => {
    const fake = sendingOf(['anna'], 5)
    fake.behave = ({ batches }) =>
      batches.includes('anna 3') ? { refused: [{ participationId: 'anna', number: 3, code: 'BATCH_DAMAGED' }] } : null
    await fake.pass(1000)
    expect([fake.seen.length, fake.arrived.size, fake.setAside.length]).toEqual([1, 4, 1])
  })

  it('waits again when a person asks for it', async () => {
    const fake = sendingOf(['anna'], 3)
    fake.behave = ({ batches }) => (batches.includes('anna 2') ? fails('not_understood', 'INVALID_REQUEST') : null)
    await fake.pass(1000)
    fake.behave = null
    void fake.sync.sendNow()
    await fake.pass(1000)
    expect(fake.arrived.size).toBe(3)
    expect(fake.books.participations.get('anna')?.setAside).toBe(0)
  })
})

describe('one runner, one fate', () => {
  it('that is refused for good is written down, and the others go on', async () => {
    const fake = sendingOf(six, 20)
    fake.behave = (seen) =>
      isOf(seen, 'bram') ? { refused: [{ participationId: 'bram', number: null, code: 'NOT_FOUND' }] } : null
    await fake.pass(60 * MINUTE_MS)
    expect(cameOf(fake)).toEqual({ anna: 20, cem: 20, dina: 20, els: 20, fedde: 20 })
    expect(fake.books.participations.get('bram')?.refused).toBe('NOT_FOUND')
    expect(fake.seen.filter((seen) => isOf(seen, 'bram'))).toHaveLength(1)
    expect(fake.sync.sync.value.unsent).toBe(0)
  })

  it('is asked once more when somebody else signs in', async () => {
    const fake = sendingOf(['anna', 'bram'], 2)
    fake.behave = (seen) =>
      isOf(seen, 'bram') ? { refused: [{ participationId: 'bram', number: null, code: 'NOT_FOUND' }] } : null
    await fake.pass(1000)
    fake.behave = null
    fake.sync.signedIn()
    await fake.pass(1000)
    expect(cameOf(fake)).toEqual({ anna: 2, bram: 2 })
    expect(fake.books.participations.get('bram')).toMatchObject({ refused: null, refusedAtMs: null })
  })

  it('for whom the whole request is not understood is refused alone, with one request and not one a batch', async () => {
    const fake = sendingOf(six, 300)
    fake.behave = (seen) => (isOf(seen, 'bram') ? fails('not_understood', 'INVALID_REQUEST') : null)
    await fake.pass(1000)
    expect(fake.books.participations.get('bram')?.refused).toBe('INVALID_REQUEST')
    expect(fake.setAside).toEqual([])
    expect(fake.arrived.size).toBe(5 * 300)
    expect(fake.seen.length).toBeLessThan(12)
  })

  it.each<[string, (seen: Seen) => null | { refused: { participationId: string; number: null; code: 'TROUBLE' }[] }]>([
    ['a request that fails at the server', (seen) => (isOf(seen, 'bram') ? fails('trouble', 'INTERNAL') : null)],
    [
      'an answer of trouble for one',
      (seen) => (isOf(seen, 'bram') ? { refused: [{ participationId: 'bram', number: null, code: 'TROUBLE' }] } : null),
    ],
    ['a filter in between', (seen) => (isOf(seen, 'bram') ? fails('blocked') : null)],
  ])(
    '%s: five of six come at once, the sixth is tried now and then and comes once it is mended',
    async (_name, behave) => {
      const fake = sendingOf(six, 20)
      fake.behave = behave
      await fake.pass(1000)
      expect(cameOf(fake)).toEqual({ anna: 20, cem: 20, dina: 20, els: 20, fedde: 20 })
      expect(fake.sync.sync.value).toMatchObject({ state: 'failing', troubled: ['bram'] })
      const before = fake.seen.length
      await fake.pass(60 * MINUTE_MS)
      expect(fake.seen.length - before).toBeGreaterThan(50)
      expect(fake.seen.length - before).toBeLessThan(75)
      expect(fake.books.participations.get('bram')).toMatchObject({ refused: null, setAside: 0 })
      fake.behave = null
      await fake.pass(2 * MINUTE_MS)
      expect(fake.arrived.size).toBe(120)
      expect(fake.sync.sync.value).toMatchObject({ state: 'idle', troubled: [], unsent: 0 })
    },
  )

  it('with one batch that brings the server down: everything else of that runner comes', async () => {
    const fake = sendingOf(['anna', 'bram'], 40)
    fake.behave = ({ batches }) => (batches.includes('bram 9') ? fails('trouble', 'INTERNAL') : null)
    await fake.pass(20 * MINUTE_MS)
    expect(cameOf(fake)).toEqual({ anna: 40, bram: 39 })
    fake.behave = null
    await fake.pass(2 * MINUTE_MS)
    expect(fake.arrived.size).toBe(80)
  })

  it('of another group run waits for nobody, nor for a disk that fails for one', async () => {
    const other = madeRun({ id: 'monday', madeAtMs: over.madeAtMs - 1, endedAtMs: over.madeAtMs })
    const runners = [...runnersOf(['anna'], { groupRunId: 'monday' }), ...runnersOf(['bram'])]
    const fake = fakeSending([over, other], runners, { anna: 3, bram: 3 })
    fake.brokenRun = 'monday'
    await fake.pass(1000)
    expect(cameOf(fake)).toEqual({ bram: 3 })
    expect(fake.sync.sync.value.state).toBe('failing')
    fake.brokenRun = null
    await fake.pass(5 * MINUTE_MS)
    expect(cameOf(fake)).toEqual({ anna: 3, bram: 3 })
  })
})

describe('a server that is away', () => {
  it('for an hour is asked seldom, and then gets all of it with a few requests', async () => {
    const fake = sendingOf([...six, 'gijs', 'hilde'], 360)
    fake.behave = () => fails('unreachable')
    await fake.pass(60 * MINUTE_MS)
    expect(fake.seen.length).toBeLessThan(70)
    expect(fake.sync.sync.value).toMatchObject({ state: 'waiting', why: 'unreachable' })
    const before = fake.seen.length
    fake.behave = null
    fake.change('online')
    await fake.pass(1000)
    expect(fake.arrived.size).toBe(8 * 360)
    expect(fake.seen.length - before).toBe(2)
  })

  it('is not asked at all without a network', async () => {
    const fake = sendingOf(six, 3)
    fake.online = false
    fake.change('offline')
    await fake.pass(60 * MINUTE_MS)
    expect(fake.sync.sync.value).toMatchObject({ state: 'waiting', why: 'offline' })
    expect(fake.seen.length).toBeLessThan(2)
  })

  it('and asks to be left alone is left alone so long, whatever happens', async () => {
    const fake = sendingOf(['anna'], 3)
    fake.behave = () => fails('busy', 'busy', 5 * MINUTE_MS)
    await fake.pass(1000)
    expect(fake.sync.sync.value).toMatchObject({ state: 'waiting', why: 'busy' })
    fake.change('online')
    fake.change('shown')
    void fake.sync.sendNow()
    await fake.pass(4 * MINUTE_MS)
    expect(fake.seen).toHaveLength(1)
    fake.behave = null
    await fake.pass(2 * MINUTE_MS)
    expect(fake.arrived.size).toBe(3)
  })

  it('and knows nobody any more waits until somebody signs in', async () => {
    const fake = sendingOf(['anna'], 3)
    fake.behave = () => fails('signed_out', 'SIGNED_OUT')
    await fake.pass(60 * MINUTE_MS)
    expect(fake.seen).toHaveLength(1)
    expect(fake.sync.sync.value).toMatchObject({ state: 'waiting', why: 'signed_out' })
    fake.behave = null
    fake.sync.signedIn()
    await fake.pass(1000)
    expect(fake.arrived.size).toBe(3)
  })

  it('and says nothing of what it was given is not sent the same again and again', async () => {
    const fake = sendingOf(['anna'], 3)
    fake.behave = () => ({ acknowledged: [] })
    await fake.pass(60 * MINUTE_MS)
    expect(fake.seen.length).toBeLessThan(75)
    expect(fake.sync.sync.value.state).toBe('failing')
  })
})

describe('a request that gets no answer from a server that is there', () => {
  const away = ['away', 'timeout', 'unreachable', 'busy'] as const

  it.each(away)(
    '%s, for one runner alone: the others come within a minute, and the one once it is mended',
    async (what) => {
      for (const who of ['anna', 'fedde']) {
        const fake = sendingOf(six, 20)
        fake.behave = (seen) => (isOf(seen, who) ? fails(what) : null)
        await fake.pass(MINUTE_MS)
        expect(fake.arrived.size).toBe(5 * 20)
        expect(cameOf(fake)[who]).toBeUndefined()
        expect(fake.sync.sync.value).toMatchObject({ state: 'failing', troubled: [who] })
        const before = fake.seen.length
        await fake.pass(60 * MINUTE_MS)
        expect(fake.seen.length - before).toBeLessThan(250)
        fake.behave = null
        await fake.pass(3 * MINUTE_MS)
        expect(fake.arrived.size).toBe(6 * 20)
        expect(fake.setAside).toEqual([])
      }
    },
  )

  it('because it is too much for a gateway becomes smaller until it comes', async () => {
    const fake = fakeSending([over], runnersOf(['anna']), { anna: 60 }, 10_000)
    fake.behave = ({ batches }) => (batches.length > 4 ? fails('away') : null)
    await fake.pass(10 * MINUTE_MS)
    expect(fake.arrived.size).toBe(60)
  })

  it('is everybody’s fate while the server is away, and nobody’s once it is back', async () => {
    const fake = sendingOf(six, 20)
    fake.behave = () => fails('away')
    await fake.pass(10 * MINUTE_MS)
    expect(fake.sync.sync.value).toMatchObject({ state: 'waiting', why: 'away', troubled: [] })
    const before = fake.seen.length
    fake.behave = null
    await fake.pass(2 * MINUTE_MS)
    expect(fake.arrived.size).toBe(6 * 20)
    expect(fake.seen.length - before).toBeLessThan(4)
  })
})
