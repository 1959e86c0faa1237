// Opens a page from the disk in Chromium as people would, without script or network, and says what keeps somebody out of it: what axe
// finds, sideways scroll, anything that it asks the network for.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { findChromium } from '../house/chromium.ts'
import { root } from '../house/run.ts'

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1180, height: 900 } } as const
const schemes = ['light', 'dark'] as const

/** @param pictures the beginning of the paths of pictures, where somebody wants to look
 *  @returns what was found, null where there is no Chromium */
export async function lookAtPage(path: string, pictures: string | null): Promise<string[] | null> {
  const executablePath = findChromium()
  if (executablePath === null) return null
  const browser = await chromium.launch({ executablePath })
  const found: string[] = []
  const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
  try {
    for (const [size, viewport] of Object.entries(sizes))
      for (const colorScheme of schemes) {
        // The page's own policy forbids scripts: axe comes past it.
        const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true })
        const page = await context.newPage()
        page.on('request', (request) => {
          if (!request.url().startsWith('file:')) found.push(`asks for ${request.url()}`)
        })
        await page.goto(pathToFileURL(path).href)
        await page.evaluate(axe)
        const violations = await page.evaluate(
          'axe.run().then(({ violations }) => violations.map((v) => v.id + ": " + v.nodes[0].html))',
        )
        for (const violation of violations as string[]) found.push(`${size} ${colorScheme}: ${violation}`)
        const wider = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'))
        if (wider > 0) found.push(`${size}: ${wider} px too wide`)
        if (pictures !== null) await page.screenshot({ path: `${pictures}-${size}-${colorScheme}.png` })
        await context.close()
      }
  } finally {
    await browser.close()
  }
  return found
}
