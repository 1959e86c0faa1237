// `npm run dev`: the page from its sources, the service behind it, and whoever opens it is signed in.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { browserFlags } from '../support/browser-flags.ts'
import { findChromium } from './chromium.ts'
import { findFreePort } from './free-port.ts'
import { root } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'calmpace-dev-'))
const stops: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})

const url = `http://localhost:${await findFreePort()}`
beforeAll(async () => {
  const dev = spawn(process.execPath, ['test/house/dev.ts'], {
    cwd: root,
    env: { ...process.env, PORT: new URL(url).port, CALMPACE_DATA: join(folder, 'data') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  stops.push(
    () =>
      new Promise((resolve) => {
        dev.once('close', () => resolve())
        dev.kill('SIGTERM')
      }),
  )
  dev.stderr.setEncoding('utf8')
  for await (const text of dev.stderr) if (String(text).includes(`${url}, signed in as Thea`)) break
})

it('shows the page from its sources to somebody who is signed in, and passes on what they ask and change', async () => {
  const opened = await fetch(url, { headers: { accept: 'text/html' } })
  expect(await opened.text()).toContain('/@vite/client')
  const cookie = opened.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const me = await fetch(`${url}/api/me`, { headers: { cookie } })
  expect([me.status, ((await me.json()) as { name: string }).name]).toEqual([200, 'Thea'])
  const source = await fetch(`${url}/api/api.ts`)
  expect([source.status, source.headers.get('content-type')]).toEqual([200, 'text/javascript'])
  const made = await fetch(`${url}/api/groups`, {
    method: 'POST',
    headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Vrijdag' }),
  })
  expect(made.status).toBe(201)
})

it.skipIf(findChromium() === null)('gives a browser nothing to complain about', async () => {
  const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: [...browserFlags] })
  stops.push(() => browser.close())
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  // The last of what a page asks for by itself, after what the browser is asked to keep.
  const rest = page.waitForRequest(/this-phone-screen/, { timeout: 60_000 })
  await page.goto(url)
  await page.locator('main h1').waitFor()
  await rest
  expect(complaints).toEqual([])
})
