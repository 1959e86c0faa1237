// Letters twice as large: every tile still has its name, its number and its state, on each kind of phone.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from '../barriers.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { startAll } from './steps.ts'

const LARGE = { standard: 32, fixed: 26 }
const sizes = [
  [360, 740],
  [740, 360],
  [320, 640],
  [360, 360],
] as const

export async function largeFont(house: House, check: Check): Promise<void> {
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await page.goto(`${house.url}/group-run`)
  await page.getByRole('button', { name: 'Oefenen', exact: true }).click()
  await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
  await page.getByRole('heading', { level: 2, name: 'Dina' }).waitFor()
  await page.getByRole('button', { name: 'Vier nagemaakte lopers erbij' }).click()
  await page.getByRole('heading', { level: 2, name: 'Hilde' }).waitFor()
  await startAll(page)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Page.setFontSizes', { fontSizes: LARGE })
  for (const [width, height] of sizes)
    await check(`twice as large, ${width} x ${height}: each tile has its name, number and state`, async () => {
      await page.setViewportSize({ width, height })
      assert.deepEqual(await cutOff(page), [])
      await assertNoBarrier(page)
    })
  await check('twice as large: the sheet of everybody fits the width', async () => {
    await page.getByRole('button', { name: 'Iedereen' }).click()
    await page.getByRole('button', { name: 'Stop voor iedereen' }).waitFor()
    await assertNoBarrier(page)
  })
  await page.context().close()
}

/** What of a tile is not wholly inside it, or stands over something else of it. */
export const cutOff = (page: Page): Promise<string[]> =>
  page.locator('.tile').evaluateAll((tiles) =>
    tiles.flatMap((tile) => {
      const around = tile.getBoundingClientRect()
      const parts = ['.alias', '.bpm', '.state'].map((part) => tile.querySelector(part))
      const boxes = parts.map((part) => part?.getBoundingClientRect())
      const name = parts[0]?.textContent ?? ''
      return [
        ...parts.flatMap((part, i) => {
          const box = boxes[i]
          const isInside =
            part !== null &&
            box !== undefined &&
            box.width > 0 &&
            part.scrollWidth <= part.clientWidth + 1 &&
            box.left >= around.left - 1 &&
            box.right <= around.right + 1 &&
            box.top >= around.top - 1 &&
            box.bottom <= around.bottom + 1
          return isInside ? [] : [`${name}: ${['name', 'number', 'state'][i] ?? ''} is cut off`]
        }),
        ...boxes.flatMap((one, i) =>
          boxes
            .slice(i + 1)
            .filter(
              (other) =>
                one !== undefined &&
                other !== undefined &&
                one.left < other.right - 1 &&
                other.left < one.right - 1 &&
                one.top < other.bottom - 1 &&
                other.top < one.bottom - 1,
            )
            .map(() => `${name}: two things stand over each other`),
        ),
      ]
    }),
  )
