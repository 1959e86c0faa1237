// A strap that leaves for two minutes, at the page's own clock: the hole is two minutes long, it is told, and nothing fills it.
import { strict as assert } from 'node:assert'
import { sleep } from '../../support/fake-strap.ts'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, holdClock, isHere, pair, startAll, tileOf } from './steps.ts'
import { dress, notificationsIn } from './wearer.ts'

const LEAVES_S = 60
const BACK_S = 180
const ENDS_S = 240

export async function awayRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, url, 'Zaterdag', { Anna: 150 })
  const [anna] = dress(bluez, ['Anna'], 70)
  assert.ok(anna !== undefined)
  await page.clock.install()
  await chooseGroup(page, url, group.name)
  await isHere(page, 'Anna')
  await pair(page, chooser, anna)
  await holdClock(page)
  await startAll(page)
  for (let second = 1; second <= ENDS_S; second++) {
    if (second === LEAVES_S) anna.strap.leave()
    if (second === BACK_S) anna.strap.back()
    anna.beat(112 + 4 * Math.sin(second / 9))
    // A real moment for the radio, which keeps no such clock.
    await sleep(15)
    await page.clock.runFor(1000)
    if (second === LEAVES_S + 20)
      await check('a strap that is away shows no number', async () => {
        assert.match((await tileOf(page, 'Anna').locator('.bpm').textContent()) ?? '', /^–/)
        // Nor in a sheet that is opened only now: what it shows first was heard twenty seconds ago.
        await tileOf(page, 'Anna').click()
        const words = (await page.getByRole('dialog').locator('.strap-words').first().textContent()) ?? ''
        assert.doesNotMatch(words, /slagen/)
        await page.keyboard.press('Escape')
      })
  }
  await page.clock.resume()
  await endAll(page)
  await check('two minutes away are a hole of two minutes and a little, told and not filled', async () => {
    const run = await newestRun(page, url, group.clients.get('Anna') ?? '', 30_000)
    const { elapsedS } = notificationsIn(run.file).recording.heartRate
    const holes = elapsedS.slice(1).map((atS, i) => atS - (elapsedS[i] ?? 0))
    const longest = Math.max(...holes)
    // Up to half a minute more until the next try.
    assert.ok(longest >= BACK_S - LEAVES_S && longest < BACK_S - LEAVES_S + 45, `a hole of ${longest} s`)
    assert.equal(holes.filter((hole) => hole > 5).length, 1)
    assert.deepEqual(
      run.assessment.cues.map(({ kind }) => kind),
      ['NO_SIGNAL', 'SIGNAL_BACK'],
    )
  })
}
