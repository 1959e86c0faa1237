// Pairing as it is meant: choosing, beats, what a strap says of itself.
import { strict as assert } from 'node:assert'
import { encodeHeartRateMeasurement } from '../../../src/formats/strap/write-heart-rate-measurement.ts'
import { sleep, type FakeStrap } from '../../support/fake-strap.ts'
import type { Check } from '../../support/check.ts'
import { addStraps, until, whileBeating, type PageRig } from './rig.ts'

export async function everyday(rig: PageRig, check: Check): Promise<void> {
  const { bluez, page, chooser } = rig
  const straps = addStraps(bluez, 1, 8)
  await check('a list that is closed again is no error', async () => {
    chooser.want(null)
    await page.click('#choose')
    await until(async () => (await rig.lastResult()) !== undefined, 'the list is closed')
    assert.deepEqual(await rig.lastResult(), { ok: false, code: 'cancelled' })
    assert.deepEqual(await rig.shown(), [])
  })
  await check('eight straps pair, and each is live at its first beat', async () => {
    for (const strap of straps) await rig.pair(strap)
    assert.equal((await rig.strapOf(straps[0])).state === 'live', false)
    await whileBeating(straps, () =>
      until(async () => (await rig.shown()).filter(({ state }) => state === 'live').length === 8, 'eight are live'),
    )
  })
  await check('every byte of every strap arrives once', async () => {
    await rig.clear()
    const sent = [
      { heartRateBpm: 61 },
      { heartRateBpm: 61 },
      { heartRateBpm: 142, rr1024: [430, 425], contact: 'yes' as const },
      { heartRateBpm: 300, energyKj: 77 },
    ]
    for (const measurement of sent) for (const strap of straps) assert.ok(strap.notifyHr(measurement))
    const bytes = sent.map((measurement) => [...encodeHeartRateMeasurement(measurement)])
    for (const strap of straps) {
      await until(async () => (await rig.heard(strap)).length >= sent.length, 'all came')
      assert.deepEqual(await rig.heard(strap), bytes)
    }
  })
  await check('place, maker and battery are read, and a battery that runs low is seen', async () => {
    const [first] = straps as [FakeStrap]
    await until(async () => (await rig.strapOf(first)).device !== null, 'the maker is read')
    const { sensor, device, batteryPercent, practice } = await rig.strapOf(first)
    assert.deepEqual([sensor, device, batteryPercent, practice], ['chest', 'Fake F01', 90, false])
    first.setBattery(9)
    await until(async () => (await rig.strapOf(first)).batteryPercent === 9, 'the low battery is seen')
  })
  await check('a strap that is chosen twice has one listener', async () => {
    const [first] = straps as [FakeStrap]
    await rig.clear()
    await rig.pair(first)
    await until(async () => (await rig.lastResult()) !== undefined, 'it was chosen')
    const { id } = await rig.strapOf(first)
    assert.deepEqual(await rig.lastResult(), { ok: true, id, again: true })
    assert.equal((await rig.shown()).length, 8)
    first.notifyHr({ heartRateBpm: 77 })
    await sleep(200)
    assert.deepEqual(await rig.heard(first), [[0, 77]])
  })
}
