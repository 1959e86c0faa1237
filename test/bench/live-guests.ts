// Guests who wear straps, on the live screen of the page as it is shipped: what the benches of the live page start from.
import type { Page } from 'playwright-core'
import { chooseGroup, pair, settle, startAll, whileRunning } from '../e2e/group-run/steps.ts'
import type { Wearer } from '../e2e/group-run/wearer.ts'
import { answerChooser } from '../support/strap-chooser.ts'

/** Calm up to here for each guest; none has a hard limit. */
const CEILING_BPM = 132

export const guestNames = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `Gast ${String(i + 1).padStart(2, '0')}`)

/** Everybody comes in, gets a strap through the browser's list and is ready to start. */
export async function bringGuests(page: Page, url: string, wearers: readonly Wearer[], minutes: number): Promise<void> {
  const chooser = await answerChooser(page)
  await chooseGroup(page, url, 'Alleen gasten', { minutes: String(minutes) })
  await page.getByText('Een gast loopt mee').click()
  const work = async () => {
    for (const wearer of wearers) {
      await page.getByLabel('Naam of bijnaam').fill(wearer.alias)
      await page.getByLabel('Rustig tot (slagen, mag leeg)').fill(String(CEILING_BPM))
      await page.getByRole('button', { name: 'Gast toevoegen' }).click()
      await page.getByRole('heading', { level: 2, name: wearer.alias }).waitFor()
      await pair(page, chooser, wearer)
    }
  }
  await whileRunning(wearers, work, 1000)
  await settle()
}

/** From now on everything that a strap sends must be kept. */
export async function startGuests(page: Page, wearers: readonly Wearer[]): Promise<void> {
  await startAll(page)
  for (const wearer of wearers) wearer.begin()
}

/** Waves of five minutes; every second guest is over the limit for a part of each, so that cues come and go and the alarm
 *  sounds. */
export function bpmAt(place: number, second: number): number {
  const wave = Math.sin((2 * Math.PI * (second + place * 23)) / 300)
  return place % 2 === 0 ? 114 + 10 * wave : 122 + 20 * wave
}
