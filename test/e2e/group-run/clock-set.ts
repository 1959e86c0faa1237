// The phone's wall clock is set in the middle of a run, back and forth, and the phone sleeps after it: what was set shifts no
// second and hides no sleep, on the screen, in the stream and at the server.
import { strict as assert } from 'node:assert'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import type { House } from '../house.ts'
import { readOutbox } from '../model/phone-disk.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun, type BegunRun } from './begun.ts'
import { decodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import { endAll, settle, tileOf } from './steps.ts'
import { lostOf, notificationsIn } from './wearer.ts'

const BACK_S = -60
const AHEAD_S = 125
const SLEPT_S = 45
const EACH_S = 20

export async function clockSetRun(house: House, check: Check): Promise<void> {
  const run = await beginRun(house, { name: 'Klok', ceilings: { Anna: 150 }, from: 88 })
  const { page, wearers, group, pass } = run
  const missed = page.getByText('Er zijn hartslagen gemist')
  await pass(EACH_S)
  for (const [byS, how] of [
    [BACK_S, 'back'],
    [AHEAD_S, 'ahead'],
  ] as const)
    await check(
      `a clock that is set ${how} while straps go on is no sleep, and no number grows old by it`,
      async () => {
        await setClock(run, byS)
        await pass(EACH_S)
        await tileOf(page, 'Anna').getByText('Rustig').waitFor()
        assert.equal(await missed.count(), 0)
      },
    )
  await check('a sleep after a clock that was set back is told in its whole length', async () => {
    await setHidden(run, true)
    await setClock(run, SLEPT_S)
    await setHidden(run, false)
    await pass(EACH_S)
    assert.match((await missed.locator('..').textContent()) ?? '', /0:4[5-8]/)
    await tileOf(page, 'Anna').getByText('Rustig').waitFor()
  })
  await check('after a reload the run goes on by its own time', async () => {
    await page.reload()
    await page.locator('.tiles').waitFor()
    await pass(EACH_S)
    await tileOf(page, 'Anna').getByText('Rustig').waitFor()
  })
  await check('the stream names each step, and its time goes on over all of them', async () => {
    await page.clock.resume()
    await settle()
    await endAll(page)
    const { file, warnings } = await newestRun(page, house.url, group.clients.get('Anna') ?? '', 30_000)
    const { bytes, recording } = notificationsIn(file)
    const [anna] = wearers
    assert.ok(anna !== undefined)
    assert.deepEqual(lostOf(anna, bytes), [])
    const entries = await entriesOf(run)
    const sets = entries.flatMap((entry) => (entry.kind === 'clock' ? [Math.round(entry.setMs / 1000)] : []))
    assert.deepEqual(sets, [BACK_S, AHEAD_S])
    const holes = entries.flatMap((entry) => (entry.kind === 'missed' ? [(entry.atMs - entry.sinceMs) / 1000] : []))
    assert.ok(Math.abs((holes[0] ?? 0) - SLEPT_S) < 3, `holes of ${holes.join(', ')} s`)
    for (const warning of ['CLOCK_SET', 'RECORDER_ASLEEP'] as const) assert.ok(warnings.includes(warning), warning)
    const { elapsedS } = recording.heartRate
    const gaps = elapsedS.slice(1).map((atS, i) => Math.round(atS - (elapsedS[i] ?? 0)))
    assert.ok(
      gaps.every((gap) => gap <= 2 || Math.abs(gap - SLEPT_S) < 5 || gap < 10),
      `gaps of ${gaps.filter((gap) => gap > 2).join(', ')} s`,
    )
    assert.ok(Math.abs((elapsedS.at(-1) ?? 0) - (5 * EACH_S + SLEPT_S)) < 15, `${elapsedS.at(-1)} s in all`)
  })
  await page.context().close()
}

/** Somebody, or the network, sets the phone's clock; what counts time steadily goes on. */
const setClock = async ({ page, nowMs }: BegunRun, byS: number): Promise<void> =>
  page.clock.setSystemTime((await nowMs()) + byS * 1000)

/** As the screen goes dark, and is lit again. */
const setHidden = ({ page }: BegunRun, hidden: boolean): Promise<void> =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (isHidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

const entriesOf = async ({ page }: BegunRun): Promise<readonly StreamEntry[]> =>
  (await readOutbox(page)).batches.flatMap(({ bytes }) => {
    const decoded = decodeBatch(Uint8Array.from(bytes))
    assert.ok(decoded.ok)
    return decoded.entries
  })
