// Links to a runner's own account: listed with what became of each, taken back, and worth nothing once a page has read them, whatever a
// browser keeps of the address.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from './barriers.ts'
import { addRunner, type House } from './house.ts'
import { filesAfter } from './profile.ts'
import type { Check } from '../support/check.ts'

const PASSWORD = 'een heel lang wachtwoord'

export async function linksSuite(house: House, check: Check): Promise<void> {
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await addRunner(page, house.url, 'Noor', 140)
  const list = (name: string) => page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) })
  const make = async (name: string): Promise<string> => {
    await page.getByLabel('Naam van de link').fill(name)
    await page.getByRole('button', { name: 'Loper uitnodigen' }).click()
    await list(name).waitFor()
    return (await page.locator('.once .link').textContent()) ?? ''
  }
  await check('a link has a name, who made it, until when it works, and a way to take it back', async () => {
    await make('per app')
    await list('per app').getByText('Werkt nog tot').waitFor()
    await list('per app').getByText('Gemaakt door Thea').waitFor()
    await assertNoBarrier(page)
  })
  await check('what a browser keeps on its disk of a link opens nothing', async () => {
    const link = await make('op de telefoon')
    const kept = await tokensKeptOf(link)
    assert.ok(kept.length > 0, 'this browser kept no address: the test proves nothing')
    for (const token of kept) assert.equal(await statusOf(house, token), 410)
    await page.reload()
    await list('op de telefoon').getByText('Geopend').waitFor()
  })
  await check('the page that read it goes on, through a reload too; another gets words', async () => {
    const link = await make('thuis')
    const [noor, other] = [(await house.newPage()).page, (await house.newPage()).page]
    await noor.context().clearCookies()
    await noor.goto(link)
    await noor.getByText('Hier maak je je eigen account.').waitFor()
    assert.equal(new URL(noor.url()).hash, '')
    await assertNoBarrier(noor)
    await other.goto(link)
    await other.getByText('Deze uitnodiging is al gebruikt of te oud.').waitFor()
    await noor.reload()
    await joinOn(noor)
    await noor.getByRole('heading', { level: 1, name: 'Noor' }).waitFor()
    await noor.goto(`${house.url}/join`)
    await noor.getByText('Hier werkt alleen de link van een uitnodiging.').waitFor()
  })
  await check('with an account of their own no link works any more, and none is offered', async () => {
    await page.reload()
    await page.getByText('De loper heeft een eigen account').waitFor()
    await list('per app').getByText('er is een account gemaakt').waitFor()
    await list('thuis').getByText('Gebruikt').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Intrekken' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Loper uitnodigen' }).count(), 0)
    await assertNoBarrier(page)
  })
  await check('a link for staff is taken back on the page of people', async () => {
    await page.goto(`${house.url}/people`)
    await page.getByLabel('Voor wie is deze link?').fill('voor Ab')
    await page.getByLabel('begeleider').filter({ visible: true }).check()
    await page.getByRole('button', { name: 'Uitnodiging maken' }).click()
    await list('voor Ab').waitFor()
    const token = new URL((await page.locator('.once .link').textContent()) ?? '').hash.slice(1)
    assert.equal(await statusOf(house, token), 200)
    await list('voor Ab').getByRole('button', { name: 'Intrekken' }).click()
    await list('voor Ab').getByRole('button', { name: 'Ja' }).click()
    await list('voor Ab').getByText('Ingetrokken').waitFor()
    assert.equal(await page.locator('.once .link').count(), 0)
    assert.equal(await statusOf(house, token), 410)
    await assertNoBarrier(page)
  })
}

async function joinOn(page: Page): Promise<void> {
  await page.getByLabel('Naam', { exact: true }).fill('Noor')
  await page.getByLabel('E-mailadres').fill('noor@example.org')
  await page.getByLabel('Kies een wachtwoord').fill(PASSWORD)
  await page.getByRole('button', { name: 'Account maken' }).click()
}

async function statusOf({ url }: House, token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: url }
  const answer = await fetch(`${url}/api/invitations/look`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ token }),
  })
  return answer.status
}

/** Every token that stands in an address anywhere in a browser's profile after it opened the link, read it and was closed. */
async function tokensKeptOf(link: string): Promise<string[]> {
  const texts = await filesAfter(async (browser) => {
    const page = await browser.newPage()
    await page.goto(link)
    await page.getByText('Hier maak je je eigen account.').waitFor()
  })
  return [
    ...new Set(texts.flatMap((text) => [...text.matchAll(/\/join#([\w-]{32})/g)].map(([, token]) => token ?? ''))),
  ]
}
