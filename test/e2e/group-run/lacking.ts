// A phone that lacks what is not needed to guide a run: no lock for the screen, no sound, no vibration, no Bluetooth, no locks
// between tabs. What it lacks is said, and everything else works.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { startAll } from './steps.ts'

const lacks = `
  for (const name of ['bluetooth', 'vibrate', 'wakeLock', 'userActivation', 'locks']) delete Navigator.prototype[name]
  delete Element.prototype.requestFullscreen
  delete StorageManager.prototype.persist
  delete globalThis.AudioContext`

export async function lackingRun(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await page.addInitScript(lacks)
  await page.goto(`${house.url}/group-run`)
  await check('a browser without Bluetooth says so, and what can', async () => {
    await page.getByText('Deze browser kan geen banden lezen').waitFor()
  })
  await page.getByRole('button', { name: 'Oefenen', exact: true }).click()
  await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
  await page.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
  await startAll(page)
  const notices = page.locator('.notices')
  await check('a screen that may go off and a sound that is not there are said in the run', async () => {
    await notices.getByText('Het scherm kan uitgaan').waitFor()
    await notices.getByText('Geen geluid: tik ergens').waitFor()
  })
  await check('the line about the screen goes once it was seen; that about sound stays', async () => {
    await notices.getByRole('button', { name: 'Begrepen' }).click()
    await notices.getByText('Het scherm kan uitgaan').waitFor({ state: 'detached' })
    assert.equal(await notices.getByText('Geen geluid: tik ergens').count(), 1)
  })
  await check('every tile has a number, and nothing complained', async () => {
    const numbers = page.locator('.tile .bpm')
    for (let i = 0; i < 4; i++) await numbers.nth(i).filter({ hasText: /^\d/ }).waitFor()
    assert.deepEqual(complaints, [])
  })
  await page.context().close()
}
