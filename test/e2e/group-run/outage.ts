// More than an hour without a way to the server with eight runners, at the page's own clock: more batches than one request may
// bring. Then there is a way again, and all of it arrives with a handful of requests.
import { strict as assert } from 'node:assert'
import { MAX_BATCHES_PER_REQUEST, type BatchesRequest } from '../../../src/live/protocol.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun } from './begun.ts'
import { endAll, settle } from './steps.ts'
import { lostOf, notificationsIn } from './wearer.ts'

const aliases = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs', 'Hilde']
const AWAY_S = 80 * 60
/** Seldom enough for a test, often enough for no hole. */
const STEP_S = 4

export async function outageRun(house: House, check: Check): Promise<void> {
  const ceilings = Object.fromEntries(aliases.map((alias) => [alias, 150]))
  const run = await beginRun(house, { name: 'Maandag', ceilings, from: 10 })
  const { page, wearers, group } = run
  const sizes: number[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/batches')) sizes.push((request.postDataJSON() as BatchesRequest).batches.length)
  })
  await page.route('**/batches', (route) => route.abort())
  await run.pass(AWAY_S, { stepS: STEP_S, bpm: ({ alias }) => 108 + aliases.indexOf(alias) })
  await check('eighty minutes without a way to the server are no storm of requests', async () => {
    assert.ok(sizes.length > 10 && sizes.length < 120, `${sizes.length} requests`)
  })
  await page.clock.resume()
  await settle()
  await endAll(page)
  await page.getByText('De praktijk is nu niet te bereiken').waitFor()
  await check('more batches than one request may bring all arrive once there is a way', async () => {
    sizes.length = 0
    await page.unroute('**/batches')
    await page.getByRole('button', { name: 'Nu versturen' }).click()
    await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
    const all = sizes.reduce((sum, size) => sum + size, 0)
    assert.ok(all > 2100 && all > MAX_BATCHES_PER_REQUEST, `${all} batches`)
    assert.ok(
      sizes.every((size) => size <= MAX_BATCHES_PER_REQUEST),
      sizes.join(),
    )
    assert.ok(sizes.length < 12, `${sizes.length} requests: ${sizes.join()}`)
  })
  await check('and every recording is what its strap sent', async () => {
    for (const wearer of wearers) {
      const { file } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '', 30_000)
      assert.deepEqual(lostOf(wearer, notificationsIn(file).bytes), [], wearer.alias)
    }
  })
  await page.context().close()
}
