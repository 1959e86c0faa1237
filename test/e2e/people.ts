// First start, invitations, second factors, groups, a client's own view, sign-out: with the keyboard alone.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { giveAuthenticator } from '../support/authenticator.ts'
import { totpCode } from '../support/totp.ts'
import { chooseFiles, resultOf, type House } from './house.ts'
import { keyboardOf, type Keyboard } from './keyboard.ts'
import { eraseMyself } from './rights.ts'
import type { Check } from '../support/check.ts'

const PASSWORD = 'een heel lang wachtwoord'

interface Person {
  readonly page: Page
  readonly keys: Keyboard
  readonly complaints: string[]
}
async function newPerson(house: House): Promise<Person> {
  const { page, complaints } = await house.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  return { page, keys: keyboardOf(page), complaints }
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()

/** Fill in the form of an invitation. */
async function join({ page, keys }: Person, link: string, name: string, email: string, alsoTherapist = false) {
  await page.goto(link)
  await heading(page, 'Welkom bij calmpace')
  await keys.type('Naam', name)
  await keys.type('E-mailadres', email)
  await keys.type(/^Kies een wachtwoord/, PASSWORD)
  if (alsoTherapist) await keys.tick('Ik begeleid ook zelf lopers')
  await keys.press('button', 'Account maken')
}

/** The link of the invitation that was just made. */
async function linkOn(page: Page): Promise<string> {
  const link = page.locator('.once .link')
  await link.waitFor()
  assert.ok((await page.locator('.once svg.qr').boundingBox()) !== null, 'no QR code')
  return (await link.textContent()) ?? ''
}

export async function peopleSuite(house: House, check: Check): Promise<void> {
  const [thea, noor] = [await newPerson(house), await newPerson(house)]
  let bo = await newPerson(house)
  let secret = ''
  let backupCode = ''
  await check('the first start leads to the first administrator, and the code leaves the address', async () => {
    await join(thea, house.firstUrl ?? '', 'Thea', 'thea@example.org', true)
    await heading(thea.page, 'Je tweede stap')
    assert.ok(!(await historyHolds(thea.page, '#')), 'the code is still in the address')
    await thea.page.getByText('Zonder tweede stap kun je nog 15 minuten verder.').waitFor()
  })
  await check(
    'a code from an app: secret as text, a wrong code refused, backup codes shown until they are kept',
    async () => {
      const { page, keys } = thea
      await keys.type('Je wachtwoord van nu', PASSWORD)
      await keys.press('button', 'App instellen')
      secret = ((await page.locator('code.link').textContent()) ?? '').replaceAll(' ', '')
      await keys.type('Code van 6 cijfers', '000000')
      await keys.press('button', 'Code controleren')
      await page.getByRole('alert').filter({ hasText: 'Deze code klopt niet.' }).waitFor()
      await keys.type('Code van 6 cijfers', await totpCode(secret))
      await keys.press('button', 'Code controleren')
      await page.getByRole('heading', { name: 'Je reservecodes' }).waitFor()
      const codes = await page.locator('.codes code').allTextContents()
      assert.equal(codes.length, 10)
      backupCode = codes[0] ?? ''
      await keys.press('button', 'Kopiëren')
      await page.getByText('Gekopieerd.').waitFor()
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), codes.join('\n'))
      // A page that was closed too early loses none.
      await page.reload()
      await page.getByText('Je hebt nog niet gezegd dat je je reservecodes bewaard hebt.').waitFor()
      await page.getByText('Je tweede stap staat aan.').waitFor()
      await page.goto(`${house.url}/account`)
      await keys.press('button', 'Reservecodes laten zien')
      await page.locator('.codes').waitFor()
      assert.deepEqual(await page.locator('.codes code').allTextContents(), codes)
      await keys.press('button', 'Ik heb ze bewaard')
      await page.getByText('Je hebt nog 10 reservecodes.').waitFor()
      assert.equal(await page.locator('.codes').count(), 0)
    },
  )
  let link = ''
  await check('staff are invited by a link with a QR code', async () => {
    const { page, keys } = thea
    await keys.press('link', 'Mensen')
    await heading(page, 'Mensen')
    await keys.tick('begeleider')
    await keys.tick('Groep 1')
    await keys.press('button', 'Uitnodiging maken')
    link = await linkOn(page)
    assert.match(link, /\/join#[\w-]{32}$/)
  })
  await check('the invited therapist joins and secures the account with a passkey', async () => {
    const { page, keys } = bo
    await giveAuthenticator(page)
    await join(bo, link, 'Bo', 'bo@example.org')
    await heading(page, 'Je tweede stap')
    await keys.type('Naam van de passkey, bijvoorbeeld: mijn telefoon', 'telefoon van Bo')
    await keys.press('button', 'Passkey toevoegen')
    await page.getByRole('heading', { name: 'Je passkey is toegevoegd' }).waitFor()
    await keys.press('button', 'Aanmelden met een passkey')
    await page.getByText('Je tweede stap staat aan.').waitFor()
    await keys.press('link', 'Verder')
    await heading(page, 'Lopers')
  })
  await check('the passkey signs in again, without a password', async () => {
    const { page, keys } = bo
    await keys.press('button', 'Afmelden')
    await heading(page, 'Aanmelden')
    await keys.press('button', 'Aanmelden met een passkey')
    await heading(page, 'Lopers')
  })
  await check('a used invitation is gone', async () => {
    await noor.page.goto(link)
    await noor.page.getByText('Deze uitnodiging is al gebruikt of te oud.').waitFor()
  })
  await check('a group is made and staffed', async () => {
    const { page, keys } = thea
    await keys.press('link', 'Groepen')
    await heading(page, 'Groepen')
    await keys.type('Naam van de groep', 'Groep 2')
    await keys.press('button', 'Groep toevoegen')
    await page.getByRole('heading', { level: 2, name: 'Groep 2' }).waitFor()
    const card = page.locator('section.card').filter({ hasText: 'Groep 2' }).filter({ hasText: 'Nog niemand' })
    await keys.reach(card.locator('summary'), 'Wijzigen of Groep 2')
    await page.keyboard.press('Enter')
    await keys.tick('Bo, begeleider')
    await keys.press('button', 'Begeleiding bewaren')
    await page.getByText('Bo (begeleider)', { exact: false }).nth(1).waitFor()
  })
  await check('the therapist adds a runner to one of their groups and invites them', async () => {
    const { page, keys } = bo
    await page.reload()
    await keys.type('Voornaam', 'Noor')
    await keys.type('Geboortejaar', '1986')
    await keys.reach(page.getByRole('combobox', { name: 'Groep' }), 'Groep')
    await page.keyboard.type('Groep 2')
    await keys.press('button', 'Loper toevoegen')
    await heading(page, 'Noor')
    await keys.press('button', 'Loper uitnodigen')
    link = await linkOn(page)
  })
  await check('the client joins and sees their own runs, and nothing that staff use', async () => {
    const { page, keys } = noor
    await join(noor, link, 'Noor', 'noor@example.org')
    await heading(page, 'Noor')
    assert.deepEqual(await page.getByRole('navigation').getByRole('link').allTextContents(), ['Mijn rondes'])
    await chooseFiles(page, [house.fixture('too-hard-run.fit'), house.fixture('near-duplicate.fit')])
    const hardRun = resultOf(page, 'too-hard-run.fit')
    await hardRun.waitFor()
    // Whether two recordings are one run is asked of the client as well (rule T5).
    await page.getByText('Dubbel?').first().waitFor()
    const staffWords = /Grens bepalen|Loper uitnodigen|Opnieuw beoordelen|Seintjes|alpha 1|Samenvoegen/
    assert.doesNotMatch(await page.locator('main').innerText(), staffWords)
    await keys.press('link', await hardRun.innerText())
    await page.getByRole('heading', { name: 'Vragen en berichten' }).waitFor()
    assert.doesNotMatch(await page.locator('main').innerText(), staffWords)
    await page.goto(`${house.url}/people`)
    await heading(page, 'Noor')
  })
  await check('the client reads who looked at their data', async () => {
    const { page, keys } = noor
    await keys.press('link', 'Mijn account')
    await keys.open('Laten zien')
    await page
      .locator('.log li')
      .filter({ hasText: /Bo .*voegde jou toe/ })
      .waitFor()
    await page
      .locator('.log li')
      .filter({ hasText: /Jij .*las een horloge in/ })
      .waitFor()
  })
  await check('signed out is signed out: going back shows nothing', async () => {
    const { page, keys } = noor
    await keys.press('button', 'Afmelden')
    await heading(page, 'Aanmelden')
    await page.goBack()
    await heading(page, 'Aanmelden')
    assert.doesNotMatch(await page.locator('body').innerText(), /Noor/)
  })
  await check('a wrong password and an unknown name get the same sentence', async () => {
    const { page, keys } = noor
    const words: string[] = []
    for (const email of ['thea@example.org', 'nobody@example.org']) {
      await keys.type('E-mailadres', email)
      await keys.type('Wachtwoord', 'niet het goede wachtwoord')
      await keys.press('button', 'Aanmelden')
      words.push(await page.getByRole('alert').innerText())
      await page.reload()
    }
    assert.equal(words[0], words[1])
    assert.match(words[0] ?? '', /Aanmelden lukte niet/)
  })
  await check('password and a code lead back to where one was going', async () => {
    const { page, keys } = thea
    await keys.press('button', 'Afmelden')
    await heading(page, 'Aanmelden')
    await page.goto(`${house.url}/log`)
    await keys.type('E-mailadres', 'thea@example.org')
    await keys.type('Wachtwoord', PASSWORD)
    await keys.press('button', 'Aanmelden')
    await keys.press('button', 'Ik gebruik een reservecode')
    await keys.type('Reservecode', backupCode.toLowerCase().replace('-', ''))
    await keys.press('button', 'Aanmelden')
    await heading(page, 'Logboek')
  })
  await check('the log says whether it is whole, and is filtered', async () => {
    const { page, keys } = thea
    await keys.press('button', 'Nu nakijken')
    await page.getByText(/^Ja: \d+ regels, niets veranderd\.$/).waitFor()
    await keys.reach(page.getByRole('combobox', { name: 'Wat', exact: true }), 'Wat')
    await page.keyboard.type('gebruikte een reservecode')
    await keys.press('button', 'Laten zien')
    await page.locator('.log li:only-child').waitFor()
    assert.match(await page.locator('.log li').innerText(), /Thea gebruikte een reservecode/)
  })
  await check(
    'a runner of another group is seen in an emergency only, with a reason that the administrator reads',
    async () => {
      const { page, keys } = thea
      await keys.press('link', 'Lopers')
      await page.getByText('Er zijn nog geen lopers').waitFor()
      await keys.press('link', 'Noodinzage')
      await keys.type('Voornaam', 'Noor')
      await keys.press('button', 'Zoeken')
      await keys.type(/^Waarom moet je dit nu zien/, 'Noor belt niet terug na de ronde')
      await keys.press('button', 'Een uur bekijken, met mijn naam in het logboek')
      await heading(page, 'Noor')
      assert.equal(await page.getByText('Horloge inlezen').count(), 0)
      await keys.press('link', 'Noodinzage')
      await page.getByText('Thea: Noor belt niet terug na de ronde').waitFor()
      await page.getByText('Loper geboren in').waitFor()
      await page.getByText('Loopt nog:').waitFor()
    },
  )
  await check('an emergency view that ends is told of where it was read, and where it was stopped', async () => {
    const { page, keys } = thea
    await keys.press('link', 'Naar de loper')
    await heading(page, 'Noor')
    // It ends elsewhere, as it does after an hour: in place of the runner it is said, and how to go on.
    await page.evaluate(async () => {
      const { items } = (await (await fetch('/api/break-glass/mine')).json()) as { items: { id: string }[] }
      for (const { id } of items) await fetch(`/api/break-glass/${id}`, { method: 'DELETE' })
      document.dispatchEvent(new Event('visibilitychange'))
    })
    await heading(page, 'De noodinzage is voorbij.')
    assert.equal(await page.getByText('Dit is er niet (meer)').count(), 0)
    await keys.press('link', 'Opnieuw zoeken')
    await page.getByText('eerder gestopt').first().waitFor()
    await keys.type('Voornaam', 'noor')
    await keys.press('button', 'Zoeken')
    await keys.type(/^Waarom moet je dit nu zien/, 'Noor neemt nog steeds niet op')
    await keys.press('button', 'Een uur bekijken, met mijn naam in het logboek')
    await heading(page, 'Noor')
    await keys.press('button', 'Nu stoppen')
    await page.getByText('De noodinzage is gestopt.').waitFor()
  })
  await check(
    'who lost password and second factor gets in by a link of the administrator, and can stop one that they did not ask for',
    async () => {
      const makeLink = async (): Promise<string> => {
        await thea.page.goto(`${house.url}/people`)
        const card = thea.page.locator('section.card').filter({ hasText: 'bo@example.org' })
        await thea.keys.reach(card.locator('summary'), 'Wijzigen of Bo')
        await thea.page.keyboard.press('Enter')
        await thea.keys.press('button', 'Link maken')
        return linkOn(thea.page)
      }
      const unasked = await makeLink()
      await bo.page.goto(house.url)
      await bo.page.getByText('Er is een link waarmee iemand een nieuw wachtwoord kan kiezen').waitFor()
      await bo.keys.press('button', 'Link stoppen')
      await bo.page.getByText('Er is een link waarmee').waitFor({ state: 'detached' })
      const elsewhere = await newPerson(house)
      await elsewhere.page.goto(unasked)
      await elsewhere.page.getByText('Deze link is al gebruikt of te oud.').waitFor()

      const link = await makeLink()
      await elsewhere.page.goto(link)
      await elsewhere.page.getByText('Dit is voor Bo.').waitFor()
      assert.ok(!(await historyHolds(elsewhere.page, '#')), 'the secret is still in the address')
      // A page that is loaded anew goes on where it was.
      await elsewhere.page.reload()
      await elsewhere.keys.type(/^Kies een wachtwoord/, 'nog een heel lang wachtwoord')
      await elsewhere.keys.press('button', 'Wachtwoord bewaren')
      await heading(elsewhere.page, 'Je tweede stap')
      await elsewhere.page.getByText('Je hebt een nieuw wachtwoord sinds').waitFor()
      await elsewhere.keys.press('button', 'Ja, dat was ik')
      await elsewhere.page.getByText('Je hebt een nieuw wachtwoord sinds').waitFor({ state: 'detached' })
      await bo.page.reload()
      await heading(bo.page, 'Aanmelden')
      bo = elsewhere
      await thea.page.goto(house.url)
    },
  )
  await check('a role that is taken away is gone at once', async () => {
    const { page, keys } = thea
    await keys.press('link', 'Mensen')
    const card = page.locator('section.card').filter({ hasText: 'bo@example.org' })
    await keys.reach(card.locator('summary'), 'Wijzigen of Bo')
    await page.keyboard.press('Enter')
    await keys.reach(card.getByLabel('begeleider'), 'begeleider of Bo')
    await page.keyboard.press('Space')
    await keys.press('button', 'Rollen bewaren')
    await card.getByText('geen rol').waitFor()
    await bo.page.goto(house.url)
    await heading(bo.page, 'Nog geen rol')
  })
  await check('sessions are shown and ended', async () => {
    const { page, keys } = thea
    const card = page.locator('section.card').filter({ hasText: 'noor@example.org' })
    await keys.reach(card.locator('summary'), 'Wijzigen of Noor')
    await page.keyboard.press('Enter')
    await keys.press('button', 'Overal afmelden')
    await keys.press('link', 'Mijn account')
    await page.getByText('Hier, op dit apparaat').waitFor()
  })
  await eraseMyself(house, check, {
    client: noor,
    administrator: thea,
    firstName: 'Noor',
    email: 'noor@example.org',
    password: PASSWORD,
  })
  await check('nothing complained but the refusals that were asked for', async () => {
    const others = [thea, bo, noor].flatMap(({ complaints }) =>
      complaints.filter((one) => !/status of 4\d\d/.test(one)),
    )
    assert.deepEqual(others, [])
  })
}

const historyHolds = async (page: Page, text: string): Promise<boolean> => page.url().includes(text)
