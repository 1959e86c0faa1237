// The seeded story of who knows no stop, as its flags stand on the page; calm clients have none.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { demoClients } from '../../../src/cli/demo/made-clients.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { flagsOf } from './desk.ts'

/** In the order in which the story brings them: more minutes, two a day, nights, short nights, cues that nobody heeds. */
const order = ['G8.week_minutes', 'G6.two_a_day', 'G9.night', 'G13.early_signs', 'F9.hard', 'G11.not_easing']

export async function noStopStory(house: House, check: Check, page: Page): Promise<void> {
  await check('whoever reviews is reminded on every screen of a flag of today that nobody opened', async () => {
    await page.goto(house.url)
    await page.getByText('Eén punt vraagt vandaag contact. Niemand keek er nog naar.').waitFor()
  })
  await check('the story of who knows no stop raised its flags in their order', async () => {
    const hilde = (await flagsOf(house, page)).filter(({ firstName }) => firstName === 'Hilde')
    // A row tells of its newest occurrence; its story says what it was raised for.
    const raised = await Promise.all(
      hilde.map(async ({ id, kind }) => ({ kind, aboutMs: await firstAboutMs(house, page, id) })),
    )
    const inTime = raised.toSorted((a, b) => a.aboutMs - b.aboutMs).map(({ kind }) => kind)
    const first = order.map((kind) => inTime.indexOf(kind))
    assert.ok(
      first.every((at, i) => at >= 0 && at >= (first[i - 1] ?? 0)),
      `${order.join()} in ${inTime.join()}`,
    )
  })
  await check('the page shows Hilde, and of calm clients nothing', async () => {
    await page.goto(`${house.url}/review`)
    await page.locator('.flag-row').first().waitFor()
    const shown = await page.locator('.flag-row').allInnerTexts()
    assert.ok(shown.some((text) => text.includes('Hilde') && text.includes('boven de harde grens')))
    const calm = demoClients.filter(({ story }) => story === 'calm').map(({ firstName }) => firstName)
    for (const name of calm) assert.ok(!shown.some((text) => text.includes(name)), `${name} has a flag`)
  })
}

/** This opens it. */
async function firstAboutMs(house: House, page: Page, id: string): Promise<number> {
  const answer = await page.request.get(`${house.url}/api/flags/${id}`)
  const { events } = (await answer.json()) as { events: { act: string; detail: { aboutMs?: number } }[] }
  const aboutMs = events.find(({ act }) => act === 'raised')?.detail.aboutMs
  assert.ok(aboutMs !== undefined, `${id} was never raised`)
  return aboutMs
}
