// A run whose samples went by retention: what was judged is still told, and nothing is offered that cannot be done.
import { strict as assert } from 'node:assert'
import { assertNoBarrier } from './barriers.ts'
import type { House } from './house.ts'
import type { Check } from '../support/check.ts'

/** @param run the address of a run that was too hard */
export async function samplesGone(house: House, check: Check, run: string): Promise<void> {
  await check('the administrator sets how long readings stay', async () => {
    const { page } = await house.newPage()
    await page.goto(`${house.url}/settings`)
    const field = page.getByLabel('Dagen na de ronde')
    assert.equal(await field.inputValue(), '90')
    await field.fill('29')
    await page.getByLabel('Waarom deze wijziging?').fill('afspraak met het team')
    await page.getByRole('button', { name: 'Instellingen bewaren' }).click()
    assert.equal(await field.evaluate((input) => input.matches(':invalid')), true)
    await field.fill('30')
    await page.getByRole('button', { name: 'Instellingen bewaren' }).click()
    await page.getByText('Metingen blijven 30 dagen.').waitFor()
  })
  // Less than the 90 days that held before.
  await house.daysLater(31)
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 }, colorScheme })
    await check(`samples gone, ${colorScheme}: words, numbers and flags stay, without a barrier`, async () => {
      await page.goto(run)
      await page.getByText('De losse metingen zijn gewist, de beoordeling blijft.').waitFor()
      const text = await page.locator('main').innerText()
      for (const part of ['Pittig', 'Aandachtspunten om samen te bekijken', 'De cijfers', 'Boven de grens'])
        assert.ok(text.includes(part), part)
      assert.doesNotMatch(text, /Opnieuw beoordelen|Bewaren als bestand|Inzoomen|Als tabel/)
      assert.equal(await page.locator('.chart').count(), 0)
      await assertNoBarrier(page)
    })
    await check(`samples gone, ${colorScheme}: nothing complained`, async () => assert.deepEqual(complaints, []))
  }
}
