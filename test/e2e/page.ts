// Every screen: no barrier, nothing wider than a phone; the chart zoomable by hand and by keyboard.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from './barriers.ts'
import { addRunner, chooseFiles, resultOf, type House } from './house.ts'
import { keepsNothing } from './keeps-nothing.ts'
import { agree } from './plan.ts'
import { eraseOnRequest, takeAway } from './rights.ts'
import type { Check } from '../support/check.ts'
import { samplesGone } from './samples-gone.ts'
import { wayIn } from './way-in.ts'

const names = [
  'account',
  'people',
  'groups',
  'log',
  'break-glass',
  'erase',
  'settings',
  'second-factor',
  'group-run',
] as const
const screens = ({ url }: House) => Object.fromEntries(names.map((name) => [name, `${url}/${name}`]))

export async function pageSuite(house: House, check: Check): Promise<void> {
  const first = await house.newPage()
  await addRunner(first.page, house.url, 'Mo', 140)
  await chooseFiles(first.page, ['too-hard-run.fit', 'dry-strap.fit'].map(house.fixture))
  await resultOf(first.page, 'too-hard-run.fit').waitFor()
  const client = first.page.url()
  await resultOf(first.page, 'too-hard-run.fit').click()
  await first.page.getByText('Aandachtspunten om samen te bekijken').waitFor()
  const run = first.page.url()
  await agree(house, check, client)
  for (const colorScheme of ['light', 'dark'] as const) {
    const look = { viewport: { width: 360, height: 740 }, colorScheme }
    const { page, complaints } = await house.newPage(look)
    const groups = (await (await page.request.get(`${house.url}/api/groups`)).json()) as { items: { id: string }[] }
    const weeks = `${house.url}/groups/${groups.items[0]?.id}/weeks`
    for (const [name, url] of Object.entries({ clients: house.url, client, run, weeks, ...screens(house) }))
      await check(`${name}, ${colorScheme}: no barrier and no sideways scroll at 360 px`, async () => {
        await page.goto(url)
        await assertNoBarrier(page)
      })
    await check(`a group's weeks, ${colorScheme}: each chart has a text, each client a table of eight weeks`, () =>
      assertWeeksInWords(page, weeks),
    )
    await check(`nothing complained, ${colorScheme}`, async () => assert.deepEqual(complaints, []))
    await wayIn(house, check, colorScheme, look)
  }
  const { page } = first
  const shown = async () =>
    Number(await page.locator('.chart').getAttribute('data-to-s')) -
    Number(await page.locator('.chart').getAttribute('data-from-s'))
  await check('the chart zooms by button, keyboard and mouse, and back', async () => {
    const whole = await shown()
    await page.getByRole('button', { name: 'Inzoomen' }).click()
    assert.ok((await shown()) <= whole / 2 + 1)
    await page.locator('.chart [role=img]').press('+')
    assert.ok((await shown()) <= whole / 4 + 1)
    await page.locator('.chart [role=img]').press('0')
    assert.equal(await shown(), whole)
    const box = await page.locator('.u-over').boundingBox()
    assert.ok(box !== null)
    await page.mouse.move(box.x + 50, box.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + 150, box.y + 60, { steps: 5 })
    await page.mouse.up()
    assert.ok((await shown()) < whole)
  })
  await check('the chart has the same facts as a text and as a table', async () => {
    const alt = (await page.locator('.chart [role=img]').getAttribute('aria-label')) ?? ''
    assert.match(alt, /De rustige grens is 140/)
    await page.getByText('Als tabel').click()
    assert.equal(await page.locator('tbody tr').count(), 30)
  })
  await takeAway(house, check, client)
  await samplesGone(house, check, run)
  await eraseOnRequest(house, check)
  await keepsNothing(house, check)
}

/** Each small chart says its numbers as a text; each client's charts have one table with a row for each week. */
async function assertWeeksInWords(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const clients = page.locator('.card:has(.multiples)')
  await clients.first().waitFor()
  const charts = page.locator('.small-chart svg')
  const texts = await charts.evaluateAll((all) => all.map((svg) => svg.getAttribute('aria-label') ?? ''))
  assert.equal(await page.locator('.small-chart svg[role=img]').count(), texts.length)
  for (const text of texts) assert.match(text, /^[^.]+\. \S/)
  for (const client of await clients.all()) {
    assert.equal(await client.locator('.small-chart svg').count(), 3)
    await client.locator('summary').click()
    await client.locator('table').waitFor()
    assert.equal(await client.locator('tbody tr').count(), 8)
  }
}
