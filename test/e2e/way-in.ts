// The screens before somebody is in: signing in, an invitation, the second factor, each without a barrier.
import { strict as assert } from 'node:assert'
import type { BrowserContextOptions } from 'playwright-core'
import { totpCode } from '../support/totp.ts'
import { assertNoBarrier } from './barriers.ts'
import type { House } from './house.ts'
import type { Check } from '../support/check.ts'

const PASSWORD = 'een heel lang wachtwoord'

/** @param name of the look, for titles */
export async function wayIn(house: House, check: Check, name: string, options: BrowserContextOptions): Promise<void> {
  const administrator = (await house.newPage(options)).page
  const { page, complaints } = await house.newPage(options)
  await page.context().clearCookies()
  await check(`signing in, ${name}`, async () => {
    await page.goto(house.url)
    await page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    await assertNoBarrier(page)
  })
  await check(`making an invitation and joining, ${name}`, async () => {
    await administrator.goto(`${house.url}/people`)
    await administrator.getByLabel('begeleider').filter({ visible: true }).check()
    await administrator.getByRole('button', { name: 'Uitnodiging maken' }).click()
    const link = administrator.locator('.once .link')
    await link.waitFor()
    await assertNoBarrier(administrator)
    await page.goto((await link.textContent()) ?? '')
    await page.getByText('Je bent uitgenodigd als begeleider.').waitFor()
    await assertNoBarrier(page)
    await page.getByLabel('Naam', { exact: true }).fill(`Bo ${name}`)
    await page.getByLabel('E-mailadres').fill(`bo-${name}@example.org`)
    await page.getByLabel('Kies een wachtwoord').fill(PASSWORD)
    await page.getByRole('button', { name: 'Account maken' }).click()
  })
  await check(`after the grace every answer leads to the second factor, ${name}`, async () => {
    await page.getByRole('heading', { level: 1, name: 'Je tweede stap' }).waitFor()
    // The server's clock cannot be moved from here: this is what it answers then (test/http).
    const body = JSON.stringify({ status: 403, code: 'SECOND_FACTOR_REQUIRED' })
    await page.route('**/api/clients*', (route) =>
      route.fulfill({ status: 403, contentType: 'application/problem+json', body }),
    )
    await page.getByRole('link', { name: 'Later instellen' }).click()
    await page.getByText('De tijd om zonder tweede stap rond te kijken is voorbij.').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Later instellen' }).count(), 0)
    await page.unroute('**/api/clients*')
    await page.goto(`${house.url}/second-factor`)
  })
  await check(`setting up a code from an app, ${name}`, async () => {
    await page.getByRole('heading', { level: 1, name: 'Je tweede stap' }).waitFor()
    await assertNoBarrier(page)
    await page.getByLabel('Je wachtwoord van nu').fill(PASSWORD)
    await page.getByRole('button', { name: 'App instellen' }).click()
    const secret = page.locator('code.link')
    await secret.waitFor()
    await assertNoBarrier(page)
    await page
      .getByLabel('Code van 6 cijfers')
      .fill(await totpCode(((await secret.textContent()) ?? '').replaceAll(' ', '')))
    await page.getByRole('button', { name: 'Code controleren' }).click()
    await page.getByRole('heading', { name: 'Je reservecodes' }).waitFor()
    await assertNoBarrier(page)
    await page.getByRole('button', { name: 'Ik heb ze bewaard' }).click()
    await page.getByText('Je tweede stap staat aan.').waitFor()
  })
  await check(`nothing complained on the way in, ${name}`, async () =>
    assert.deepEqual(
      complaints.filter((one) => !/status of 40[13]/.test(one)),
      [],
    ),
  )
}
