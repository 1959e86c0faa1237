// The phone's time zone changes in the middle of a run, as where a network tells it late: all of the group run keeps the local
// time of its start, who comes later as well, and no second shifts.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { sleep } from '../../support/fake-strap.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun } from './begun.ts'
import { until } from '../straps/rig.ts'
import { endAll, isHere, pair, settle, startAll, tileOf, whileRunning } from './steps.ts'
import { lostOf, notificationsIn } from './wearer.ts'

/** Hours east of UTC, never in summer time. */
const AT_START = 'Asia/Tokyo'
const LATER = 'America/Phoenix'
const START_OFFSET_S = 9 * 3600
const LATER_OFFSET_S = -7 * 3600
const LATE = 'Bram'

export async function timeZoneRun(house: House, check: Check): Promise<void> {
  let setTimeZone: (timezoneId: string) => Promise<void> = () => Promise.resolve()
  const run = await beginRun(house, {
    name: 'Grens',
    ceilings: { Anna: 150, [LATE]: 150 },
    from: 86,
    late: [LATE],
    // The zone is the test's to set.
    context: { timezoneId: '' },
    before: async (page) => {
      setTimeZone = await holdTimeZone(page)
      await setTimeZone(AT_START)
    },
  })
  const { page, wearers, group, chooser, pass } = run
  const [anna, late] = wearers
  assert.ok(anna !== undefined && late !== undefined)
  const leftS = async () => toSeconds((await page.locator('.plan-clock').innerText()).split('\n').at(-1) ?? '')
  await pass(30)
  await check('a change of time zone in a run changes nothing on the screen, nor does a reload after it', async () => {
    const before = await leftS()
    await setTimeZone(LATER)
    assert.equal(await page.evaluate(() => new Date().getTimezoneOffset()), LATER_OFFSET_S / -60)
    await pass(20)
    assert.equal(before - (await leftS()), 20)
    await page.reload()
    await page.locator('.tiles').waitFor()
    await until(async () => {
      await page.clock.runFor(100)
      return anna.strap.notifying
    }, 'Anna is back')
    await pass(10)
    const gone = before - (await leftS())
    assert.ok(gone >= 30 && gone < 45, `${gone} s of the plan passed in 30`)
    await tileOf(page, 'Anna').getByText('Rustig').waitFor()
  })
  await check('who comes after it has the local time of the group run', async () => {
    await page.clock.resume()
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByRole('button', { name: 'Lopers en banden' }).click()
    await isHere(page, LATE)
    await pair(page, chooser, late)
    await startAll(page)
    late.begin()
    await whileRunning(wearers, () => sleep(3000))
    await settle()
    await endAll(page)
    for (const wearer of wearers) {
      const { file } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '', 30_000)
      const { bytes, recording } = notificationsIn(file)
      assert.equal(recording.localOffsetS, START_OFFSET_S, wearer.alias)
      assert.deepEqual(lostOf(wearer, bytes), [])
      const { elapsedS } = recording.heartRate
      assert.ok(
        elapsedS.every((atS, i) => i === 0 || atS - (elapsedS[i - 1] ?? 0) < 15),
        'a second shifted',
      )
    }
  })
  await page.context().close()
}

/** @returns sets the zone of this page, again and again */
async function holdTimeZone(page: Page): Promise<(timezoneId: string) => Promise<void>> {
  const tools = await page.context().newCDPSession(page)
  return async (timezoneId) => void (await tools.send('Emulation.setTimezoneOverride', { timezoneId }))
}

const toSeconds = (clock: string): number => {
  const [minutes, seconds] = (/(\d+):(\d\d)/.exec(clock) ?? []).slice(1).map(Number)
  return (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN)
}
