// `npm run pictures`: the screenshots of the docs, from a served clinic with made runs.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { demoPeople } from '../../src/cli/demo/fill-clinic.ts'
import { buildPage } from '../house/build-page.ts'
import { root } from '../house/run.ts'
import { addRunner, chooseFiles, resultOf, openHouse } from './house.ts'
import { startAll } from './group-run/steps.ts'
import { flagsOf, openDesk, signIn } from './review/desk.ts'

/** A practice run of two and a half minutes with eight made runners, as the phone shows it then. */
async function liveScreen(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.clock.install()
  await page.goto(`${house.url}/group-run`)
  await page.getByLabel('Minuten lopen').fill('2')
  await page.getByLabel('Minuten wandelen').fill('1')
  await page.getByRole('button', { name: 'Oefenen' }).click()
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
  await startAll(page)
  for (let second = 0; second < 250; second++) await page.clock.runFor(1000)
  await page.screenshot({ path: join(root, 'docs/pictures/live-phone.png') })
}

/** The demo's clinic: the supervisor's desk, and a client's own start. */
async function deskAndMirror(): Promise<void> {
  const demo = await openHouse({ empty: true })
  try {
    const { page } = await openDesk(demo, { viewport: sizes.desktop })
    const hard = (await flagsOf(demo, page)).find(({ kind }) => kind === 'F9.hard')
    await page.goto(`${demo.url}/review/${hard?.id}`)
    await page.locator('.chart canvas').waitFor()
    await page.locator('.multiples').waitFor()
    await page.screenshot({ path: join(root, 'docs/pictures/review-desktop.png') })
    const own = (await demo.newPage({ viewport: sizes.phone })).page
    await signIn(demo, own, demoPeople[1])
    await own.goto(`${demo.url}/mine`)
    await own.getByRole('heading', { name: 'Vragen en berichten' }).waitFor()
    await own.screenshot({ path: join(root, 'docs/pictures/mine-phone.png') })
  } finally {
    await demo.close()
  }
}

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1180, height: 900 } } as const

if (!buildPage()) throw new Error('the page could not be built')
const house = await openHouse()
try {
  const { page } = await house.newPage()
  await addRunner(page, house.url, 'Noor', 140)
  await chooseFiles(page, ['calm-run.fit', 'two-activities.fit', 'settings.fit'].map(house.fixture))
  await resultOf(page, 'calm-run.fit').waitFor()
  const client = page.url()
  await addRunner(page, house.url, 'Mo', 136)
  await chooseFiles(page, ['too-hard-run.fit', 'dry-strap.fit'].map(house.fixture))
  await resultOf(page, 'dry-strap.fit').click()
  await page.locator('.chart canvas').waitFor()
  const dry = page.url()
  await page.goto(client)
  await page.locator('.list .row').first().waitFor()
  await page.locator('.list .row').filter({ hasText: '29 min' }).click()
  await page.locator('.chart canvas').waitFor()
  const addresses = {
    run: page.url(),
    'dry-strap': dry,
    client,
    clients: house.url,
    people: `${house.url}/people`,
    log: `${house.url}/log`,
  }
  for (const [size, viewport] of Object.entries(sizes))
    for (const [name, url] of Object.entries(addresses)) {
      await page.setViewportSize(viewport)
      await page.goto(url)
      await page.locator('h1').waitFor()
      await page.getByText('Even laden').first().waitFor({ state: 'hidden' })
      if (name === 'run' || name === 'dry-strap') await page.locator('.chart canvas').waitFor()
      // A log has no end worth a picture.
      const path = join(root, `docs/pictures/${name}-${size}.png`)
      await page.screenshot({ path, fullPage: name !== 'log' })
    }
  await liveScreen(page)
  await deskAndMirror()
} finally {
  await house.close()
}
