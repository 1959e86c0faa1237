// Script in every text that people type: shown as text, run nowhere.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { giveAuthenticator } from '../support/authenticator.ts'
import { addRunner, type House } from './house.ts'
import type { Check } from '../support/check.ts'

const image = '<img src=x onerror=alert(1)>'
const script = '<script>alert(1)</script>'

export async function storedScript(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage()
  const ran: string[] = []
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  const shows = async (...texts: readonly string[]) => {
    for (const text of texts) await page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor()
    const made: unknown = await page.evaluate('document.querySelectorAll("#app img, #app script").length')
    assert.deepEqual([made, ran, complaints], [0, [], []])
  }
  await check('a first name, the reason of a limit and the name of a file', async () => {
    await addRunner(page, house.url, image, 140, script)
    await shows(image, script)
    const buffer = readFileSync(house.fixture('calm-run.fit'))
    const name = `${image}.fit`
    await page.getByLabel('Bestanden kiezen').setInputFiles([
      { name, mimeType: 'application/octet-stream', buffer },
      { name: script, mimeType: 'text/plain', buffer: Buffer.from('no run') },
    ])
    await shows(name, script)
    await page.locator('.results li').filter({ hasText: name }).getByRole('link').click()
    await page.getByText('De cijfers').waitFor()
    await shows(image)
    await page.goto(house.url)
    await shows(image)
  })
  await check('the name of a group', async () => {
    await page.goto(`${house.url}/groups`)
    await page
      .getByLabel('Naam van de groep')
      .filter({ visible: true })
      .fill(image + script)
    await page.getByRole('button', { name: 'Groep toevoegen' }).click()
    await shows(image + script)
  })
  await check('the name of a person, to themselves and to the administrator', async () => {
    await page.goto(`${house.url}/people`)
    await page.getByLabel('beheerder').filter({ visible: true }).check()
    await page.getByRole('button', { name: 'Uitnodiging maken' }).click()
    const link = (await page.locator('.once .link').textContent()) ?? ''
    const other = await house.newPage()
    await other.page.context().clearCookies()
    other.page.on('dialog', (dialog) => void dialog.dismiss().then(() => ran.push(dialog.message())))
    await other.page.goto(link)
    await other.page.getByLabel('Naam', { exact: true }).fill(image)
    await other.page.getByLabel('E-mailadres').fill('mallory@example.org')
    await other.page.getByLabel('Kies een wachtwoord').fill('een lang wachtwoord')
    await other.page.getByRole('button', { name: 'Account maken' }).click()
    await other.page.locator('header').getByText(image).waitFor()
    await page.reload()
    await shows(image)
  })
  await check('the reason of an emergency view, in its list and in the log', async () => {
    await page.goto(`${house.url}/break-glass`)
    await page.getByLabel('Voornaam').fill(image)
    await page.getByRole('button', { name: 'Zoeken' }).click()
    await page.getByLabel('Waarom moet je dit nu zien').fill(script + image)
    await page.getByRole('button', { name: 'Een uur bekijken' }).click()
    await page.getByText('Rustige grens').waitFor()
    await page.goto(`${house.url}/break-glass`)
    await shows(script + image)
    await page.goto(`${house.url}/log`)
    await shows(script + image)
  })
  await check('the reason of a setting and the name of a passkey', async () => {
    await page.goto(`${house.url}/settings`)
    await page.getByLabel('Waarom deze wijziging?').fill(script + image)
    await page.getByRole('button', { name: 'Instellingen bewaren' }).click()
    await shows(script + image)
    await giveAuthenticator(page)
    await page.goto(`${house.url}/account`)
    await page.getByLabel('Naam van de passkey').filter({ visible: true }).fill(image)
    await page.getByRole('button', { name: 'Passkey toevoegen' }).click()
    await page.locator('.line').getByText(image).waitFor()
    await shows(image)
  })
}
