// One runner, one fate, and the right reason: the server fails for one runner, is away, busy, has forgotten who is here, or
// has erased one of three. The others come through, the page says why and what to do, and nothing stays on the phone for ever.
import { strict as assert } from 'node:assert'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { answerChooser, type StrapChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { until } from '../straps/rig.ts'
import { newestRun } from './arrived.ts'
import { makeGroup, type MadeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, pair, settle, startAll, whileRunning } from './steps.ts'
import { dress, lostOf, notificationsIn, type Wearer } from './wearer.ts'

const aliases = ['Anna', 'Bram', 'Cem'] as const
const HOUR_MS = 3_600_000
const WAITS = /nog alleen op deze telefoon/

interface Rig {
  readonly house: House
  readonly page: Page
  readonly chooser: StrapChooser
  readonly group: MadeGroup
  readonly wearers: readonly Wearer[]
  /** Requests with batches, as they went out. */
  readonly sent: Request[]
}

export async function fatesRun(house: House, check: Check): Promise<void> {
  assert.ok(house.bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, house.url, 'Zondag', { Anna: 150, Bram: 150, Cem: 150 })
  const sent: Request[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/batches')) sent.push(request)
  })
  const rig: Rig = { house, page, chooser, group, wearers: dress(house.bluez, aliases, 22), sent }
  await oneFails(rig, check)
  // Straps that have a link are not in the browser's list: the second run has its own.
  await oneErased({ ...rig, wearers: dress(house.bluez, aliases, 160) }, check)
  await page.context().close()
}

/** A few seconds of everybody. */
async function run({ house, page, chooser, group, wearers }: Rig, meanwhile: () => Promise<void>): Promise<void> {
  await chooseGroup(page, house.url, group.name)
  for (const wearer of wearers) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  await whileRunning(wearers, async () => {
    await startAll(page)
    for (const wearer of wearers) wearer.begin()
    await meanwhile()
    await page.waitForTimeout(3000)
  })
  await settle()
  await endAll(page)
}

const runsOf = async ({ house, page, group }: Rig, alias: string): Promise<number> => {
  const answer = await page.request.get(`${house.url}/api/clients/${group.clients.get(alias) ?? ''}/runs`)
  return ((await answer.json()) as { items: unknown[] }).items.length
}

const said = (page: Page, words: RegExp | string) => page.locator('main').getByText(words).first().waitFor()

async function oneFails(rig: Rig, check: Check): Promise<void> {
  const { house, page, group, wearers } = rig
  const db = new DatabaseSync(join(house.folder, 'calmpace.sqlite'))
  db.exec('PRAGMA busy_timeout = 5000')
  const clientId = group.clients.get('Bram') ?? ''
  // Before anything is sent: what was written before the start travels too.
  db.exec(`CREATE TRIGGER trouble BEFORE INSERT ON participation WHEN NEW.client_id = '${clientId}'
    BEGIN SELECT RAISE(ABORT, 'trouble'); END`)
  await run(rig, () => Promise.resolve())
  await check('the server fails for one runner: the others come through, and that one is named', async () => {
    await said(page, 'Versturen lukt nu niet voor Bram')
    for (const alias of ['Anna', 'Cem']) await until(async () => (await runsOf(rig, alias)) === 1, alias, 15_000)
    assert.equal(await runsOf(rig, 'Bram'), 0)
  })
  await check('who is away, busy, or has forgotten who is here is each said as what it is', () => sayWhy(rig))
  await check('after "done" the group-run page and the home page say that a recording waits here', async () => {
    await page.getByRole('button', { name: 'Klaar' }).click()
    await said(page, WAITS)
    await page.goto(house.url)
    await page.getByText(/^1 opname van een groepsloop staat nog alleen/).waitFor()
    await page.getByRole('button', { name: 'Nu versturen' }).waitFor()
  })
  db.exec('DROP TRIGGER trouble')
  db.close()
  await check('once it is mended a press brings what waited, and nothing says so any more', async () => {
    await page.getByRole('button', { name: 'Nu versturen' }).click()
    await page.getByText(WAITS).waitFor({ state: 'detached' })
    for (const wearer of wearers) {
      const { file } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '')
      assert.deepEqual(lostOf(wearer, notificationsIn(file).bytes), [])
    }
  })
}

async function sayWhy({ house, page }: Rig): Promise<void> {
  const again = page.getByRole('button', { name: 'Nu versturen' })
  const cases = [
    [503, { 'content-type': 'text/html' }, '<h1>busy</h1>', 'De praktijk is even niet bereikbaar'],
    [403, { 'content-type': 'text/html' }, '<h1>no</h1>', 'Versturen lukt nu niet voor Bram'],
    [200, { 'content-type': 'text/html' }, '<h1>welcome, guest</h1>', 'De praktijk is even niet bereikbaar'],
    [429, { 'retry-after': '1' }, JSON.stringify({ code: 'TOO_MANY_REQUESTS' }), 'De server is druk'],
  ] as const
  for (const [status, headers, body, words] of cases) {
    await page.route('**/batches', (route) => route.fulfill({ status, headers, body }))
    await again.click()
    await said(page, words)
    await page.unroute('**/batches')
  }
  await page.route('**/batches', (route) => route.abort())
  // What the server asked to wait for is over.
  await page.waitForTimeout(1100)
  await again.click()
  await said(page, 'De praktijk is nu niet te bereiken')
  await page.unroute('**/batches')
  await page.context().setOffline(true)
  await again.click()
  await said(page, 'Geen internet')
  await page.context().setOffline(false)
  const cookies = await page.context().cookies(house.url)
  await page.context().clearCookies()
  await again.click()
  await said(page, 'Meld je opnieuw aan om te versturen')
  await page.getByRole('button', { name: 'Opnieuw aanmelden' }).waitFor()
  await page.context().addCookies(cookies)
}

async function oneErased(rig: Rig, check: Check): Promise<void> {
  const { house, page, group, sent } = rig
  const clientId = group.clients.get('Bram') ?? ''
  await run(rig, async () => {
    const gone = await page.request.delete(`${house.url}/api/clients/${clientId}`, { data: { confirmation: 'Bram' } })
    assert.ok(gone.ok(), `erased: ${gone.status()}`)
  })
  await check(
    'one of three is refused: the others arrive, and the phone says until when it keeps that one',
    async () => {
      await said(page, 'Verstuurd, behalve wat de praktijk niet aannam.')
      await said(page, /niet aangenomen: deze loper is niet \(meer\) van jouw groep\. Staat tot/)
      for (const alias of ['Anna', 'Cem']) await until(async () => (await runsOf(rig, alias)) === 2, alias, 15_000)
    },
  )
  await check('what is refused for good is not sent again and again', async () => {
    const before = sent.length
    await page.waitForTimeout(6000)
    assert.equal(sent.length, before)
  })
  await check('a day later the phone has let go of what the server has, a week later of all of it', async () => {
    assert.deepEqual(await aliasesOnDisk(page), ['Anna', 'Anna', 'Bram', 'Bram', 'Cem', 'Cem'])
    await page.clock.install({ time: Date.now() + 25 * HOUR_MS })
    await page.reload()
    await until(async () => (await aliasesOnDisk(page)).join() === 'Bram', 'all but Bram are gone')
    await page.context().clearCookies()
    const later = await page.context().newPage()
    await later.clock.install({ time: Date.now() + 8 * 24 * HOUR_MS })
    await page.close()
    await later.goto(house.url)
    await until(async () => (await aliasesOnDisk(later)).length === 0, 'everybody is gone')
  })
}

/** Of whom something is on this browser's disk. */
const aliasesOnDisk = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const open = indexedDB.open('calmpace')
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
        open.addEventListener('success', () => {
          const all = open.result.transaction('participations').objectStore('participations').getAll()
          all.addEventListener('success', () => {
            open.result.close()
            resolve((all.result as { alias: string }[]).map(({ alias }) => alias).toSorted())
          })
        })
      }),
  )
