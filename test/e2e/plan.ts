// A therapist agrees with a client, without a mouse: days, minutes, running and walking; and reads it as a sentence.
import { strict as assert } from 'node:assert'
import { assertNoBarrier } from './barriers.ts'
import type { House } from './house.ts'
import { keyboardOf } from './keyboard.ts'
import type { Check } from '../support/check.ts'

/** @param client address of the client's screen; nothing is agreed yet */
export async function agree(house: House, check: Check, client: string): Promise<void> {
  const { page, complaints } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const keys = keyboardOf(page)
  const card = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Onze afspraak' }) })
  await check('a plan is agreed on with the keyboard, and stands there as a sentence', async () => {
    await page.goto(client)
    await card.getByText('Er is nog niets afgesproken.').waitFor()
    await keys.open('Afspraak maken')
    for (const day of ['dinsdag', 'donderdag', 'zaterdag']) await keys.tick(day)
    await keys.type('Rennen, minuten (mag leeg)', '2')
    await keys.press('button', 'Afspraak bewaren')
    assert.equal(await page.getByLabel('Wandelen, minuten').evaluate((field) => field.matches(':invalid')), true)
    await keys.type('Wandelen, minuten (mag leeg)', '1')
    await keys.type(/Waarom deze afspraak\?/, 'rustig opbouwen')
    await keys.type('Wat de loper leest over deze afspraak (mag leeg)', 'zo begonnen we')
    await keys.press('button', 'Afspraak bewaren')
    await card.getByText('3 keer per week: dinsdag, donderdag en zaterdag. Telkens 30 minuten.').waitFor()
    await card.getByText('Om en om 2 min rennen en 1 min wandelen.').waitFor()
    await card.getByText(/door Thea: zo begonnen we\./).waitFor()
    await card.getByText('Alleen voor begeleiders: rustig opbouwen').waitFor()
    await card.getByText('Deze week: nog geen ronde. Afgesproken: 3 rondes, 90 minuten.').waitFor()
  })
  await check('the plan before stays in the history, and eight weeks stand in a table', async () => {
    await keys.type('Minuten per ronde', '40')
    await keys.press('button', 'Afspraak bewaren')
    await card.getByText('Telkens 40 minuten.').waitFor()
    await keys.open('Eerdere afspraken')
    await card.getByRole('listitem').filter({ hasText: 'zo begonnen we. 3 keer per week' }).waitFor()
    await keys.open('Acht weken naast de afspraak')
    assert.equal(await card.locator('tbody tr').count(), 8)
    const hidden = await card.locator('.table').evaluate((table) => table.scrollWidth - table.clientWidth)
    assert.equal(hidden, 0, 'a column is cut off')
    await assertNoBarrier(page)
    assert.deepEqual(complaints, [])
  })
}
