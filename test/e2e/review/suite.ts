// The supervisor's desk over the demo's seeded stories: ten flags by the keyboard alone, two people on one flag, the story of
// who knows no stop, no barrier.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { addReviewer, flagsOf, openDesk } from './desk.ts'
import { looks } from './looks.ts'
import { noStopStory } from './no-stop.ts'
import { printedReports } from './reports.ts'
import { tenByKeyboard } from './ten-by-keyboard.ts'
import { twoPeople } from './two-people.ts'

export async function reviewSuite(house: House, check: Check): Promise<void> {
  const thea = await openDesk(house)
  const bo = await addReviewer(house, thea.page, 'Bo')
  await noStopStory(house, check, thea.page)
  await looks(house, check, thea.page)
  await printedReports(house, check, thea.page)
  await twoPeople(house, check, thea.page, bo.page)
  await tenByKeyboard(house, check, thea.page)
  await check('nothing closed by itself: each closing has somebody in its story', async () => {
    for (const { id, state } of await flagsOf(house, thea.page)) {
      if (state !== 'resolved' && state !== 'false_alarm') continue
      const answer = await thea.page.request.get(`${house.url}/api/flags/${id}`)
      const { events } = (await answer.json()) as { events: { state: string; personId: string | null }[] }
      assert.ok(events.findLast((event) => event.state === state)?.personId)
    }
  })
  await check('nothing complained at the desk', async () => {
    // A conflict is an answer of its own, which the browser writes down as one that failed.
    const all = [...thea.complaints, ...bo.complaints].filter((one) => !/status of 409/.test(one))
    assert.deepEqual(all, [])
  })
}
