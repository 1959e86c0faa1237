// A second step with the keyboard alone: what is said at each moment is true, the focus is where the reader goes on, and a phone that
// is lost is no dead end.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { sql } from 'kysely'
import { openStore } from '../../src/node/open-store.ts'
import { giveAuthenticator } from '../support/authenticator.ts'
import { totpCode } from '../support/totp.ts'
import { assertNoBarrier } from './barriers.ts'
import type { House } from './house.ts'
import { keyboardOf } from './keyboard.ts'
import type { Check } from '../support/check.ts'

const PASSWORD = 'een heel lang wachtwoord'
const PASSKEY_OF_THE_LOST = 'Haal de passkey van die telefoon weg'

export async function secondStepSuite(house: House, check: Check): Promise<void> {
  const { page, complaints } = await house.newPage()
  const keys = keyboardOf(page)
  await giveAuthenticator(page)
  let codes: string[] = []

  await check('once the app is on, nothing says that it is not, and the codes alone go on paper', async () => {
    await page.goto(house.firstUrl ?? '')
    await keys.type('Naam', 'Thea')
    await keys.type('E-mailadres', 'thea@example.org')
    await keys.type(/^Kies een wachtwoord/, PASSWORD)
    await keys.press('button', 'Account maken')
    await keys.type('Je wachtwoord van nu', PASSWORD)
    await keys.press('button', 'App instellen')
    const secret = ((await page.locator('code.link').textContent()) ?? '').replaceAll(' ', '')
    await keys.type('Code van 6 cijfers', await totpCode(secret))
    await page.keyboard.press('Enter')
    await page.getByText('Je tweede stap staat aan. Bewaar nu nog je reservecodes.').waitFor()
    assert.equal(await page.getByText(/Zonder tweede stap|Later instellen/).count(), 0)
    assert.equal(await focused(page), 'Je reservecodes')
    codes = await page.locator('.codes code').allTextContents()
    await assertNoBarrier(page)
    await page.goto(`${house.url}/account`)
    await page.getByRole('button', { name: 'Reservecodes laten zien' }).waitFor()
  })

  await check('the proof begins at the password, and gives the focus back when it is refused or shut', async () => {
    await sleep(house)
    await keys.press('button', 'Reservecodes laten zien')
    const sheet = page.getByRole('dialog')
    await sheet.waitFor()
    assert.equal(await focused(page), 'password')
    await page.keyboard.type('verkeerd wachtwoord')
    await page.keyboard.press('Tab')
    await page.keyboard.type('000000')
    await keys.press('button', 'Verder')
    await sheet.getByRole('alert').filter({ hasText: 'Je wachtwoord of je code klopt niet.' }).waitFor()
    assert.equal(await focused(page), 'Verder')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    assert.equal(await focused(page), 'Reservecodes laten zien')
    // Said at the button, and from then on it takes the next press.
    await page.getByText('Er is niets gewijzigd.').waitFor()
    await page.locator('button[aria-disabled=false]', { hasText: 'Reservecodes laten zien' }).waitFor()
  })

  await check('a backup code shows who it is, where the phone is gone', async () => {
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type(PASSWORD)
    await keys.press('button', 'Ik gebruik een reservecode')
    assert.equal(await focused(page), 'code')
    await page.keyboard.type((codes[0] ?? '').toLowerCase())
    await page.keyboard.press('Enter')
    await page.locator('.codes').waitFor()
    assert.equal(await focused(page), 'Je reservecodes')
    await page.emulateMedia({ media: 'print' })
    const printed = await page.locator('main').innerText()
    await page.emulateMedia({ media: 'screen' })
    for (const code of codes.slice(1)) assert.ok(printed.includes(code), 'a code is not on the paper')
    assert.doesNotMatch(printed, /thea@example|wachtwoord wijzigen|Afmelden|Telefoon kwijt\?\n1/i)
    await keys.press('button', 'Ik heb ze bewaard')
    await page.getByText('Genoteerd: je hebt ze bewaard.').waitFor()
    await page.getByText('Je hebt nog 9 reservecodes.').waitFor()
    assert.equal(await focused(page), 'Je reservecodes')
  })

  await check('a passkey that was added is said, and a question leaves the focus where it was', async () => {
    await keys.type(/^Naam van de passkey/, 'mijn laptop')
    await keys.press('button', 'Passkey toevoegen')
    await page.getByText('Je passkey is toegevoegd. Hij staat hierboven').waitFor()
    // Known once the page has asked anew who is here.
    await page.getByText(PASSKEY_OF_THE_LOST).waitFor({ state: 'attached' })
    assert.equal(await focused(page), 'Passkey toevoegen')
    assert.equal(
      await page
        .getByLabel(/^Naam van de passkey/)
        .last()
        .inputValue(),
      '',
    )
    await page.locator('.line').filter({ hasText: 'mijn laptop' }).locator('summary').click()
    await keys.press('button', 'Passkey weghalen')
    assert.equal(await focused(page), 'Ja, doe dat')
    await keys.press('button', 'Nee')
    assert.equal(await focused(page), 'Passkey weghalen')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('Je hebt nog geen passkey.').waitFor()
    await page.getByText(PASSKEY_OF_THE_LOST).waitFor({ state: 'detached' })
    await page.waitForFunction('document.activeElement !== document.body')
    assert.equal(await focused(page), 'Mijn passkeys')
  })

  await check('without the app, a passkey that was added asks to be used once', async () => {
    await keys.open('Code uit de app uitzetten')
    await page.locator('details[open]').getByLabel('Je wachtwoord van nu').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'App instellen' }).waitFor()
    await asWithoutSecondStep(house)
    await page.goto(`${house.url}/groups`)
    await keys.press('link', 'Tweede stap instellen')
    await keys.type(/^Naam van de passkey/, 'mijn telefoon')
    await keys.press('button', 'Passkey toevoegen')
    await page.getByText('Meld je er nu één keer mee aan.').waitFor()
    assert.equal(await focused(page), 'Je passkey is toegevoegd')
    assert.equal(await page.getByText('Zonder tweede stap').count(), 0)
    await keys.press('button', 'Aanmelden met een passkey')
    await keys.press('link', 'Verder')
    await page.getByRole('heading', { level: 1, name: 'Groepen' }).waitFor()
  })

  await check('a link that is used up shows the way to the sign-in, and no retry', async () => {
    for (const [path, way] of [
      ['/join#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Ik heb al een account: aanmelden'],
      ['/reset#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'Naar het aanmelden'],
    ] as const) {
      const other = await house.newPage()
      await other.page.goto(`${house.url}${path}`)
      await other.page.getByRole('link', { name: way }).waitFor()
      assert.equal(await other.page.getByRole('button', { name: 'Opnieuw proberen' }).count(), 0)
      await assertNoBarrier(other.page)
      await other.page.getByRole('link', { name: way }).click()
      await other.page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    }
  })
  await check('nothing complained', async () =>
    assert.deepEqual(
      complaints.filter((one) => !/status of (40[013]|410)/.test(one)),
      [],
    ),
  )
}

/** What has the focus: its words, or the name of its field. */
async function focused(page: Page): Promise<string> {
  const found: unknown = await page.evaluate(
    '(() => { const at = document.activeElement; return at === document.body ? "nothing" : at.name || at.innerText })()',
  )
  return String(found)
}

/** More than ten minutes after the sign-in. */
const sleep = (house: House) => inDatabase(house, `update session set provedAtMs = 0`)
/** As after joining. */
const asWithoutSecondStep = (house: House) => inDatabase(house, `update session set method = '/sign-in/email'`)

async function inDatabase(house: House, query: string): Promise<void> {
  const store = await openStore(house.folder)
  try {
    await sql.raw(query).execute(store.db)
  } finally {
    await store.close()
  }
}
