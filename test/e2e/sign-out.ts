// Who signs out, or whose session ends, leaves nothing on the screen: in no other tab, and not at Back, where the browser shows
// the page again whole. This Chromium puts pages away as those of people do.
import { strict as assert } from 'node:assert'
import type { BrowserContext, Page } from 'playwright-core'
import { asking, joinFirstWithCodes, signInFirst, type SignedIn } from '../support/first-person.ts'
import type { House } from './house.ts'
import { filesAfter } from './profile.ts'
import { aRun, putRun } from './put-run.ts'
import type { Check } from '../support/check.ts'

const PASSWORD = 'een heel lang wachtwoord'
/** Nothing of these may be on a page of somebody who is signed out. */
const NAMES = /Anneke|Thea|Groep 1/

interface Rig {
  readonly house: House
  /** Thea, from a device of her own. */
  readonly thea: SignedIn
  readonly clientId: string
  /** A session more of Thea's, in this browser. */
  readonly signIn: (context: BrowserContext) => Promise<void>
}

export async function signOutSuite(house: House, check: Check): Promise<void> {
  const rig = await settle(house)
  await twoTabsAndBack(rig, check)
  await comesBack(rig, check)
  await endedElsewhere(rig, check)
  await endedInARun(rig, check)
  await drafts(rig, check)
  await inTheProfile(rig, check)
  await somebodyElse(rig, check)
}

async function settle(house: House): Promise<Rig> {
  const { url } = house
  const { cookie, backupCodes } = await joinFirstWithCodes(house)
  const thea = asking(url, cookie)
  const body = JSON.stringify({ firstName: 'Anneke', birthYear: 1986 })
  const headers = { 'content-type': 'application/json' }
  const { id } = (await (await thea('/api/clients', { method: 'POST', headers, body })).json()) as { id: string }
  const signIn = async (context: BrowserContext) => {
    const code = backupCodes.shift()
    // Each code counts once; the last one has the session that everything was set up in.
    const session = code === undefined ? cookie : await signInFirst(url, code)
    const [name = '', value = ''] = session.split('=', 2)
    await context.addCookies([{ name, value, url }])
  }
  return { house, thea, clientId: id, signIn }
}

/** Two tabs of one browser. A third one has the right to record: a browser puts no page away that has it, or is given it. */
async function twoTabs(rig: Rig): Promise<readonly [Page, Page]> {
  const { house, signIn } = rig
  const { page: first } = await house.newPage()
  const context = first.context()
  await signIn(context)
  const third = await context.newPage()
  await third.goto(`${house.url}/api/docs`)
  await third.evaluate(() => void navigator.locks.request('calmpace-recorder', () => new Promise(() => undefined)))
  await first.goto(`${house.url}/groups`)
  await first.getByText('Groep 1').first().waitFor()
  return [first, await openRunner(rig, context)]
}

/** A tab that stands at the runner's page. */
async function openRunner({ house, clientId }: Rig, context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  await page.goto(house.url)
  await page.getByRole('link', { name: 'Anneke' }).click()
  await heading(page, 'Anneke')
  assert.match(page.url(), new RegExp(`/clients/${clientId}$`))
  return page
}

/** A page that comes back whole loads nothing: there is no load to wait for. */
const back = (page: Page) => page.goBack({ waitUntil: 'commit' })
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
const signedOut = (page: Page) => heading(page, 'Aanmelden')
const LEFT = 'Je hebt je in een ander tabblad afgemeld.'
const OVER = 'Je bent niet meer aangemeld'

/** Nobody and nothing of anybody: on the page, in its title, in its address. */
async function assertNothingOf(page: Page): Promise<void> {
  // It is at the sign-in at once, and loads anew then: what is asked in that moment has no answer.
  await page.waitForFunction(() => document.readyState === 'complete' && performance.now() > 300)
  await page.waitForTimeout(300)
  await page.waitForLoadState()
  assert.doesNotMatch(await page.content(), NAMES)
  assert.equal(await page.title(), 'calmpace')
  assert.doesNotMatch(decodeURIComponent(page.url()), NAMES)
}

/** What is drawn, and what the document holds, at the very moment that the browser brings a page back whole, before anything of
 *  the page itself runs. Only the page that was left says it: one that is loaded anew knows nothing of this. */
async function watchReturns(page: Page): Promise<readonly (readonly [drawn: string, held: string])[]> {
  const returns: [string, string][] = []
  page.on('console', (message) => {
    const [, drawn, held] = /^came back with (.*)\|\|(.*)$/s.exec(message.text()) ?? []
    if (drawn !== undefined && held !== undefined) returns.push([drawn, held])
  })
  await page.evaluate(() => {
    const say = ({ persisted }: PageTransitionEvent) =>
      persisted && console.log(`came back with ${document.body.innerText}||${document.documentElement.outerHTML}`)
    addEventListener('pageshow', say, true)
  })
  return returns
}

/** It came back once, whole and empty. */
function assertCameBackEmpty(returns: Awaited<ReturnType<typeof watchReturns>>): void {
  assert.deepEqual(
    returns.map(([drawn]) => drawn),
    [''],
  )
  assert.doesNotMatch(returns[0]?.[1] ?? '', NAMES)
}

async function twoTabsAndBack(rig: Rig, check: Check): Promise<void> {
  const [first, second] = await twoTabs(rig)
  const returns = await watchReturns(second)
  await check('signing out in one tab takes everything out of the other, which says why', async () => {
    await second.getByRole('banner').getByRole('button', { name: 'Afmelden' }).click()
    await signedOut(second)
    await signedOut(first)
    await first.getByText(LEFT).waitFor()
    for (const page of [first, second]) await assertNothingOf(page)
    assert.equal(new URL(first.url()).pathname, '/')
  })
  await check('Back brings the page itself, not a new one, and nothing is on it, not even at first', async () => {
    await back(second)
    await signedOut(second)
    assertCameBackEmpty(returns)
    await assertNothingOf(second)
    // They know that they signed out.
    assert.equal(await second.getByText(OVER).count(), 0)
  })
  await check('nothing of anybody is kept by this browser', async () => {
    assert.deepEqual(await keptKeys(second), ['recorderId'])
    const words = await second.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])')
    assert.doesNotMatch(String(words), NAMES)
  })
  await check('signing in in one tab brings the others back, to where they are', async () => {
    await rig.signIn(first.context())
    await first.goto(rig.house.url)
    await heading(first, 'Lopers')
    await heading(second, 'Anneke')
  })
  await first.context().close()
}

async function comesBack(rig: Rig, check: Check): Promise<void> {
  const [first, second] = await twoTabs(rig)
  const returns = await watchReturns(second)
  await check('Back while still signed in asks first, and then shows the page', async () => {
    await second.goto(`${rig.house.url}/api/docs`)
    await back(second)
    await heading(second, 'Anneke')
    assertCameBackEmpty(returns)
  })
  await first.context().close()
}

async function endedElsewhere(rig: Rig, check: Check): Promise<void> {
  const [first, second] = await twoTabs(rig)
  await check('a session that was ended from another device is over in all tabs, with words', async () => {
    await endSessions(rig)
    const asked = first.waitForRequest('**/api/me')
    await first.bringToFront()
    await first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert.equal((await asked).headers()['x-calmpace-quiet'], '1')
    for (const page of [first, second]) {
      await signedOut(page)
      await page.getByText(OVER).waitFor()
      await assertNothingOf(page)
    }
    assert.equal(new URL(second.url()).pathname, `/clients/${rig.clientId}`)
  })
  await check('who signs in again goes on where they were', async () => {
    await rig.signIn(first.context())
    await second.reload()
    await heading(second, 'Anneke')
    await heading(first, 'Groepen')
    assert.equal(await second.getByText(OVER).count(), 0)
  })
  await check('a page that is left alone hears it by itself within a minute', async () => {
    await first.close()
    await second.clock.install()
    await second.reload()
    await heading(second, 'Anneke')
    await endSessions(rig)
    await second.clock.fastForward(61_000)
    await signedOut(second)
    await second.getByText(OVER).waitFor()
    await assertNothingOf(second)
  })
  await second.context().close()
}

async function endedInARun(rig: Rig, check: Check): Promise<void> {
  const { page: first } = await rig.house.newPage()
  await rig.signIn(first.context())
  await first.goto(rig.house.url)
  await heading(first, 'Lopers')
  await putRun(first, aRun({ madeAtMs: Date.now() }))
  await first.goto(`${rig.house.url}/clients/${rig.clientId}`)
  await heading(first, 'Anneke')
  // The first one records.
  const second = await openRunner(rig, first.context())
  await check('where a run is recorded it goes on, and everything else goes', async () => {
    await endSessions(rig)
    await first.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await signedOut(second)
    await assertNothingOf(second)
    await first.getByText('Je bent niet meer aangemeld. De groepsloop gaat door').waitFor()
    assert.doesNotMatch(await first.locator('main').innerText(), /Anneke/)
    assert.equal(await isGoing(first), true)
  })
  await check('signing in again in the other tab gives the run its page back', async () => {
    await rig.signIn(first.context())
    await second.reload()
    await heading(second, 'Anneke')
    await heading(first, 'Anneke')
    assert.equal(await isGoing(first), true)
  })
  await first.context().close()
}

const WORDS = 'Anneke belde zelf, ze slaapt slecht'

async function drafts(rig: Rig, check: Check): Promise<void> {
  const [first, second] = await twoTabs(rig)
  const field = second.getByLabel('Een bericht dat de loper leest')
  await check('what somebody was writing is there again for them after their session ended', async () => {
    await field.fill(WORDS)
    await endSessions(rig)
    await second.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await second.getByText('Was je iets aan het schrijven?').waitFor()
    await assertNothingOf(second)
    assert.doesNotMatch(await everythingKept(second), /belde zelf|Anneke/)
    assert.ok(!(await everythingKept(second)).includes(rig.clientId), 'of whom it is can be read')
    await rig.signIn(first.context())
    await second.reload()
    await second.getByText('Dit typte je eerder en is nog niet bewaard.').waitFor()
    assert.equal(await field.inputValue(), WORDS)
  })
  await check('it is there after signing out as well, and goes once it is thrown away', async () => {
    await second.getByRole('banner').getByRole('button', { name: 'Afmelden' }).click()
    await signedOut(second)
    assert.doesNotMatch(await everythingKept(second), /belde zelf|Anneke/)
    await rig.signIn(first.context())
    await second.goto(`${rig.house.url}/clients/${rig.clientId}`)
    await second.getByRole('button', { name: 'Weggooien' }).click()
    assert.equal(await field.inputValue(), '')
    await second.reload()
    await heading(second, 'Anneke')
    await field.waitFor()
    await second.waitForTimeout(500)
    assert.equal(await field.inputValue(), '')
    assert.deepEqual(
      (await keptKeys(second)).filter((key) => key.startsWith('draft:')),
      [],
    )
  })
  await first.context().close()
}

async function inTheProfile({ house, signIn, clientId }: Rig, check: Check): Promise<void> {
  await check('words that were typed and not saved stand in no file of the browser', async () => {
    let isKept = false
    const files = await filesAfter(async (browser) => {
      await signIn(browser)
      const page = await browser.newPage()
      await page.goto(`${house.url}/clients/${clientId}`)
      await page.getByLabel('Een bericht dat de loper leest').fill('Zwaluwnest in de schuur')
      // A page that the browser could bring back, with what stands in its fields.
      await page.goto(`${house.url}/account`)
      await heading(page, 'Mijn account')
      isKept = await page.evaluate(async () => (await indexedDB.databases()).length > 0)
    })
    assert.ok(isKept, 'this browser kept nothing: the test proves nothing')
    assert.equal(files.filter((text) => text.includes('Zwaluwnest')).length, 0)
  })
}

async function somebodyElse(rig: Rig, check: Check): Promise<void> {
  const { house, thea, clientId } = rig
  const [first, second] = await twoTabs(rig)
  await check('somebody else who signs in in one tab is who the other tabs show', async () => {
    const { token } = (await (await thea(`/api/clients/${clientId}/invitations`, { method: 'POST' })).json()) as {
      token: string
    }
    const context = first.context()
    await context.clearCookies()
    await first.goto(`${house.url}/join#${token}`)
    await first.getByLabel('Naam').fill('Anneke')
    await first.getByLabel('E-mailadres').fill('anneke@example.org')
    await first.getByLabel(/^Kies een wachtwoord/).fill(PASSWORD)
    await first.getByRole('button', { name: 'Account maken' }).click()
    await heading(first, 'Anneke')
    await second.getByRole('navigation').getByRole('link', { name: 'Mijn rondes' }).waitFor()
    assert.equal(new URL(second.url()).pathname, '/')
    assert.equal(await second.getByText('Thea', { exact: true }).count(), 0)
  })
  await first.context().close()
}

/** Every session of Thea's but the one on her own device. */
async function endSessions({ house, thea }: Rig): Promise<void> {
  const response = await thea('/api/auth/revoke-other-sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: house.url },
    body: '{}',
  })
  assert.equal(response.status, 200, await response.text())
}

const onDisk = <T>(page: Page, store: string, read: 'getAll' | 'getAllKeys'): Promise<T> =>
  page.evaluate(
    ([store, read]) =>
      new Promise<T>((resolve, reject) => {
        const open = indexedDB.open('calmpace')
        open.addEventListener('error', () => reject(open.error ?? new Error('no database')))
        open.addEventListener('success', () => {
          const all = open.result.transaction(store).objectStore(store)[read]()
          all.addEventListener('success', () => {
            open.result.close()
            resolve(all.result as T)
          })
        })
      }),
    [store, read] as const,
  )
/** Each byte as the letter that it would be. */
const everythingKept = (page: Page): Promise<string> =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const open = indexedDB.open('calmpace')
        open.addEventListener('success', () => {
          const all = open.result.transaction('kept').objectStore('kept').getAll()
          all.addEventListener('success', () => {
            open.result.close()
            const readable = (_key: string, value: unknown): unknown =>
              value instanceof ArrayBuffer || value instanceof Uint8Array
                ? new TextDecoder('latin1').decode(value)
                : value
            const words = [localStorage, sessionStorage].map((storage) => Object.entries(storage))
            resolve(JSON.stringify([all.result, words], readable))
          })
        })
      }),
  )
const keptKeys = (page: Page) => onDisk<string[]>(page, 'kept', 'getAllKeys')
const isGoing = async (page: Page) =>
  (await onDisk<{ endedAtMs: number | null }[]>(page, 'groupRuns', 'getAll')).every((run) => run.endedAtMs === null)
