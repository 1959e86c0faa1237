// My runs: what a client reads, tells and asks, and how it comes to who guides them.
import { strict as assert } from 'node:assert'
import { basename, join } from 'node:path'
import type { Page } from 'playwright-core'
import { demoPeople, fillClinic } from '../../src/cli/demo/fill-clinic.ts'
import { assertNoBarrier } from './barriers.ts'
import { chooseFiles, resultOf, type House } from './house.ts'
import { signIn } from './review/desk.ts'
import type { Check } from '../support/check.ts'

/** Words of the desk: no client meets them. */
const ofTheDesk = /regel [A-H]\d|aandachtspunt|vandaag contact|harde grens|klassement|reeks|calorie|tempo van/i

export async function myRunsSuite(house: House, check: Check): Promise<void> {
  const [thea, anna, hilde] = await Promise.all([house.newPage(), house.newPage(), house.newPage()])
  await fillClinic(house, Date.now())
  for (const [one, person] of [thea, anna, hilde].map((reader, i) => [reader, demoPeople[i]] as const))
    if (person !== undefined) await signIn(house, one.page, person)
  const { page } = anna
  await check('a client begins with their own runs, in words', async () => {
    await page.goto(`${house.url}/mine`)
    await page.getByRole('heading', { level: 1, name: 'Anna' }).waitFor()
    await page
      .getByText(/Je liep \d+ van de \d+ minuten rustig\. Mooi gedaan\./)
      .first()
      .waitFor()
    await page.getByText('3 keer per week: dinsdag, donderdag en zaterdag.').waitFor()
    assert.equal(await page.locator('.small-chart svg[role=img]').count(), 4)
    const alt = (await page.locator('.small-chart svg').first().getAttribute('aria-label')) ?? ''
    assert.match(alt, /Slaap, in uren\. .*7,5.*Gewoon voor jou: 7,5/s)
  })
  await check('a run is told in a sentence, with one chart, and how it went can be told in a minute', async () => {
    await page.locator('.list a.row').first().click()
    await page.locator('.chart canvas').waitFor()
    assert.equal(await page.locator('.chart').count(), 1)
    await page.getByLabel('Wat hielp je om rustig te blijven?').fill('lopen langs het water')
    await page.getByLabel('Inspanning').selectOption('3')
    await page.getByLabel('Slaap, in uren').fill('7')
    await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
    await page.getByText('Dank je. Dit is bewaard.').waitFor()
    await page.getByLabel('Wil je iets vragen over deze ronde?').fill('was dit goed zo?')
    await page.getByRole('button', { name: 'Vraag stellen' }).click()
    await page.locator('.line').filter({ hasText: 'was dit goed zo?' }).waitFor()
  })
  const run = page.url()
  await check('what is told of a run stands at the day of the run, all of it', async () => {
    const ranOn = ((await page.getByRole('heading', { level: 1 }).textContent()) ?? '').split(',')[0] ?? ''
    await page.goto(`${house.url}/mine`)
    await page.getByText('Alles wat je vertelde', { exact: true }).click()
    const row = page.getByRole('row').filter({ hasText: 'lopen langs het water' })
    assert.ok(((await row.getByRole('rowheader').textContent()) ?? '').startsWith(ranOn), `not on ${ranOn}`)
  })
  await check('a night without a run is told once, and the fields are empty again', async () => {
    await page.goto(`${house.url}/mine`)
    const sleep = page.getByRole('spinbutton', { name: 'Slaap, in uren' })
    await sleep.fill('6.5')
    await page.getByRole('button', { name: 'Bewaren', exact: true }).click()
    await page.getByText('Hieronder zie je alles wat je vertelde.').waitFor()
    while ((await sleep.inputValue()) !== '') await page.waitForTimeout(50)
    await page.getByText('Alles wat je vertelde', { exact: true }).click()
    assert.equal(await page.getByRole('cell', { name: '6,5', exact: true }).count(), 1)
  })
  for (const [name, url] of Object.entries({ start: `${house.url}/mine`, run }))
    for (const colorScheme of ['light', 'dark'] as const)
      await check(`${name} of a client, ${colorScheme}: no barrier at 360 px, no word of the desk`, async () => {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width: 360, height: 740 })
        await page.goto(url)
        await page.getByRole('heading', { name: 'Vragen en berichten' }).waitFor()
        await assertNoBarrier(page)
        assert.doesNotMatch(await page.locator('main').innerText(), ofTheDesk)
      })
  await check('who knows no stop reads kind words about rest and the night, and nothing of the desk', async () => {
    const own = hilde.page
    await own.goto(`${house.url}/mine`)
    await own.getByText('Je hebt veel gelopen deze week. Een rustdag maakt je sterker. Welke dag kies jij?').waitFor()
    await own.getByText('Je liep laat. Slapen helpt ook.').waitFor()
    await loaded(own)
    assert.doesNotMatch(await own.locator('main').innerText(), ofTheDesk)
    assert.doesNotMatch(await own.locator('main').innerText(), /anders dan gewoonlijk/)
  })
  await check('the therapist sees the question in the list, what was told at the run, and answers', async () => {
    const staff = thea.page
    await staff.goto(house.url)
    await staff.locator('.row').filter({ hasText: 'Anna' }).filter({ hasText: '1 vraag' }).click()
    await staff.getByText('lopen langs het water').waitFor()
    await staff.getByLabel('Je antwoord aan Anna').fill('ja, precies zo')
    await staff.getByRole('button', { name: 'Antwoorden' }).click()
    await staff.locator('.line').filter({ hasText: 'ja, precies zo' }).waitFor()
    await staff.goto(run)
    await staff.getByText('inspanning 3 van 10').waitFor()
    await staff.getByLabel('Een bericht dat de loper leest').fill('mooi hoe je bleef wandelen')
    await staff.getByRole('button', { name: 'Bericht delen' }).click()
    await staff.locator('.line').filter({ hasText: 'mooi hoe je bleef wandelen' }).waitFor()
  })
  await check('the client reads the answer and the note, and what helped comes back', async () => {
    await page.goto(run)
    await page.locator('.line').filter({ hasText: 'ja, precies zo' }).waitFor()
    await page.locator('.line').filter({ hasText: 'mooi hoe je bleef wandelen' }).waitFor()
    await page.goto(`${house.url}/mine`)
    await page.getByRole('heading', { name: 'Dit hielp je eerder' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'lopen langs het water' }).waitFor()
  })
  await check('sharing ends at a word of the client; they still see their own', async () => {
    await page.getByRole('button', { name: 'Stoppen met delen' }).click()
    await page.getByRole('button', { name: 'Ja, doe dat' }).click()
    await page.getByRole('button', { name: 'Ja, ik deel dit' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'lopen langs het water' }).waitFor()
    await thea.page.goto(run)
    await thea.page.getByRole('heading', { name: 'Seintjes' }).waitFor()
    await loaded(thea.page)
    assert.equal(await thea.page.getByText('lopen langs het water').count(), 0)
  })
  await check('what came up when a file was read stands at the run, and whom to tell', async () => {
    await openNewest(house, page, house.fixture('clock-leaps.fit'))
    await page
      .getByText(/^\d+ metingen hadden een vreemde tijd\. .*Klopt dat niet\? Zeg het je begeleider\.$/)
      .waitFor()
    await page.locator('.chart canvas').waitFor()
    await thea.page.goto(page.url())
    const sections = thea.page.locator('section h2')
    await sections.filter({ hasText: 'Let op bij deze cijfers' }).waitFor()
    const titles = await sections.allTextContents()
    assert.ok(titles.indexOf('Let op bij deze cijfers') < titles.indexOf('De cijfers'), titles.join())
    await thea.page.getByText(/metingen hadden een tijd ver buiten de ronde/).waitFor()
  })
  await check('a summary is called one: no empty chart, no tip for a strap', async () => {
    await openNewest(house, page, join(house.fixture('..'), 'xml/summary-only.tcx'))
    await page.getByText(/alleen een samenvatting\. Je hebt \d+ minuten bewogen: dat telt\./).waitFor()
    await page.getByRole('heading', { name: 'Vragen en berichten' }).waitFor()
    assert.equal(await page.locator('.chart').count(), 0)
    assert.doesNotMatch(await page.locator('main').innerText(), /viel vaak weg|nat/)
    await assertNoBarrier(page)
  })
  await check('nothing complained on the page of my runs', async () =>
    assert.deepEqual([...anna.complaints, ...hilde.complaints, ...thea.complaints], []),
  )
}

/** The run of a file that a client reads in. */
async function openNewest({ url }: House, page: Page, file: string): Promise<void> {
  await page.goto(`${url}/mine`)
  await chooseFiles(page, [file])
  await resultOf(page, basename(file)).click()
  await page.getByRole('link', { name: 'Mijn rondes' }).waitFor()
}

const loaded = async (page: Page): Promise<void> => {
  while ((await page.getByText('Even laden').count()) > 0) await page.waitForTimeout(50)
}
