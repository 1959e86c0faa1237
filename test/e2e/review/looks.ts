// The desk without a barrier, at the size of a phone and of a desk, in the light and in the dark; the evidence as it must be.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { assertNoBarrier } from '../barriers.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { flagsOf } from './desk.ts'

export async function looks(house: House, check: Check, page: Page): Promise<void> {
  const flags = await flagsOf(house, page)
  const hard = flags.find(({ kind }) => kind === 'F9.hard')
  const pattern = flags.find(({ kind }) => kind === 'G9.night')
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 360, height: 740 },
      { width: 1180, height: 900 },
    ])
      for (const [name, path] of [
        ['list', '/review'],
        ['a flag of a run', `/review/${hard?.id}`],
        ['a flag of weeks', `/review/${pattern?.id}`],
      ] as const)
        await check(`${name}, ${colorScheme}, ${viewport.width} px: no barrier`, async () => {
          await page.emulateMedia({ colorScheme })
          await page.setViewportSize(viewport)
          await page.goto(`${house.url}${path}`)
          if (path !== '/review') await page.locator('.flag-title').waitFor()
          await assertNoBarrier(page)
        })
  await page.emulateMedia({ colorScheme: 'light' })
  await check('a flag opens at the moment it points at, and says the same in words and in a table', async () => {
    await page.goto(`${house.url}/review/${hard?.id}`)
    const chart = page.locator('.review .chart').first()
    await chart.locator('canvas').waitFor()
    const [fromS, toS] = await Promise.all(['from', 'to'].map((end) => chart.getAttribute(`data-${end}-s`)))
    assert.ok(Number(toS) - Number(fromS) < 700, `shows ${fromS} to ${toS}`)
    const alt = (await chart.locator('[role=img]').getAttribute('aria-label')) ?? ''
    assert.match(alt, /De rustige grens is 140.*Van \d+:\d\d tot \d+:\d\d in de ronde/s)
    const text = await page.locator('.review-flag').innerText()
    for (const part of [
      'regel F9, versie',
      'borstband',
      'Thea zei: rustiger',
      'boven de harde grens',
      'Check-in van die dag',
    ])
      assert.ok(text.includes(part), `${part} is missing`)
    await page.locator('.review-flag summary').first().click()
    assert.ok((await page.locator('.review-flag tbody tr').count()) > 20)
  })
}
