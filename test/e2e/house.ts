// A served calmpace in a throw-away folder, and a Chromium to open it with, signed in as the first administrator.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { openStore } from '../../src/node/open-store.ts'
import { runRetention } from '../../src/store/rights/retention.ts'
import { findChromium } from '../house/chromium.ts'
import { root } from '../house/run.ts'
import { browserFlags } from '../support/browser-flags.ts'
import { FakeBluez } from '../support/fake-bluez.ts'
import { openMortalBrowser, type MortalBrowser } from './outbox/mortal-browser.ts'
import { joinFirst } from '../support/first-person.ts'
import { startServer } from '../support/served.ts'

export interface House {
  readonly url: string
  /** Where the server keeps its data. */
  readonly folder: string
  /** Where the first administrator joins; null once somebody has. */
  readonly firstUrl: string | null
  /** A page of its own; what its console or its network complained about gathers in `complaints`. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<{ page: Page; complaints: string[] }>
  /** What its open pages show, for whoever reads of a failure where nobody can look. */
  readonly whatIsShown: () => Promise<string>
  readonly fixture: (name: string) => string
  /** What the daily job of retention does so many days from now. */
  readonly daysLater: (days: number) => Promise<void>
  /** The simulated radio; null where the house was opened without. */
  readonly bluez: FakeBluez | null
  /** A browser of its own that keeps its disk in a folder, over the same radio and signed in; it can be killed. */
  readonly openProfile: (folder: string) => Promise<MortalBrowser>
  /** The server ends, and nothing answers any more. */
  readonly goDown: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<void>
  /** It is there again, at the same address. */
  readonly comeBack: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What of Web Bluetooth Chromium has: all of it, or what it has in phones today: no `getDevices`, nothing remembered. */
export type RadioKind = 'full' | 'stock'

const radioFlags: Readonly<Record<RadioKind | 'none', readonly string[]>> = {
  full: ['--enable-experimental-web-platform-features', '--enable-features=WebBluetoothNewPermissionsBackend'],
  stock: ['--enable-features=WebBluetooth'],
  // Chromium on Linux knows no Web Bluetooth by itself, and would complain of a policy that names it.
  none: ['--enable-blink-features=WebBluetooth'],
}

/** @param empty nobody has joined yet, and pages are signed out
 *  @param radio a simulated radio that tests add straps to
 *  @param putsAway pages that one leaves are put away whole and come back whole, as browsers do; Playwright prevents it */
export async function openHouse({
  empty = false,
  radio = null,
  putsAway = false,
}: { empty?: boolean; radio?: RadioKind | null; putsAway?: boolean } = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-e2e-'))
  let server = await startServer(folder)
  let isUp = true
  const { url } = server
  const [name = '', value = ''] = empty ? [] : (await joinFirst(server)).split('=', 2)
  const bluez = radio === null ? null : await FakeBluez.start()
  const browser = await launch(radio ?? 'none', bluez, putsAway)
  return {
    url,
    folder,
    firstUrl: empty ? server.firstUrl : null,
    whatIsShown: async () => {
      const pages = browser.contexts().flatMap((context) => context.pages())
      const shown = await Promise.all(pages.map(tellPage))
      return shown.join('\n')
    },
    fixture: (name) => join(root, 'fixtures/fit', name),
    daysLater: async (days) => {
      const store = await openStore(folder)
      try {
        await runRetention(store, Date.now() + days * 86_400_000)
      } finally {
        await store.close()
      }
    },
    newPage: async (options = {}) => {
      const context = await browser.newContext({ locale: 'nl-NL', timezoneId: 'Europe/Amsterdam', ...options })
      if (!empty) await context.addCookies([{ name, value, url }])
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('request', (request) => {
        if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
          complaints.push(`foreign request: ${request.url()}`)
      })
      return { page, complaints }
    },
    bluez,
    openProfile: async (profile) => {
      const mortal = await openMortalBrowser(profile, url, {
        flags: [...radioFlags[radio ?? 'none'], '--accept-lang=nl-NL', '--lang=nl-NL'],
        env: bluez === null ? {} : { DBUS_SYSTEM_BUS_ADDRESS: bluez.address },
      })
      await mortal.page.context().addCookies([{ name, value, url }])
      mortal.page.setDefaultTimeout(20_000)
      // A list of Bluetooth devices closes in a tab that nobody sees.
      await mortal.page.bringToFront()
      return mortal
    },
    goDown: async (signal = 'SIGTERM') => {
      await server.end(signal)
      isUp = false
    },
    comeBack: async () => {
      server = await startServer(folder, Number(new URL(url).port))
      isUp = true
    },
    close: async () => {
      await browser.close()
      await bluez?.stop()
      if (isUp) await server.end('SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const MOST_SHOWN = 1500

/** Where a page is, what has the focus, and its words; one that does not answer says why. */
async function tellPage(page: Page): Promise<string> {
  const words = page.evaluate(
    '`focus on ${document.activeElement?.outerHTML.slice(0, 120)}\\n${document.body.innerText}`',
  )
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('(does not answer)'), 2000))
  const told = await Promise.race([words, late]).catch(String)
  return `    ${page.url()}: ${String(told).slice(0, MOST_SHOWN).replaceAll(/\n+/g, '\n    | ')}`
}

function launch(radio: RadioKind | 'none', bluez: FakeBluez | null, putsAway: boolean): Promise<Browser> {
  const args = [...browserFlags, ...radioFlags[radio]]
  const executablePath = findChromium() ?? ''
  const ignoreDefaultArgs = putsAway ? ['--disable-back-forward-cache'] : []
  if (bluez === null) return chromium.launch({ executablePath, args, ignoreDefaultArgs })
  // Playwright's own headless mode is another browser, without Bluetooth.
  const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: bluez.address }
  return chromium.launch({ executablePath, headless: false, args: [...args, '--headless=new'], env })
}

/** Add a runner and set a manual ceiling through the page; ends on the runner's screen. */
export async function addRunner(
  page: Page,
  url: string,
  firstName: string,
  ceilingBpm: number,
  reason = 'praattest van vandaag',
): Promise<void> {
  await page.goto(url)
  await page.getByLabel('Voornaam').fill(firstName)
  await page.getByLabel('Geboortejaar').fill('1986')
  await page.getByRole('button', { name: 'Loper toevoegen' }).click()
  await page.getByRole('heading', { level: 1, name: firstName }).waitFor()
  await page.getByText('Grens bepalen').click()
  await page.getByLabel('Eigen grens').fill(String(ceilingBpm))
  await page.getByLabel('Waarom deze grens?').fill(reason)
  await page.getByText(`Dit wordt de grens: ${ceilingBpm} slagen`).waitFor()
  await page.getByRole('button', { name: 'Grens bewaren' }).click()
  await page.getByText(`Rustig tot en met ${ceilingBpm} slagen`).waitFor()
}

/** Choose files for the upload of the runner's screen. */
export async function chooseFiles(page: Page, files: readonly string[]): Promise<void> {
  await page.getByLabel('Bestanden kiezen').setInputFiles([...files])
}

/** The run that came of a file: what was read in is listed by day, with the name of its file beside it. */
export const resultOf = (page: Page, file: string): Locator =>
  page.locator('.results li').filter({ hasText: file }).getByRole('link')
