// What the browser remembers: all of it, or nothing, and a strap that it has lost sight of.
import { strict as assert } from 'node:assert'
import type { FakeStrap } from '../../support/fake-strap.ts'
import type { Check } from '../../support/check.ts'
import { isLive, until, whileBeating, type PageRig } from './rig.ts'

export async function afterReload(rig: PageRig, check: Check): Promise<void> {
  const { page, bluez, chooser } = rig
  const straps = bluez.straps
  const remembers = await page.evaluate(() => 'getDevices' in navigator.bluetooth)
  const allLive = async () => {
    const shown = await rig.shown()
    return shown.length === straps.length && shown.every(({ state }) => state === 'live')
  }
  if (remembers)
    await check('after a reload all straps come back by themselves', async () => {
      await page.reload()
      const before = chooser.opened()
      await whileBeating(straps, () => until(allLive, 'all are live', 15_000))
      assert.equal(chooser.opened(), before)
    })
  else
    await check('after a reload each strap needs one tap', async () => {
      await page.reload()
      await until(async () => (await rig.shown()).filter(({ needsTap }) => needsTap).length === straps.length, 'taps')
      for (const strap of straps) {
        chooser.want(strap.address)
        await page.getByRole('button', { name: `tap ${strap.name}` }).click()
        await until(() => strap.notifying, `${strap.name} is subscribed to`)
      }
      await whileBeating(straps, () => until(allLive, 'all are live'))
    })
  const [first] = straps as [FakeStrap]
  if (remembers)
    await check('a strap that the phone has lost sight of is listened for', async () => {
      first.expire()
      await whileBeating(straps, async () => {
        await until(async () => !(await isLive(rig, first)), 'it is lost')
        await until(() => isLive(rig, first), 'it is live', 12_000)
      })
    })
  else
    await check('a strap that the phone has lost sight of asks for a tap, and is found by it', async () => {
      first.expire()
      await until(async () => (await rig.strapOf(first)).needsTap, 'it asks for a tap')
      assert.equal((await rig.strapOf(first)).problem, 'out_of_sight')
      chooser.want(first.address)
      await page.getByRole('button', { name: `tap ${first.name}` }).click()
      await whileBeating(straps, () => until(() => isLive(rig, first), 'it is live'))
      assert.equal((await rig.strapOf(first)).needsTap, false)
    })
}
