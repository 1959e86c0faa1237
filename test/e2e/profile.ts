// What a browser keeps on its disk: a profile of its own, looked through once it is closed.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'
import { findChromium } from '../house/chromium.ts'
import { browserFlags } from '../support/browser-flags.ts'

/** @returns each file of the profile after the work is done and the browser closed, as bytes (latin1): text of two bytes a letter, as
 *           the browser keeps what stands in fields, is there with its zeros left out as well */
export async function filesAfter(work: (browser: BrowserContext) => Promise<void>): Promise<readonly string[]> {
  const profile = mkdtempSync(join(tmpdir(), 'calmpace-profile-'))
  try {
    const options = { executablePath: findChromium() ?? '', args: [...browserFlags], locale: 'nl-NL' }
    const browser = await chromium.launchPersistentContext(profile, options)
    await work(browser)
    // It writes its history down a moment later.
    await (await browser.newPage()).waitForTimeout(3000)
    await browser.close()
    const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return files.flatMap(({ parentPath, name }) => {
      const text = readFileSync(join(parentPath, name)).toString('latin1')
      return [text, text.replaceAll('\0', '')]
    })
  } finally {
    rmSync(profile, { recursive: true, force: true })
  }
}
