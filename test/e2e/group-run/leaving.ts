// Nothing ends by accident: Back shuts sheets and asks, signing out asks, every page says that a run is in progress, a stop is
// held, and can be taken back.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { handsRun, type HandsRun } from './hands.ts'
import { hold, startAll, stopRunner, tileOf } from './steps.ts'

export async function leavingRun(house: House, check: Check): Promise<void> {
  const run = await handsRun(house, { name: 'Blijven', aliases: ['Anna', 'Bram'], from: 121 })
  await back(run, check)
  await elsewhere(run, check, house)
  await stopped(run, check)
  await everybodyStopped(run, check, house)
  await run.page.context().close()
  await putAway(house, check)
}

async function back({ page, pass }: HandsRun, check: Check): Promise<void> {
  await check('Back shuts a sheet, and the run stays', async () => {
    await tileOf(page, 'Anna').click()
    await page.getByRole('dialog', { name: 'Anna' }).waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.tiles').waitFor()
  })
  await check('Back in the run asks; once more, or "stay", and the run is still there', async () => {
    await page.goBack()
    await page.getByRole('dialog', { name: 'De loop gaat door' }).waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.goBack()
    await page.getByRole('button', { name: 'Bij de loop blijven' }).click()
    await pass(2)
    await tileOf(page, 'Anna')
      .locator('.bpm', { hasText: /^10[89]/ })
      .waitFor()
  })
  await check('Back leads from the people to the run', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByRole('button', { name: 'Lopers en banden' }).click()
    await page.getByRole('heading', { level: 1, name: 'Blijven', exact: true }).waitFor()
    await page.goBack()
    await page.locator('.tiles').waitFor()
  })
  await check('a page that is left asks first', async () => {
    const asked = page.waitForEvent('dialog')
    const left = page.reload().catch(() => null)
    const dialog = await asked
    assert.equal(dialog.type(), 'beforeunload')
    await dialog.accept()
    await left
    await page.locator('.tiles').waitFor()
    // From here on nobody answers for the test.
    page.on('dialog', (again) => void again.accept())
  })
}

async function elsewhere({ page, bpm, pass, passUntil }: HandsRun, check: Check, { url }: House): Promise<void> {
  const bar = page.locator('.run-bar')
  await check('another screen says that a run is in progress, and one tap leads back', async () => {
    await until(async () => (await page.locator('.tile').count()) === 2, 'the run is there')
    await page.goBack()
    await page.getByRole('button', { name: 'Ander scherm bekijken' }).click()
    await bar.getByText('Loop bezig: Blijven').waitFor()
    await bar.getByRole('button').click()
    await page.locator('.tiles').waitFor()
  })
  await check('whoever is most urgent stands on every page and in every sheet, by name and state', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    bpm['Bram'] = 176
    const inSheet = page.getByRole('dialog').locator('.to-run')
    await passUntil(async () => (await inSheet.count()) > 0, 'Bram is told of in the sheet')
    assert.match((await inSheet.textContent()) ?? '', /Bram.*Te (hard|hoog)/)
    await inSheet.click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    for (const path of ['/', '/review', '/settings', '/account']) {
      // As somebody who types an address or opens a bookmark: the page finds the run that it records.
      await page.goto(`${url}${path}`)
      await passUntil(async () => /Bram/.test((await bar.textContent().catch(() => '')) ?? ''), `Bram on ${path}`, 30)
    }
    await pass(1)
  })
  await check('signing out in a run asks, and says what becomes of the run', async () => {
    await page.getByRole('button', { name: 'Afmelden' }).first().click()
    await page.getByText('Er is een groepsloop bezig').first().waitFor()
    await page.getByRole('button', { name: 'Toch afmelden' }).waitFor()
    await page.getByRole('group').getByRole('button', { name: 'Naar de loop' }).click()
    await page.locator('.tiles').waitFor()
    bpm['Bram'] = 109
    await pass(30)
  })
}

async function stopped({ page, pass }: HandsRun, check: Check): Promise<void> {
  await check('a stop is held, and taken back with the strap as it was, again and again', async () => {
    for (let i = 0; i < 2; i++) {
      const stopping = stopRunner(page, 'Bram')
      await letTimePass(stopping, pass)
      await page.getByText('Bram is gestopt.').waitFor()
      await pass(5)
      await page.getByRole('button', { name: 'Terugnemen Bram' }).click()
      await pass(2)
      await tileOf(page, 'Bram').locator('.bpm', { hasText: /^109/ }).waitFor()
    }
  })
  await check(
    'a stop by the keyboard is held as well; a click without a pointer is asked in another place',
    async () => {
      await tileOf(page, 'Anna').click()
      const button = page.getByRole('button', { name: 'Stop deze loper' })
      await button.dispatchEvent('click', { detail: 0 })
      await page.getByRole('group', { name: 'Is Anna klaar?' }).getByRole('button', { name: 'Nee' }).click()
      await button.focus()
      await page.keyboard.down('Enter')
      await pass(2)
      await page.keyboard.up('Enter')
      await page.getByText('Anna is gestopt.').waitFor()
      await page.getByRole('button', { name: 'Terugnemen Anna' }).click()
      await pass(1)
    },
  )
}

async function everybodyStopped(run: HandsRun, check: Check, { url }: House): Promise<void> {
  const { page, group, pass } = run
  await check('who is still out is said by name before the end, and the end can be taken back', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByText('Nog onderweg: Anna, Bram.').waitFor()
    await letTimePass(hold(page, 'Stop voor iedereen'), pass)
    await page.getByRole('heading', { level: 1, name: /klaar/ }).waitFor()
    await page.getByText('Anna, Bram zijn gestopt.').waitFor()
    await page.getByRole('button', { name: /^Terugnemen/ }).click()
    await page.locator('.tiles').waitFor()
    await pass(3)
    await tileOf(page, 'Anna').locator('.bpm', { hasText: /^10\d/ }).waitFor()
  })
  await check('a run that ended a while ago is opened again, and one runner goes on', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await letTimePass(hold(page, 'Stop voor iedereen'), pass)
    await page.getByRole('heading', { level: 1, name: /klaar/ }).waitFor()
    await page.clock.runFor(120_000)
    await page.getByRole('button', { name: 'Loop weer openen' }).click()
    await tileOf(page, 'Anna').click()
    await page.getByRole('button', { name: 'Loopt toch verder' }).click()
    await pass(2)
    await tileOf(page, 'Anna').getByText('Klaar').waitFor({ state: 'detached' })
    await tileOf(page, 'Bram').getByText('Klaar').waitFor()
  })
  await check('the recording is one run, which says that a stop was taken back', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await letTimePass(hold(page, 'Stop voor iedereen'), pass)
    await page.clock.resume()
    const arrived = await newestRun(page, url, group.clients.get('Bram') ?? '', 30_000)
    assert.ok(arrived.warnings.includes('STOP_TAKEN_BACK'), arrived.warnings.join())
  })
}

async function putAway({ newPage, url }: House, check: Check): Promise<void> {
  const { page } = await newPage({ viewport: { width: 360, height: 740 }, hasTouch: true })
  await check('a run put away before the start, and somebody who is not here after all, are brought back', async () => {
    await page.goto(`${url}/group-run`)
    await page.getByRole('button', { name: 'Oefenen', exact: true }).click()
    await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
    await page.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
    await page.getByRole('button', { name: 'Niet hier Bram' }).click()
    await page.getByText('Bram loopt niet mee.').waitFor()
    await page.getByRole('button', { name: 'Terugnemen Bram' }).click()
    await page.getByRole('heading', { level: 2, name: 'Bram' }).waitFor()
    await page.getByRole('button', { name: 'Toch niet lopen' }).click()
    await page.getByRole('heading', { level: 2, name: 'Net geweest' }).waitFor()
    await page.getByRole('button', { name: 'Terug naar Oefenen' }).click()
    await page.getByRole('button', { name: 'Loop weer openen' }).click()
    await page.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
    await startAll(page)
    await until(async () => (await page.locator('.tile').count()) === 4, 'all four run')
  })
  await page.context().close()
}

/** A press is held at the page's own clock, which stands still in this test. */
async function letTimePass(held: Promise<void>, pass: (seconds: number) => Promise<void>): Promise<void> {
  let isOver = false
  const over = held.finally(() => (isOver = true))
  while (!isOver) {
    await pass(1)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await over
}
