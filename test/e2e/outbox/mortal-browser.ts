// A Chromium with a profile that outlives it, which can be killed from one moment to the next.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../../house/chromium.ts'
import { browserFlags } from '../../support/browser-flags.ts'

export interface MortalBrowser {
  readonly page: Page
  /** How much this site may keep; it stays so until it is set anew. */
  readonly setQuota: (bytes: number) => Promise<void>
  /** Another tab. */
  readonly newTab: () => Promise<Page>
  /** SIGKILL to all of it. @returns once it is dead */
  readonly kill: () => Promise<void>
}

/** @param profile folder of what outlives it
 *  @param origin whose quota is set
 *  @param more beside the flags of every test: which radio there is */
export async function openMortalBrowser(
  profile: string,
  origin: string,
  { flags: more = [], env = {} }: { flags?: readonly string[]; env?: Readonly<Record<string, string>> } = {},
): Promise<MortalBrowser> {
  const flags = [...browserFlags, ...more, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  // A process group of its own: one signal reaches all of it, and nothing else.
  const child = spawn(findChromium() ?? '', [...flags, 'about:blank'], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      said += words
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('exit', () => reject(new Error(`Chromium ended: ${said}`)))
  })
  const browser = await chromium.connectOverCDP(endpoint)
  const [context] = browser.contexts()
  if (context === undefined || child.pid === undefined) throw new Error('Chromium has no window')
  const group = -child.pid
  const page = context.pages()[0] ?? (await context.newPage())
  // A quota of the tests' lasts as long as the session that set it.
  const tools = await context.newCDPSession(await context.newPage())
  return {
    page,
    setQuota: async (quotaSize) => {
      await tools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
    },
    newTab: () => context.newPage(),
    kill: async () => {
      process.kill(group, 'SIGKILL')
      await ended
      await browser.close().catch(() => undefined)
    },
  }
}
