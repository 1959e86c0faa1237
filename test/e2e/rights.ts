// Everything of a client as a zip, back in, and gone for good.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from './barriers.ts'
import { addRunner, type House } from './house.ts'
import { keyboardOf, type Keyboard } from './keyboard.ts'
import { leftInBrowser } from './left-in-browser.ts'
import type { Check } from '../support/check.ts'

interface Person {
  readonly page: Page
  readonly keys: Keyboard
}

/** What the browser saved at a press. */
async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  assert.match(download.suggestedFilename(), /^calmpace-data-\d{4}-\d\d-\d\d-[\da-f]{8}\.zip$/)
  return download.path()
}
const members = (path: string): string[] => Object.keys(unzipSync(readFileSync(path)))

/** The therapist's side, on a client with two runs and one zone. */
export async function takeAway(house: House, check: Check, client: string): Promise<void> {
  const { page } = await house.newPage()
  let zip = ''
  await page.goto(client)
  await check("the therapist takes a client's zip away", async () => {
    zip = await saved(page, () => page.getByRole('link', { name: 'Alles van Mo bewaren' }).click())
    assert.ok(members(zip).includes('calmpace.json'))
  })
  await check('a zip comes back in, and says what was there already', async () => {
    await page.getByText('Een zip uit calmpace terugzetten').click()
    await page.getByLabel('Zip kiezen').setInputFiles(zip)
    await page.getByText('Geen nieuwe rondes, geen nieuwe grenzen. 2 rondes waren er al.').waitFor()
  })
  await check('a file that is no such zip is refused in words', async () => {
    await page.getByLabel('Zip kiezen').setInputFiles(house.fixture('calm-run.fit'))
    await page.getByRole('alert').filter({ hasText: 'Dit is geen zip met alles van één loper' }).waitFor()
    assert.equal(await page.getByText('2 rondes waren er al.').count(), 0)
  })
}

/** A client's own account, with the keyboard; nobody is there afterwards. */
export async function eraseMyself(
  house: House,
  check: Check,
  about: {
    readonly client: Person
    readonly administrator: Person
    readonly firstName: string
    readonly email: string
    readonly password: string
  },
): Promise<void> {
  const { page, keys } = about.client
  const { firstName, email, password } = about
  const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  const signIn = async () => {
    await page.goto(`${house.url}/account`)
    await title('Aanmelden')
    await keys.type('E-mailadres', email)
    await keys.type('Wachtwoord', password)
    await keys.press('button', 'Aanmelden')
  }
  await check('the client takes everything away as one zip', async () => {
    await signIn()
    await title('Mijn account')
    const zip = await saved(page, () => keys.press('link', 'Alles van mij bewaren'))
    assert.ok(members(zip).includes('calmpace.json'))
  })
  for (const colorScheme of ['light', 'dark'] as const)
    await check(`a client's account, ${colorScheme}: no barrier at 360 px`, async () => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width: 360, height: 740 })
      await page.reload()
      await page.getByRole('heading', { level: 2, name: 'Alles wissen' }).waitFor()
      await assertNoBarrier(page)
    })
  await check('erasing asks for the first name, and takes no other', async () => {
    await page.reload()
    await keys.open('Wat er gebeurt, en wissen')
    await page.getByText('Je account gaat ook weg.').waitFor()
    await keys.type(/^Typ de voornaam/, 'Bo')
    await keys.press('button', 'Voorgoed wissen')
    await page.getByRole('alert').filter({ hasText: 'Dit is niet de voornaam. Er is niets gewist.' }).waitFor()
  })
  await check(
    'erased: signed out, nothing of them is left in this browser, and the account does not sign in again',
    async () => {
      const { personId, clientId } = await page.evaluate(async () => {
        const me: unknown = await (await fetch('/api/me')).json()
        return me as { personId: string; clientId: string }
      })
      const known = [firstName, email, personId, clientId]
      const before = await leftInBrowser(page)
      // What is looked into holds them as long as they are here; in the staff's browser that is a database.
      assert.ok(before.includes(firstName))
      assert.ok((await leftInBrowser(about.administrator.page)).includes('thea@example.org'))
      await keys.type(/^Typ de voornaam/, firstName)
      await keys.press('button', 'Voorgoed wissen')
      await title('Aanmelden')
      const left = (await leftInBrowser(page)).toLowerCase()
      assert.ok(left.includes('calmpace'))
      assert.deepEqual(
        known.filter((word) => left.includes(word.toLowerCase())),
        [],
      )
      // Back shows none of it either.
      await page.goBack().catch(() => null)
      await page.getByRole('heading', { level: 1, name: 'Aanmelden', exact: true }).waitFor()
      const shown = await page.locator('body').innerText()
      assert.deepEqual(
        known.filter((word) => shown.includes(word)),
        [],
      )
      await signIn()
      await page.getByRole('alert').filter({ hasText: 'Aanmelden lukte niet.' }).waitFor()
      assert.doesNotMatch(await page.locator('body').innerText(), new RegExp(firstName))
    },
  )
  await check('erased: nobody finds them', async () => {
    const { page, keys } = about.administrator
    for (const place of ['people', 'groups', 'log', '']) {
      await page.goto(`${house.url}/${place}`)
      await page.locator('h1').waitFor()
      await page.getByText('Even laden').first().waitFor({ state: 'hidden' })
      assert.doesNotMatch(await page.locator('main').innerText(), new RegExp(`${email}|${firstName}\\b`), place)
    }
    await page.goto(`${house.url}/break-glass`)
    await keys.type('Voornaam', firstName)
    await keys.press('button', 'Zoeken')
    await page.getByText('Niemand gevonden.').waitFor()
  })
}

/** By an administrator, on a written request: with the keyboard, on a phone. */
export async function eraseOnRequest(house: House, check: Check): Promise<void> {
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const keys = keyboardOf(page)
  await addRunner(page, house.url, 'Zoë', 140)
  await check(
    'an administrator finds whom a request is about, by first name in any case, and sees nothing else of them',
    async () => {
      await page.goto(`${house.url}/erase`)
      await keys.type('Voornaam', 'ZOË')
      await keys.press('button', 'Zoeken')
      await page.getByText('1 loper gevonden.').waitFor()
      await page.getByRole('heading', { level: 2, name: 'Zoë, geboren in 1986' }).waitFor()
      assert.doesNotMatch(await page.locator('main').innerText(), /\b140\b/)
    },
  )
  await check('it is said what goes and what stays, and another name erases nobody', async () => {
    await keys.open('Wat er gebeurt, en wissen')
    for (const words of ['Dit gaat voorgoed weg', 'Dit blijft', 'Wissen kan niemand terugdraaien'])
      await page.getByText(words).waitFor()
    await keys.type(/^Typ de voornaam/, 'Zoe')
    await keys.press('button', 'Voorgoed wissen')
    await page.getByRole('alert').filter({ hasText: 'Dit is niet de voornaam. Er is niets gewist.' }).waitFor()
  })
  await check('the name typed erases, and it is said what to do with backups', async () => {
    await keys.type(/^Typ de voornaam/, 'zoë')
    await keys.press('button', 'Voorgoed wissen')
    await page.getByText('De loper is gewist.').waitFor()
    await page.getByText('Vraag nu wie de server beheert om een nieuwe kopie').waitFor()
    await keys.type('Voornaam', 'Zoë')
    await keys.press('button', 'Zoeken')
    await page.getByText('Niemand gevonden.').waitFor()
    await page.goto(`${house.url}/log`)
    await page.getByRole('listitem').filter({ hasText: 'wiste gegevens' }).first().waitFor()
    await page.goto(`${house.url}/erase`)
    await assertNoBarrier(page)
  })
  await check('where the file of the server cannot be written anew now, it is said, on both pages', async () => {
    const copies = 'In het bestand van de server kunnen nog resten staan.'
    await addRunner(page, house.url, 'Zita', 140)
    await addRunner(page, house.url, 'Zeno', 140)
    // Whoever copies the file reads it meanwhile.
    const reader = new DatabaseSync(join(house.folder, 'calmpace.sqlite'), { readOnly: true })
    reader.exec('begin')
    reader.prepare('select count(*) from client').get()
    await keys.open('Wat er gebeurt, en wissen')
    await keys.type(/^Typ de voornaam/, 'Zeno')
    await keys.press('button', 'Voorgoed wissen')
    await page.getByRole('status').filter({ hasText: copies }).waitFor()
    await assertNoBarrier(page)
    await keys.press('button', 'Verder')
    await page.getByRole('link', { name: 'Zita' }).first().waitFor()
    await page.goto(`${house.url}/erase`)
    await keys.type('Voornaam', 'Zita')
    await keys.press('button', 'Zoeken')
    await keys.open('Wat er gebeurt, en wissen')
    await keys.type(/^Typ de voornaam/, 'Zita')
    await keys.press('button', 'Voorgoed wissen')
    await page.getByRole('status').filter({ hasText: copies }).waitFor()
    reader.close()
  })
}
