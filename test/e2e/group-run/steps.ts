// What a therapist does on the page at a group run, step by step.
import type { Page } from 'playwright-core'
import { sleep } from '../../support/fake-strap.ts'
import type { StrapChooser } from '../../support/strap-chooser.ts'
import { until } from '../straps/rig.ts'
import type { Wearer } from './wearer.ts'

/** Choose the group; ends where people are ticked. */
export async function chooseGroup(
  page: Page,
  url: string,
  name: string,
  plan: Partial<Record<'minutes' | 'run' | 'walk', string>> = {},
) {
  await page.goto(`${url}/group-run`)
  if (plan.minutes !== undefined) await page.getByLabel('Minuten in totaal').fill(plan.minutes)
  if (plan.run !== undefined) await page.getByLabel('Minuten lopen').fill(plan.run)
  if (plan.walk !== undefined) await page.getByLabel('Minuten wandelen').fill(plan.walk)
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

export async function isHere(page: Page, alias: string): Promise<void> {
  await page.getByLabel('Nog niet hier').getByRole('button', { name: alias, exact: true }).click()
  await page.getByRole('heading', { level: 2, name: alias }).waitFor()
}

/** From here on a second passes only where the test says so. No further ahead than it must be: after half a minute without a beat a
 *  page lets its straps go. */
export const holdClock = async (page: Page): Promise<void> =>
  page.clock.pauseAt((await page.evaluate(() => Date.now())) + 3000)

/** Give somebody a strap through the browser's own list. */
export async function pair(page: Page, chooser: StrapChooser, { alias, strap }: Wearer): Promise<void> {
  await page.getByRole('button', { name: `Band geven ${alias}` }).click()
  chooser.want(strap.address)
  await page.getByRole('button', { name: 'Nieuwe band zoeken' }).click()
  await until(() => strap.notifying, `${strap.name} is subscribed to`, 20_000)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Everybody's answers are no, save that they feel like it. */
export async function checkIn(page: Page, alias: string, yes: readonly string[] = []): Promise<void> {
  await page.getByRole('button', { name: `Check-in ${alias}` }).click()
  await page.getByRole('button', { name: 'Uitkomst bewaren' }).waitFor()
  for (const question of await page.getByRole('dialog').getByRole('group').all()) {
    const text = (await question.locator('legend').textContent()) ?? ''
    const isYes = text.includes('Heb je er zin in') || yes.some((one) => text.includes(one))
    await question.getByRole('button', { name: isYes ? 'Ja' : 'Nee' }).click()
  }
  await page.getByRole('button', { name: 'Uitkomst bewaren' }).click()
}

/** What has just moved takes no press, as when a strap's words make the list longer: one presses again. */
export async function startAll(page: Page): Promise<void> {
  await until(async () => {
    await page.getByRole('button', { name: /^Start/ }).click()
    return page
      .locator('.tiles')
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      )
  }, 'the run starts')
}

export async function endAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Iedereen' }).click()
  await hold(page, 'Stop voor iedereen')
  await page.getByRole('heading', { level: 1, name: /klaar/ }).waitFor()
}

/** Keep a button down for as long as it asks for. */
export const hold = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name }).click({ delay: 2500 })

/** One runner's run ends, the others go on. */
export async function stopRunner(page: Page, alias: string): Promise<void> {
  await tileOf(page, alias).click()
  await hold(page, 'Stop deze loper')
  await tileOf(page, alias).getByText('Klaar').waitFor()
}

/** A runner's tile as it reads now. */
export const tileOf = (page: Page, alias: string) =>
  page.locator('.tile').filter({ has: page.locator('.alias', { hasText: new RegExp(`^${alias}$`) }) })

/** Everybody's heart beats on, faster than in life, while something happens. */
export async function whileRunning(
  wearers: readonly Wearer[],
  work: () => Promise<void>,
  everyMs = 250,
): Promise<void> {
  let beat = 0
  const beating = setInterval(() => {
    beat++
    for (const [i, wearer] of wearers.entries()) wearer.beat(112 + i + Math.round(4 * Math.sin(beat / 8)))
  }, everyMs)
  try {
    await work()
  } finally {
    clearInterval(beating)
  }
}

/** Let what is on its way arrive and be written down. */
export const settle = (): Promise<void> => sleep(900)
