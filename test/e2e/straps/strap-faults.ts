// What a strap can do to the page: leave, hang, fall silent, send nonsense.
import { strict as assert } from 'node:assert'
import { sleep, type FakeStrap } from '../../support/fake-strap.ts'
import type { Check } from '../../support/check.ts'
import { isLive, until, whileBeating, type PageRig } from './rig.ts'

export async function whatStrapsDo(rig: PageRig, check: Check): Promise<void> {
  const { bluez } = rig
  const straps = bluez.straps
  const [first, second, third, fourth] = straps as [FakeStrap, FakeStrap, FakeStrap, FakeStrap]
  await check('a lost strap comes back by itself, and a beat counts once', async () => {
    first.dropLink()
    await until(() => first.notifying, 'it is back')
    await sleep(100)
    await rig.clear()
    first.notifyHr({ heartRateBpm: 99 })
    await until(async () => (await rig.heard(first)).length > 0, 'its beat is heard')
    await sleep(100)
    assert.deepEqual(await rig.heard(first), [[0, 99]])
  })
  await check('a strap that is away for long is tried again and again, and is live when it is back', async () => {
    const others = straps.filter((strap) => strap !== second)
    const before = second.connects
    await whileBeating(straps, async () => {
      second.leave()
      await until(() => second.connects >= before + 6, 'it was tried six times', 12_000)
      assert.match((await rig.strapOf(second)).state, /^(lost|retrying)$/)
      assert.equal((await rig.strapOf(second)).problem, 'attempt_failed')
      for (const strap of others) assert.ok(await isLive(rig, strap))
      second.back()
      await until(() => isLive(rig, second), 'it is live')
    })
  })
  await check('a strap that hangs while connecting holds up nobody, and is given up and tried again', async () => {
    third.hangConnect = true
    third.dropLink()
    await until(async () => (await rig.strapOf(third)).state === 'retrying', 'it is being tried')
    first.dropLink()
    fourth.dropLink()
    await whileBeating(straps, async () => {
      await until(async () => (await isLive(rig, first)) && (await isLive(rig, fourth)), 'the others are live')
      await until(async () => (await rig.strapOf(third)).problem === 'timed_out', 'it is given up')
      third.hangConnect = false
      third.disconnect()
      await until(() => isLive(rig, third), 'it is live')
    })
  })
  await check('a strap that falls silent with its link open is said to be, then its link is made anew', async () => {
    await whileBeating([first], () => until(() => isLive(rig, first), 'it is live'))
    const before = first.connects
    await until(async () => (await rig.strapOf(first)).state === 'silent', 'it is silent')
    assert.equal(first.connected, true)
    await until(() => first.connects > before && first.notifying, 'its link is new')
    first.notifyHr({ heartRateBpm: 90 })
    await until(() => isLive(rig, first), 'it is live')
  })
  await check(
    'lost contact, doubled and malformed notifications pass as they came; three bad ones are a bad sensor',
    async () => {
      // It was silent meanwhile: what comes close together is believed only once its own pace has been seen again.
      const hasNumber = async () => (await rig.strapOf(second)).pulse.lastHeartRateBpm !== null
      await whileBeating([second], () =>
        until(async () => (await isLive(rig, second)) && (await hasNumber()), 'it is live, with a number'),
      )
      await sleep(100)
      await rig.clear()
      const sent = [[0x04, 0], [0x06, 80], [0x06, 80], [0x00], [0x01, 72], [0x08, 72, 1], [0x06, 81]]
      for (const bytes of sent) {
        second.notify(Uint8Array.from(bytes))
        await sleep(30)
      }
      await until(async () => (await rig.heard(second)).length === sent.length, 'all came')
      assert.deepEqual(await rig.heard(second), sent)
      const { badSensor, pulse } = await rig.strapOf(second)
      assert.deepEqual([badSensor, pulse.errorsInWindow, pulse.lastHeartRateBpm], [true, 3, 81])
    },
  )
  await check('a failing subscription is tried again', async () => {
    fourth.faults.push({ member: 'StartNotify', error: 'org.bluez.Error.Failed' })
    fourth.dropLink()
    await until(() => fourth.notifying, 'it is subscribed to')
    await whileBeating([fourth], () => until(() => isLive(rig, fourth), 'it is live'))
  })
  await check('a link that drops while it opens is tried again', async () => {
    fourth.discoveryDelay = 400
    fourth.dropLink()
    await until(() => fourth.connected, 'the link opens')
    await sleep(100)
    fourth.dropLink()
    fourth.discoveryDelay = 30
    await whileBeating([fourth], () => until(() => isLive(rig, fourth), 'it is live'))
  })
}
