// Half an hour without the server inside a run, at the page's own clock: the screen says of everybody what is, an alarm comes at
// its second, nothing speaks of a network in the middle of a run, and afterwards everything is there once.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun, type BegunRun } from './begun.ts'
import { endAll, settle, tileOf } from './steps.ts'
import { lostOf, notificationsIn, type Wearer } from './wearer.ts'

const ceilings = { Anna: 140, Bram: 140, Cem: 140 }
const CALM_BPM = 112
/** The jump is believed, the smoothing follows, and ten seconds at the hard limit have passed. */
const HARD_S = 40
const STEP_S = 2

export async function halfHourRun(house: House, check: Check): Promise<void> {
  const run = await beginRun(house, { name: 'Halfuur', ceilings, from: 140 })
  const { page, wearers, group, pass } = run
  await pass(60)
  // Of a strap's battery.
  await page.getByRole('button', { name: 'Begrepen' }).click()
  await house.goDown()
  await check('half an hour without the server: every tile says what is, minute by minute', async () => {
    for (let minute = 0; minute < 15; minute++) {
      await pass(60, { stepS: STEP_S, bpm: ({ alias }) => CALM_BPM + (minute % 5) + alias.length })
      for (const wearer of wearers) await assertCalm(run, wearer, CALM_BPM + (minute % 5) + wearer.alias.length)
      assert.doesNotMatch(await page.locator('.live').innerText(), /internet|bereik|versturen|oud/i)
    }
  })
  await check('an alarm in it is told as ever, by name, and ends', async () => {
    const bpm = ({ alias }: Wearer) => (alias === 'Bram' ? 190 : CALM_BPM)
    await pass(HARD_S, { bpm })
    await tileOf(page, 'Bram').getByText('Te hard').waitFor()
    await page.locator('.live-head').getByText('Bram', { exact: true }).first().waitFor()
    await pass(HARD_S * 3)
    assert.equal(await tileOf(page, 'Bram').getByText('Te hard').count(), 0)
  })
  await pass(11 * 60, { stepS: STEP_S })
  await check('the run ends without it, and the ended screen says where everything is', async () => {
    await page.clock.resume()
    await settle()
    await endAll(page)
    await page.getByText('De praktijk is nu niet te bereiken. Alles staat op deze telefoon').waitFor()
  })
  await check('and all of it is there once, a moment after the server is', async () => {
    await house.comeBack()
    await page.getByRole('button', { name: 'Nu versturen' }).click()
    await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
    for (const wearer of wearers) {
      const { file } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '', 30_000)
      const { bytes } = notificationsIn(file)
      assert.deepEqual(lostOf(wearer, bytes), [], wearer.alias)
      assert.ok(bytes.length <= wearer.onAir.length, `${wearer.alias}: twice`)
    }
  })
  await page.context().close()
}

async function assertCalm({ page }: BegunRun, { alias }: Wearer, bpm: number): Promise<void> {
  const tile = tileOf(page, alias)
  assert.equal((await tile.locator('.bpm').textContent())?.trim().split(/\D/)[0], String(bpm), alias)
  assert.match(await tile.innerText(), /Rustig/, alias)
}
