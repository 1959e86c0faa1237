// What a phone can do to the page: lose all links, switch Bluetooth off, be full.
import { strict as assert } from 'node:assert'
import type { FakeStrap } from '../../support/fake-strap.ts'
import type { Check } from '../../support/check.ts'
import { addStraps, isLive, until, whileBeating, type PageRig } from './rig.ts'

export async function whatPhonesDo(rig: PageRig, check: Check): Promise<void> {
  const { bluez, page } = rig
  const { straps } = bluez
  const radio = () => page.evaluate(() => window.rig.straps.radio.value)
  const allLive = async () => (await rig.shown()).every(({ state }) => state === 'live')
  await check('all links lost at once come back', async () => {
    await whileBeating(straps, async () => {
      for (const strap of straps) strap.dropLink()
      await until(async () => !(await allLive()), 'they are lost')
      await until(allLive, 'all are live')
    })
  })
  await check('Bluetooth that is switched off is said to be, and all come back when it is on', async () => {
    await whileBeating(straps, async () => {
      bluez.setPowered(false)
      await until(async () => (await radio()) === 'off', 'it is off')
      await until(async () => (await rig.shown()).every(({ problem }) => problem === 'bluetooth_off'), 'each says why')
      bluez.setPowered(true)
      await until(async () => (await radio()) === 'ready' && (await allLive()), 'all are live')
    })
  })
  await check('a strap that a full phone takes no more says so, and gets in when there is room', async () => {
    bluez.maxConnections = 8
    const [ninth] = addStraps(bluez, 9, 1) as [FakeStrap]
    await whileBeating(straps, async () => {
      rig.chooser.want(ninth.address)
      await page.click('#choose')
      await until(async () => (await rig.shown()).some(({ problem }) => problem === 'phone_full'), 'the phone is full')
      assert.equal((await rig.strapOf(ninth)).problem, 'phone_full')
      bluez.maxConnections = 9
      await until(() => isLive(rig, ninth), 'it is live')
    })
  })
  await check('a strap that is taken away is left alone, and can be chosen again', async () => {
    const ninth = straps[8]
    const { id } = await rig.strapOf(ninth)
    await page.evaluate((wanted) => window.rig.straps.forget(wanted), id)
    await until(() => !ninth.connected, 'its link is closed')
    assert.equal((await rig.shown()).length, 8)
    await rig.pair(ninth)
    await whileBeating([ninth], () => until(() => isLive(rig, ninth), 'it is live'))
  })
}
