// Who is here when recordings wait: what is refused to somebody else says nothing of them, and nobody but staff asks.
import { expect, it } from 'vitest'
import { fakeSending } from '../../support/fake-sending.ts'
import { madeParticipation, madeRun } from '../../support/group-run.ts'

const MINUTE_MS = 60_000
const thea = { personId: 'thea', name: 'Thea' }
const over = madeRun({ endedAtMs: madeRun().madeAtMs + 30 * MINUTE_MS, holder: thea })
const runners = ['anna', 'bram'].map((id) => madeParticipation({ id, clientId: `client-${id}`, alias: id }))
const sendingAs = (sender: { holds: boolean; may: boolean }) =>
  fakeSending([over], runners, { anna: 3, bram: 2 }, 10, { holds: () => sender.holds, maySend: () => sender.may })

it('sends what a colleague recorded where the server takes it, and keeps what it refuses, without a term', async () => {
  const who = { holds: false, may: true }
  const fake = sendingAs(who)
  fake.behave = ({ runners: ids }) => ({
    refused: ids.includes('bram') && !who.holds ? [{ participationId: 'bram', number: null, code: 'NOT_FOUND' }] : [],
  })
  await fake.pass(1000)
  expect([...fake.arrived]).toEqual(['anna 1', 'anna 2', 'anna 3'])
  expect(fake.books.participations.get('bram')).toMatchObject({ refused: null, refusedAtMs: null })
  expect(fake.sync.sync.value).toMatchObject({ state: 'idle', forOthers: true, unsent: 2 })
  const asked = fake.seen.length
  await fake.pass(10 * MINUTE_MS)
  expect(fake.seen.length).toBe(asked)
  who.holds = true
  fake.sync.signedIn()
  await fake.pass(1000)
  expect(fake.arrived.size).toBe(5)
  expect(fake.sync.sync.value).toMatchObject({ forOthers: false, unsent: 0 })
})

it('writes a refusal down where it is said to whoever holds the run', async () => {
  const fake = sendingAs({ holds: true, may: true })
  fake.behave = () => ({ refused: [{ participationId: 'bram', number: null, code: 'NOT_FOUND' }] })
  await fake.pass(1000)
  expect(fake.books.participations.get('bram')).toMatchObject({ refused: 'NOT_FOUND' })
})

it('asks nothing as somebody who may record nobody', async () => {
  const who = { holds: false, may: false }
  const fake = sendingAs(who)
  await fake.pass(10 * MINUTE_MS)
  expect([fake.seen, fake.sync.sync.value.unsent]).toEqual([[], 5])
  who.may = true
  fake.sync.signedIn()
  await fake.pass(1000)
  expect(fake.arrived.size).toBe(5)
})
