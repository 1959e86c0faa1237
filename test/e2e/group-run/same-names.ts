// Two straps that both advertise HRM, and two runners who are both called Jan, in a Chromium that remembers no strap: a tap
// on Bram's entry never ends under Anna's name, and nobody shares a line with their namesake.
import { strict as assert } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { sleep } from '../../support/fake-strap.ts'
import { answerChooser, type StrapChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, settle, startAll, tileOf } from './steps.ts'
import { notificationsIn, Wearer } from './wearer.ts'

export async function sameNames(house: House, check: Check): Promise<void> {
  await sameStraps(house, check)
  await sameRunners(house, check)
}

async function sameStraps(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-profile-'))
  let opened = await house.openProfile(folder)
  let { page } = opened
  let chooser = await answerChooser(page)
  const group = await makeGroup(page, url, 'Gelijk', { Anna: 150, Bram: 160 })
  const [anna, bram] = (['Anna', 'Bram'] as const).map(
    (alias, i) => new Wearer(alias, bluez.addStrap({ address: `C0:00:00:00:02:0${i + 1}`, name: 'HRM' })),
  )
  assert.ok(anna !== undefined && bram !== undefined)
  let beat = 0
  const beating = setInterval(() => {
    beat++
    anna.beat(110 + (beat % 5))
    bram.beat(151 + (beat % 5))
  }, 250)
  try {
    await chooseGroup(page, url, group.name)
    for (const wearer of [anna, bram]) {
      await isHere(page, wearer.alias)
      await page.getByRole('button', { name: `Band geven ${wearer.alias}` }).click()
      chooser.want(wearer.strap.address)
      await page.getByRole('button', { name: 'Nieuwe band zoeken' }).click()
      await until(() => wearer.strap.notifying, `the strap of ${wearer.alias} is subscribed to`)
    }
    await check(
      'the second strap of a name is asked for at once: both rates stand there, none under a name',
      async () => {
        await candidate(page, 'HRM (1)', /slaat nu 11\d/).waitFor()
        await candidate(page, 'HRM (2)', /slaat nu 15\d/).waitFor()
        assert.equal(await page.locator('.runner', { hasText: /1[15]\d slagen/ }).count(), 0)
        await isTheirs(page, 'Bram', 'HRM (2)')
        await page.getByRole('button', { name: 'Welke band heeft Anna om?' }).click()
        await isTheirs(page, 'Anna', 'HRM (1)')
      },
    )
    await startAll(page)
    await shows(page, 'Anna', /^11\d/)
    await shows(page, 'Bram', /^15\d/)
    await check("after a reload a tap on Bram's entry is Bram's: the browser's id says so, not the name", async () => {
      await page.reload()
      await page.locator('.tiles').waitFor()
      await tapUntil(page, chooser, bram)
      await shows(page, 'Bram', /^15\d/)
      await isNot(page, 'Anna', /^15/)
      await tapUntil(page, chooser, anna)
      await shows(page, 'Anna', /^11\d/)
    })
    await check(
      'a browser that was killed has forgotten both: nothing counts until a person has seen which beats',
      async () => {
        await sleep(1000)
        await opened.kill()
        for (const { strap } of [anna, bram]) strap.dropLink()
        opened = await house.openProfile(folder)
        ;({ page } = opened)
        chooser = await answerChooser(page)
        await page.goto(`${url}/group-run`)
        await page.locator('.tiles').waitFor({ timeout: 30_000 })
        // The wrong one of two that look alike in the browser's list.
        await tapUntil(page, chooser, { alias: 'Anna', strap: bram.strap })
        await page.getByRole('button', { name: 'Welke band heeft Anna om?' }).click()
        await candidate(page, 'HRM (1)', /slaat nu 15\d/).waitFor()
        await isNot(page, 'Anna', /^15/)
        await page.getByRole('dialog').getByRole('button', { name: 'Sluiten' }).click()
      },
    )
    await check('a strap that is known to be another is said to be, and nothing moves', async () => {
      chooser.want(bram.strap.address)
      await tapFor(page, 'Bram').click()
      await page.getByText('Je koos HRM (1), de band van Anna').waitFor()
      await isNot(page, 'Anna', /^15/)
      await page.getByRole('button', { name: 'Gezien' }).first().click()
    })
    await check('who sees the swap says whose it is, and the other is asked for next', async () => {
      await tapUntil(page, chooser, { alias: 'Bram', strap: anna.strap })
      await page.getByRole('button', { name: 'Welke band heeft Anna om?' }).click()
      await isTheirs(page, 'Anna', 'HRM (2)')
      await shows(page, 'Anna', /^11\d/)
      await page.getByRole('button', { name: 'Welke band heeft Bram om?' }).click()
      await isTheirs(page, 'Bram', 'HRM (1)')
      await shows(page, 'Bram', /^15\d/)
    })
    await sleep(2000)
    clearInterval(beating)
    await settle()
    await endAll(page)
    await check('each recording holds its own heart alone', async () => {
      await page.getByText('Alles is verstuurd.').waitFor({ timeout: 60_000 })
      await holdsOnly(page, url, group.clients.get('Anna'), 110, 114)
      await holdsOnly(page, url, group.clients.get('Bram'), 151, 155)
    })
  } finally {
    clearInterval(beating)
    await opened.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

const candidate = (page: Page, label: string, text: RegExp) =>
  page.getByRole('dialog').locator('.candidate', { hasText: label }).getByText(text)

async function holdsOnly(
  page: Page,
  url: string,
  clientId: string | undefined,
  leastBpm: number,
  mostBpm: number,
): Promise<void> {
  const run = await newestRun(page, url, clientId ?? '')
  const { bpm } = notificationsIn(run.file).recording.heartRate
  assert.ok(bpm.length >= 10, `${bpm.length} beats`)
  assert.deepEqual(
    [...bpm].filter((one) => !Number.isNaN(one) && (one < leastBpm || one > mostBpm)),
    [],
  )
}

async function sameRunners({ url, newPage }: House, check: Check): Promise<void> {
  const { page } = await newPage({ viewport: { width: 360, height: 740 } })
  const { groupId, name } = await makeGroup(page, url, 'Naamgenoten', { Jan: 132, Mia: 140 })
  const second = await page.request.post(`${url}/api/clients`, {
    data: { firstName: 'Jan', birthYear: 1990, groupId },
  })
  assert.ok(second.ok())
  await check(
    'two runners of one name have an alias each, in chip, row and tile, and one of their own if wanted',
    async () => {
      await chooseGroup(page, url, name)
      const chips = page.getByLabel('Nog niet hier').getByRole('button')
      const texts = (await chips.allTextContents()).map((text) => text.replace('+', '').trim())
      const jans = texts.filter((text) => text.startsWith('Jan'))
      assert.deepEqual(jans.map((text) => text.replace(/^Jan \d/, 'Jan N')).toSorted(), [
        'Jan N · nog geen grens',
        'Jan N · rustig tot 132',
      ])
      for (const text of jans) await page.getByRole('button', { name: text }).click()
      await page.getByRole('heading', { level: 2, name: 'Jan 1', exact: true }).waitFor()
      await page.getByRole('heading', { level: 2, name: 'Jan 2', exact: true }).waitFor()
      await page.getByText('Een gast loopt mee').click()
      await page.getByLabel(/Naam of/).fill('Mia')
      await page.getByRole('button', { name: 'Gast toevoegen' }).click()
      await page.getByRole('heading', { level: 2, name: 'Mia (gast)' }).waitFor()
      await page.getByRole('button', { name: 'Andere naam Jan 2' }).click()
      await page
        .getByRole('dialog')
        .getByLabel(/Naam of/)
        .fill('Jan 1')
      await page.getByRole('button', { name: 'Naam bewaren' }).click()
      await page.getByRole('heading', { level: 2, name: 'Jan 1 2', exact: true }).waitFor()
      await page.getByRole('button', { name: 'Andere naam Jan 1 2' }).click()
      await page
        .getByRole('dialog')
        .getByLabel(/Naam of/)
        .fill('Jan met pet')
      await page.getByRole('button', { name: 'Naam bewaren' }).click()
      await startAll(page)
      assert.deepEqual((await page.locator('.tile .alias').allTextContents()).toSorted(), [
        'Jan 1',
        'Jan met pet',
        'Mia (gast)',
      ])
    },
  )
  await endAll(page)
  await page.context().close()
}

/** A person has seen this one beat on them. */
async function isTheirs(page: Page, alias: string, label: string): Promise<void> {
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: `Dit is de band van ${alias} ${label}` }).click()
  await sheet.waitFor({ state: 'detached' })
}

const tapFor = (page: Page, alias: string) =>
  page.getByRole('button', { name: `Tik om de band van ${alias} te verbinden` })

/** The banner shows one entry at a time: another is shown once the list was closed. */
async function tapUntil(
  page: Page,
  chooser: StrapChooser,
  { alias, strap }: Pick<Wearer, 'alias' | 'strap'>,
): Promise<void> {
  const taps = page.getByRole('button', { name: /^Tik om de band van/ })
  while ((await tapFor(page, alias).count()) === 0) {
    const before = chooser.opened()
    chooser.want(null)
    await taps.click()
    await until(() => chooser.opened() > before, 'a list was closed')
  }
  chooser.want(strap.address)
  await tapFor(page, alias).click()
  await until(() => strap.notifying, `the strap of ${alias} is subscribed to`)
}

/** A tile may still show the runner's own last number, with its age; never another's. */
async function isNot(page: Page, alias: string, foreign: RegExp): Promise<void> {
  for (let look = 0; look < 10; look++) {
    assert.doesNotMatch((await tileOf(page, alias).locator('.bpm').textContent()) ?? '', foreign)
    await sleep(100)
  }
}
const shows = (page: Page, alias: string, bpm: RegExp) =>
  tileOf(page, alias).locator('.bpm', { hasText: bpm }).waitFor()
