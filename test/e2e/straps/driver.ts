// web/straps under a real Chromium over a simulated radio: what its browser, its phone and its straps can do to it. Runs
// with all of Web Bluetooth and with what phones have today; waits are shortened by the page's parameters.
import { strict as assert } from 'node:assert'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { everyday } from './everyday.ts'
import { whatPhonesDo } from './phone-faults.ts'
import { afterReload } from './reload.ts'
import { manyStraps } from './many.ts'
import { openRig } from './rig.ts'
import { servePage } from './serve-page.ts'
import { whatStrapsDo } from './strap-faults.ts'

export async function strapsDriver(house: House, check: Check): Promise<void> {
  const { bluez } = house
  if (bluez === null) throw new Error('this suite needs a radio')
  const served = await servePage()
  try {
    const { page, complaints } = await house.newPage()
    const rig = await openRig(page, served.url, bluez)
    await everyday(rig, check)
    await whatStrapsDo(rig, check)
    await whatPhonesDo(rig, check)
    await afterReload(rig, check)
    await page.close()
    const another = await house.newPage()
    await manyStraps(another.page, served.url, bluez, check)
    await check('nothing complained', async () => {
      const known = /^foreign request|Web Bluetooth is experimental/
      assert.deepEqual(
        [...complaints, ...another.complaints].filter((text) => !known.test(text)),
        [],
      )
    })
  } finally {
    await served.close()
  }
}
