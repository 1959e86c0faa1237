// What a phone knows of limits: an administrator with another's group, a limit that was lowered, a new phone, no network.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, startAll, tileOf } from './steps.ts'

export async function rosterRun({ url, newPage }: House, check: Check): Promise<void> {
  const { page } = await newPage({ viewport: { width: 360, height: 740 } })
  const group = await makeGroup(page, url, 'Zondag', { Noor: 138 })
  const ask = async (method: 'POST' | 'PUT', path: string, data: object) => {
    const response = await page.request.fetch(`${url}${path}`, { method, data })
    assert.ok(response.ok(), `${method} ${path}: ${response.status()}`)
  }
  const setLimit = (manualCeilingBpm: number) =>
    ask('POST', `/api/clients/${group.clients.get('Noor')}/zones`, {
      inputs: { manualCeilingBpm },
      reason: 'praattest',
      confirmed: ['CEILING_RISES', 'HARD_RISES'],
    })
  await ask('POST', '/api/groups', { name: 'Groep van Bas' })
  await check("an administrator's phone knows their own group, and not another's", async () => {
    await page.goto(`${url}/group-run`)
    await page.getByRole('button', { name: group.name, exact: true }).waitFor()
    assert.equal(await page.getByText('Groep van Bas').count(), 0)
  })
  await chooseGroup(page, url, group.name)
  await isHere(page, 'Noor')
  await check('a lower limit is taken over before the start, and said', async () => {
    await page.getByText('rustig tot 138').waitFor()
    await setLimit(105)
    await backOnline(page)
    await page.getByText(/Nieuwe grens overgenomen: rustig tot 105.* Eerst: rustig tot 138/).waitFor()
  })
  await startAll(page)
  await check('a lower limit during the run is offered, and taken over by one press only', async () => {
    await setLimit(100)
    await backOnline(page)
    await tileOf(page, 'Noor').click()
    await page.getByText(/De praktijk heeft een andere grens: rustig tot 100/).waitFor()
    assert.equal(await tileOf(page, 'Noor').locator('.limit', { hasText: '/ 105' }).count(), 1)
    await page.getByRole('button', { name: 'Neem deze grens over' }).click()
    await tileOf(page, 'Noor').locator('.limit', { hasText: '/ 100' }).waitFor()
    assert.equal(await page.getByText('De praktijk heeft een andere grens').count(), 0)
  })
  await check('a higher one takes a second press', async () => {
    await setLimit(120)
    await backOnline(page)
    await page.getByRole('button', { name: 'Neem deze grens over' }).click()
    assert.equal(await tileOf(page, 'Noor').locator('.limit', { hasText: '/ 100' }).count(), 1)
    await page.getByRole('dialog').getByText('Deze grens is ruimer').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click()
  })
  await endAll(page)
  await page.getByRole('button', { name: 'Klaar' }).click()
  await check('a new phone knows the group with its newest limit', async () => {
    const { page: other } = await newPage({ viewport: { width: 360, height: 740 } })
    await chooseGroup(other, url, group.name)
    await isHere(other, 'Noor')
    await other.getByText('rustig tot 120').waitFor()
    await other.getByRole('button', { name: 'Toch niet lopen' }).click()
    await other.context().close()
  })
  await check('without a network the copy is used, and says of when it is and why', async () => {
    await page.route('**/api/**', (route) => route.abort())
    await page.reload()
    await page.getByRole('button', { name: group.name, exact: true }).waitFor()
    await page
      .getByText(/^Niet vers: /)
      .first()
      .waitFor()
    await page
      .getByText(/grenzen van/)
      .first()
      .waitFor()
    await page.unroute('**/api/**')
  })
  await check('a group that is not mine any more goes, with a word; the others stay', async () => {
    const others = await makeGroup(page, url, 'Zaterdagavond', { Fay: 130 })
    await page.reload()
    await page.getByRole('button', { name: others.name, exact: true }).waitFor()
    await ask('PUT', `/api/groups/${group.groupId}/staff`, { staff: [] })
    await page.reload()
    await page.getByText('Zondag is niet (meer) jouw groep').waitFor()
    await page.getByRole('button', { name: others.name, exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: group.name, exact: true }).count(), 0)
  })
  await page.context().close()
}

/** The network goes and comes back. */
async function backOnline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.context().setOffline(false)
}
