// What keeps somebody out of a screen as it stands now: what axe finds, sideways scroll, controls too small for a thumb.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../house/run.ts'

const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

/** Controls under 44 CSS px, save links inside text. @source WCAG 2.2, 2.5.5 */
const smallControls = `[...document.querySelectorAll('button, summary, select, textarea, nav a, a.button, label.tick, input:not([type=checkbox]):not(.covered)')]
  .map((control) => ({ control, box: control.getBoundingClientRect() }))
  .filter(({ box }) => box.width > 0 && (box.height < 43.9 || box.width < 43.9))
  .map(({ control, box }) => Math.round(box.width) + ' x ' + Math.round(box.height) + ': ' + control.outerHTML.slice(0, 120))`

/** Once everything on it is loaded, with everything opened that opens. @throws AssertionError */
export async function assertNoBarrier(page: Page): Promise<void> {
  await page.locator('h1').waitFor()
  await loaded(page)
  const closed = page.locator('details:not([open]) > summary').filter({ visible: true })
  while ((await closed.count()) > 0) await closed.first().click()
  await loaded(page)
  await page.evaluate(axe)
  const found: unknown = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" | ")))',
  )
  assert.deepEqual(found, [])
  assert.deepEqual(await page.evaluate(smallControls), [])
  const wider: unknown = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  assert.ok(Number(wider) <= 0, `${String(wider)} px too wide`)
}

async function loaded(page: Page): Promise<void> {
  while ((await page.getByText('Even laden').count()) > 0) await page.waitForTimeout(50)
}
