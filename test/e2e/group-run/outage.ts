// More than an hour without a way to the server with eight runners, at the page's own clock: more batches than one request may
// bring. Then there is a way again, and all of it arrives with a handful of requests.
import { strict as assert } from 'node:assert'
import { MAX_BATCHES_PER_REQUEST, type BatchesRequest } from '../../../src/live/protocol.ts'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../run.ts'
import { newestRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, pair, startAll } from './steps.ts'
import { countTaken, takenCount, untilTaken } from './taken.ts'
import { dress, lostOf, notificationsIn } from './wearer.ts'

const aliases = ['Anna', 'Bram', 'Cem', 'Dina', 'Els', 'Fedde', 'Gijs', 'Hilde']
const AWAY_S = 80 * 60
/** Seldom enough for a test, often enough for no hole. */
const BEAT_EVERY_S = 4

export async function outageRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, url, 'Maandag', Object.fromEntries(aliases.map((alias) => [alias, 150])))
  const wearers = dress(bluez, aliases, 60)
  await countTaken(page)
  await page.clock.install()
  await chooseGroup(page, url, group.name)
  for (const wearer of wearers) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  const sizes: number[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/batches')) sizes.push((request.postDataJSON() as BatchesRequest).batches.length)
  })
  await page.clock.pauseAt(Date.now() + 60_000)
  await startAll(page)
  for (const wearer of wearers) wearer.begin()
  await page.route('**/batches', (route) => route.abort())
  for (let second = 0; second < AWAY_S; second += BEAT_EVERY_S) {
    const before = await takenCount(page)
    for (const [i, wearer] of wearers.entries()) wearer.beat(110 + i + 3 * Math.sin(second / 40))
    await untilTaken(page, before + wearers.length)
    await page.clock.runFor(BEAT_EVERY_S * 1000)
  }
  await check('eighty minutes without a way to the server are no storm of requests', async () => {
    assert.ok(sizes.length > 10 && sizes.length < 120, `${sizes.length} requests`)
  })
  await page.clock.resume()
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
      const { file } = await newestRun(page, url, group.clients.get(wearer.alias) ?? '', 30_000)
      assert.deepEqual(lostOf(wearer, notificationsIn(file).bytes), [], wearer.alias)
    }
  })
  await page.context().close()
}
