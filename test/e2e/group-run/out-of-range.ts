// A strap that is out of range for a quarter of an hour, as a runner's who takes the other path: what the tile says is true at
// each moment, nobody else is touched, and it comes back by itself where the browser can, else by one tap.
import { strict as assert } from 'node:assert'
import { sleep } from '../../support/fake-strap.ts'
import type { House, RadioKind } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { beginRun, type BegunRun } from './begun.ts'
import { endAll, settle, tileOf } from './steps.ts'
import { lostOf, notificationsIn, type Wearer } from './wearer.ts'

const AWAY_S = 15 * 60
const STEP_S = 3
/** The longest wait between two tries is half of that. */
const BACK_WITHIN_S = 60
const TAPPED_WITHIN_S = 20

export async function outOfRangeRun(house: House, check: Check, kind: RadioKind): Promise<void> {
  const run = await beginRun(house, { name: 'Bosrand', ceilings: { Anna: 150, Bram: 150 }, from: 82 })
  const { page, wearers, group, pass, chooser } = run
  const [anna] = wearers
  assert.ok(anna !== undefined)
  await pass(20)
  await check('a strap that is out of range for a quarter of an hour is said to be, at each moment', async () => {
    anna.strap.leave()
    // The phone forgets where it is, as it does with what it has not heard for a while.
    anna.strap.expire()
    for (let awayS = STEP_S; awayS <= AWAY_S; awayS += STEP_S) {
      await pass(STEP_S, { stepS: STEP_S })
      // A real moment for the radio, which keeps no such clock.
      await sleep(5)
      assertTrue(awayS, await wordsOf(run, 'Anna'))
      if (kind === 'full') assert.equal(await tapOf(run).count(), 0, 'a tap is asked for that is not needed')
    }
    await pass(10)
    assert.match(await wordsOf(run, 'Bram'), /^112.*Rustig/)
  })
  await check('it is back within a minute of being in range, by itself or by one tap', async () => {
    anna.strap.back()
    await passUntilBack(run, anna, BACK_WITHIN_S)
    if (!anna.strap.notifying) {
      assert.equal(kind, 'stock', 'this browser can bring it back by itself')
      chooser.want(anna.strap.address)
      await tapOf(run).click()
      await passUntilBack(run, anna, TAPPED_WITHIN_S)
    }
    assert.ok(anna.strap.notifying, 'it did not come back')
    await pass(10)
    assert.match(await wordsOf(run, 'Anna'), /^112.*Rustig/)
    assert.equal(await tapOf(run).count(), 0)
  })
  await check('the quarter of an hour is a hole in her recording, and in nobody else’s', async () => {
    await page.clock.resume()
    await settle()
    await endAll(page)
    for (const wearer of wearers) {
      const { file } = await newestRun(page, house.url, group.clients.get(wearer.alias) ?? '', 30_000)
      const { bytes, recording } = notificationsIn(file)
      assert.deepEqual(lostOf(wearer, bytes), [])
      const atS = Array.from(recording.heartRate.elapsedS)
      const holes = atS.slice(1).flatMap((s, i) => (s - (atS[i] ?? 0) > 10 ? [s - (atS[i] ?? 0)] : []))
      assert.equal(holes.length, wearer === anna ? 1 : 0, `${wearer.alias}: holes of ${holes.join(', ')} s`)
      if (wearer === anna) assert.ok((holes[0] ?? 0) >= AWAY_S && (holes[0] ?? 0) < AWAY_S + BACK_WITHIN_S + 30)
    }
  })
  await page.context().close()
}

const tapOf = ({ page }: BegunRun) => page.getByRole('button', { name: /^Tik om de band van Anna/ })

async function passUntilBack({ pass }: BegunRun, { strap }: Wearer, withinS: number): Promise<void> {
  for (let s = 0; s < withinS && !strap.notifying; s++) {
    await pass(1)
    await sleep(30)
  }
}

/** Whoever reads the tile so long after the last beat is told nothing that is not so. */
function assertTrue(awayS: number, words: string): void {
  assert.match(words, /verbinding kwijt|maakt opnieuw verbinding|niet verbonden/)
  if (awayS >= 5) assert.doesNotMatch(words, /Rustig|✓/)
  if (awayS >= 5 && awayS < 12) assert.match(words, /Oude meting/)
  if (awayS > 13) assert.match(words, /^–.*Geen meting/)
  const told = /(?:(\d+):)?(\d+)(?: s)? oud/.exec(words)
  if (awayS > 6) {
    const ageS = Number(told?.[1] ?? 0) * 60 + Number(told?.[2] ?? Number.NaN)
    assert.ok(Math.abs(ageS - awayS) <= STEP_S + 2, `${awayS} s after the last beat: ${words}`)
  }
}

/** From its number on. */
const wordsOf = async ({ page }: BegunRun, alias: string): Promise<string> =>
  (await tileOf(page, alias).innerText()).split('\n').slice(1).join(' ')
