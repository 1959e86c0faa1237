// Much at once: thirty straps at one notification a second, made runners beside real ones, and a second tab.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import type { FakeBluez } from '../../support/fake-bluez.ts'
import { sleep } from '../../support/fake-strap.ts'
import type { Check } from '../../support/check.ts'
import { addStraps, openRig, until, whileBeating, type PageRig } from './rig.ts'

const STRAPS = 30
const SECONDS = 10

/** @param page a new one, which knows no strap */
export async function manyStraps(page: Page, url: string, bluez: FakeBluez, check: Check): Promise<void> {
  const rig = await openRig(page, url, bluez, {})
  const straps = [...bluez.straps, ...addStraps(bluez, bluez.straps.length + 1, STRAPS - bluez.straps.length)]
  await check('thirty straps at 1 Hz: none lost, each cheap, no long task, no picture for a mere beat', async () => {
    bluez.maxConnections = STRAPS
    for (const strap of straps) await rig.pair(strap)
    await whileBeating(straps, () =>
      until(async () => (await rig.shown()).every(({ state }) => state === 'live'), 'all are live'),
    )
    await until(async () => (await rig.shown()).every(({ device }) => device !== null), 'all makers are read')
    await rig.clear()
    const changesBefore = await page.evaluate(() => window.rig.listChanges)
    const startMs = Date.now()
    let sent = 0
    for (let turn = 0; turn < SECONDS * STRAPS; turn++) {
      const strap = straps[turn % STRAPS]
      assert.ok(strap?.notifyHr({ heartRateBpm: 60 + (turn % 100), rr1024: [turn & 0xffff] }))
      sent++
      await sleep(Math.max(0, startMs + ((turn + 1) * 1000) / STRAPS - Date.now()))
    }
    await until(() => page.evaluate((count) => window.rig.heard.length >= count, sent), 'all came')
    const { costsMs, longTasks, heard, listChanges } = await page.evaluate(() => ({
      costsMs: window.rig.costsMs.toSorted((a, b) => a - b),
      longTasks: window.rig.longTasksMs,
      heard: window.rig.heard.length,
      listChanges: window.rig.listChanges,
    }))
    const p99Ms = costsMs[Math.floor(costsMs.length * 0.99)] ?? Number.POSITIVE_INFINITY
    console.log(`     ${sent} notifications, p99 ${p99Ms.toFixed(2)} ms, longest ${costsMs.at(-1)?.toFixed(2)} ms`)
    assert.deepEqual([heard, longTasks.filter((ms) => ms > 50), listChanges], [sent, [], changesBefore])
    assert.ok(p99Ms < 8, `p99 ${p99Ms} ms`)
  })
  await check('made runners are live beside real straps, and say that they are made', async () => {
    await page.evaluate(() => window.rig.straps.addPractice(4))
    const practice = async () => (await rig.shown()).filter((strap) => strap.practice)
    await until(async () => (await practice()).filter(({ state }) => state === 'live').length === 4, 'four are live')
    assert.deepEqual(
      (await practice()).map(({ id, name }) => [id, name]),
      [1, 2, 3, 4].map((number) => [`practice-${number}`, `Practice ${number}`]),
    )
  })
  await check('a second tab on straps is warned of in both, until it is closed', async () => {
    const other = await page.context().newPage()
    const second = await openRig(other, url, bluez, {})
    const warned = (one: PageRig) => one.page.evaluate(() => window.rig.straps.otherTab.value)
    assert.equal(await warned(rig), false)
    await other.evaluate(() => window.rig.straps.known([{ id: 'a strap of long ago', name: '' }]))
    await until(async () => (await warned(rig)) && (await warned(second)), 'both are warned')
    await other.close()
    await until(async () => !(await warned(rig)), 'it is over')
  })
}
