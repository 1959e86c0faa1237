// `npm run icons`: draws the icons that phones want as PNG from web/public/icon.svg, in Chromium.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './chromium.ts'
import { root } from './run.ts'

const folder = join(root, 'web/public')
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8')
/** A maskable icon is cut by the phone: its ground goes on to the corners. */
const cornerless = svg.replace(' rx="8"', '')
const icons = [
  { file: 'icon-192.png', sizePx: 192, drawing: svg },
  { file: 'icon-512.png', sizePx: 512, drawing: svg },
  { file: 'icon-maskable-512.png', sizePx: 512, drawing: cornerless },
]

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
for (const { file, sizePx, drawing } of icons) {
  const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${drawing}`)
  await page.screenshot({ path: join(folder, file), omitBackground: true })
  await page.close()
}
await browser.close()
