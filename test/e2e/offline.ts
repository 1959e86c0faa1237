// After one visit the page opens without a network and knows who is there; a new version waits until somebody asks for it.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { writePageFile } from '../house/pack-file.ts'
import { root } from '../house/run.ts'
import { assertNoBarrier } from './barriers.ts'
import type { House } from './house.ts'
import { aRun, putRun } from './put-run.ts'
import type { Check } from '../support/check.ts'

const OFFLINE = 'Geen verbinding met calmpace.'
const NEW_VERSION = 'Er is een nieuwe versie van calmpace.'

export async function offlineSuite(house: House, check: Check): Promise<void> {
  await files(house, check)
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await check('one visit is enough to have the page on the device', async () => {
    await page.goto(house.url)
    await page.getByText('Er zijn nog geen lopers').waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready)
    assert.equal(await page.getByText(OFFLINE).count(), 0)
    const cached = await page.evaluate(async () => {
      const names = await caches.keys()
      const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return lists.flat().map(({ url }) => new URL(url).pathname)
    })
    assert.ok(cached.includes('/index.html') && cached.some((path) => path.endsWith('.js')))
    assert.deepEqual(
      cached.filter((path) => path.startsWith('/api/')),
      [],
    )
  })
  await newVersion(page, check)
  await check('nothing complained with a network', async () => assert.deepEqual(complaints, []))

  await check('without a network and without a server the page comes up, and knows who is there', async () => {
    await house.goDown()
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText(OFFLINE).waitFor()
    await page.getByText('Thea', { exact: true }).waitFor()
    await page.getByText('Calmpace is nu niet te bereiken.').first().waitFor()
    await page.goto(`${house.url}/account`)
    await page.getByText('thea@example.org').waitFor()
    await assertNoBarrier(page)
  })
  await check('the network alone being there, the server not, is the same to the reader', async () => {
    await page.context().setOffline(false)
    await page.goto(house.url)
    await page.getByText(OFFLINE).waitFor()
  })
  await check('it goes on by itself once both are back', async () => {
    await page.context().setOffline(true)
    await house.comeBack()
    await page.context().setOffline(false)
    await page.getByText(OFFLINE).waitFor({ state: 'detached' })
  })
  await away(house, page, check)
  await signOut(house, page, check)
}

/** The server is there and does not say who is here: each reason is said as what it is. */
async function away(house: House, page: Page, check: Check): Promise<void> {
  await check('a server that is out of order lets staff in with what the device knows, and says why', async () => {
    await page.route('**/api/me', (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>no</h1>' }),
    )
    await page.goto(house.url)
    await page.getByText('De praktijk is even niet bereikbaar.').first().waitFor()
    await page.getByText('Thea', { exact: true }).waitFor()
    assert.equal(await page.getByText(OFFLINE).count(), 0)
    await page.unroute('**/api/me')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByText('De praktijk is even niet bereikbaar.').first().waitFor({ state: 'detached' })
  })
  await check("a fault of the server's own is said with the number of its line in the server's log", async () => {
    const requestId = '3f2a91bc-0b1c-4d5e-8f60-718293a4b5c6'
    const number = 'Nummer voor wie de server beheert: 3f2a91bc'
    const failAt = (method: string) =>
      page.route('**/api/groups', (route) =>
        route.request().method() === method
          ? route.fulfill({
              status: 500,
              contentType: 'application/problem+json',
              body: JSON.stringify({ type: 'about:blank', title: '', status: 500, code: 'INTERNAL', requestId }),
            })
          : route.continue(),
      )
    await failAt('GET')
    await page.goto(`${house.url}/groups`)
    const told = page.getByRole('alert').filter({ hasText: 'Op de server ging iets mis.' })
    await told.getByText(number, { exact: true }).waitFor()
    await page.unroute('**/api/groups')
    await failAt('POST')
    await told.getByRole('button', { name: 'Opnieuw proberen' }).click()
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Groep toevoegen' }) })
    await form.getByLabel('Naam van de groep').fill('Vrijdag')
    await form.getByRole('button', { name: 'Groep toevoegen' }).click()
    await form.getByText(number, { exact: true }).waitFor()
    await page.unroute('**/api/groups')
    await page.goto(house.url)
    await page.getByText('Thea', { exact: true }).waitFor()
  })
  await check('a session that ended in a run is said as that, with the way to sign in, and the run stays', async () => {
    await putRun(page, aRun({ madeAtMs: Date.now() }))
    const cookies = await page.context().cookies(house.url)
    await page.context().clearCookies()
    await page.goto(house.url)
    await page.getByText('Je bent niet meer aangemeld. De groepsloop gaat door').waitFor()
    assert.equal(await page.getByText(OFFLINE).count(), 0)
    await assertNoBarrier(page)
    await page.getByRole('button', { name: 'Opnieuw aanmelden' }).click()
    await page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    await page.context().addCookies(cookies)
    await putRun(page, aRun({ endedAtMs: Date.now() }))
    await page.reload()
    await page.getByText('Thea', { exact: true }).waitFor()
  })
}

/** What a browser fetches by a fixed name. */
const files = (house: House, check: Check) =>
  check('the service worker, the manifest and the icons are files of their own, asked for anew each time', async () => {
    for (const [path, type] of [
      ['/sw.js', 'text/javascript'],
      ['/manifest.webmanifest', 'application/manifest+json'],
      ['/icon.svg', 'image/svg+xml'],
      ['/icon-192.png', 'image/png'],
    ] as const) {
      const { status, headers } = await fetch(`${house.url}${path}`)
      const got = [status, headers.get('content-type')?.split(';')[0], headers.get('cache-control')]
      assert.deepEqual(got, [200, type, 'no-cache'], path)
      assert.match(headers.get('content-security-policy') ?? '', /worker-src 'self'/)
    }
    assert.equal((await fetch(`${house.url}/nothing.js`)).status, 404)
    assert.doesNotMatch(await (await fetch(house.url)).text(), /<script(?![^>]* src=)/)
  })

async function newVersion(page: Page, check: Check): Promise<void> {
  const file = join(root, 'web/dist/sw.js')
  const built = readFileSync(file, 'utf8')
  const hello = page.getByText(NEW_VERSION)
  /** What the page's own timer does now and then. */
  const lookForNew = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      await registration.update()
      while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50))
    })
  try {
    await check('a new version waits, and is not even named while a run is recorded', async () => {
      await page.reload()
      await putRun(page, aRun({ madeAtMs: Date.now() }))
      writePageFile(file, `${built}\n// another version`)
      await lookForNew()
      await page.waitForTimeout(500)
      assert.equal(await hello.count(), 0)
    })
    await check('it is loaded when somebody asks for it', async () => {
      await putRun(page, aRun({ endedAtMs: Date.now() }))
      await page.reload()
      await hello.waitFor()
      await assertNoBarrier(page)
      await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Nu laden' }).click()])
      await hello.waitFor({ state: 'detached' })
    })
  } finally {
    writePageFile(file, built)
  }
}

async function signOut(house: House, page: Page, check: Check): Promise<void> {
  await check('signing out says what was not sent, and forgets who was here', async () => {
    // Whoever reads the disk first sends what is there: here it cannot.
    await page.route('**/batches', (route) => route.abort())
    await page.goto(house.url)
    await putRun(page, aRun({ endedAtMs: Date.now() }), 1)
    await page.getByRole('banner').getByRole('button', { name: 'Afmelden' }).click()
    await page.getByText('staat nog 1 stukje van een groepsloop').waitFor()
    await page.getByRole('button', { name: 'Toch afmelden' }).click()
    await page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    await page.context().setOffline(true)
    await page.reload()
    await page.getByText('Calmpace is nu niet te bereiken.').waitFor()
    assert.equal(await page.getByText('Thea', { exact: true }).count(), 0)
    await page.context().setOffline(false)
    await page.unroute('**/batches')
  })
}
