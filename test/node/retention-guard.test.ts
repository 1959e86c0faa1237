// A clock that is wrong for one start, on a real store: nothing is deleted, it is said why, and a person's word ends the waiting.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmRetention, lookAtRetention, retainGuarded } from '../../src/store/rights/retention-guard.ts'
import { openStore } from '../../src/node/open-store.ts'
import { insertSettings } from '../../src/store/settings/settings.ts'
import { encodeRun, kinetics, walkRun } from '../../fixtures/fit/made-runs.ts'
import { upload, addClient } from '../support/clinic-work.ts'
import { asking, joinFirst } from '../support/first-person.ts'
import { newFolder } from '../support/node-clinic.ts'
import { startServer } from '../support/served.ts'

const DAY_MS = 86_400_000
const now = Date.now()
const FIT_EPOCH_S = 631_065_600
const folder = newFolder()
let store: Awaited<ReturnType<typeof openStore>>
beforeAll(async () => {
  const server = await startServer(folder)
  const ask = asking(server.url, await joinFirst(server))
  const clientId = await addClient(ask, 'Noor')
  const startTime = Math.floor(now / 1000) - FIT_EPOCH_S - 3600
  await upload(ask, clientId, { 'a.fit': encodeRun(kinetics(walkRun, 1).slice(0, 900), { startTime }) })
  await server.end('SIGTERM')
  store = await openStore(folder)
})
afterAll(() => store.close())

const withSamples = async () => (await store.db.selectFrom('run_chunk').select('run_id').distinct().execute()).length
const actions = async () =>
  (
    await store.db.selectFrom('audit').select('action').where('action', 'like', 'retention.%').orderBy('seq').execute()
  ).map(({ action }) => action)

it('a server that starts a year ahead for a moment deletes nothing; a person’s word lets it', async () => {
  const yearOn = now + 365 * DAY_MS
  expect(await actions()).toEqual(['retention.ran'])
  const waiting = { why: 'clock', due: 1, kept: 1, ranAtMs: expect.any(Number) as number }
  expect(await retainGuarded(store, yearOn)).toEqual(waiting)
  // Started again and again: one line.
  expect(await retainGuarded(store, yearOn + 60_000)).toEqual(waiting)
  expect([await withSamples(), await actions()]).toEqual([1, ['retention.ran', 'retention.waits']])
  // Set right, all is as ever.
  expect(await retainGuarded(store, now + DAY_MS)).toMatchObject({ runs: 0 })
  expect(await withSamples()).toBe(1)
  await confirmRetention(store, yearOn)
  expect(await retainGuarded(store, yearOn + 60_000)).toMatchObject({ runs: 1 })
  expect(await withSamples()).toBe(0)
})

it('only who chooses how long readings are kept says that they may go, and a word of the future hides none of today', async () => {
  const confirmedAtMs = async () => (await lookAtRetention(store, now)).confirmedAtMs
  expect(await confirmedAtMs()).toBeNull()
  const settings = { timeZone: 'UTC', ruleSets: [], parameters: {}, retentionDays: 90 }
  await insertSettings(store.db, 0, settings, 'another zone', now - DAY_MS)
  expect(await confirmedAtMs()).toBeNull()
  await insertSettings(store.db, 1, { ...settings, retentionDays: 60 }, 'shorter', now - DAY_MS)
  await insertSettings(store.db, 2, { ...settings, timeZone: 'Europe/Amsterdam', retentionDays: 60 }, 'here', now)
  expect(await confirmedAtMs()).toBe(now - DAY_MS)
  await insertSettings(store.db, 3, { ...settings, retentionDays: 90 }, 'by a clock ahead', now + 365 * DAY_MS)
  await confirmRetention(store, now)
  expect(await confirmedAtMs()).toBe(now)
})
