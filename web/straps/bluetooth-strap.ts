// One strap on Web Bluetooth: opens a link, subscribes to its beats, reads what it says of itself. Called by the driver
// through `RadioDevice`. After a lost link every service and characteristic is dead: each link finds its own.
import { decodeBatteryLevel } from '../../src/formats/strap/battery-level.ts'
import { decodeBodySensorLocation, sensorKindOf } from '../../src/formats/strap/body-sensor-location.ts'
import { decodeDeviceString, deviceName } from '../../src/formats/strap/device-information.ts'
import type { LinkListener, Opened, RadioDevice } from './radio.ts'
import { isOutOfSight, problemOf } from './strap-problem.ts'

/** How long to listen for a strap that the browser has lost sight of; product choice, shorter than any connect timeout. */
const SIGHT_MS = 4000

/** One link, and everything that must end with it. */
interface Link {
  readonly hear: LinkListener
  readonly over: AbortController
}

export class BluetoothStrap implements RadioDevice {
  readonly id: string
  readonly name: string
  readonly #device: BluetoothDevice
  #link: Link | null = null

  constructor(device: BluetoothDevice) {
    this.id = device.id
    this.name = device.name ?? ''
    this.#device = device
    device.addEventListener('gattserverdisconnected', () => this.#onClosed())
  }

  async open(hear: LinkListener): Promise<Opened> {
    this.#link?.over.abort()
    const link: Link = { hear, over: new AbortController() }
    this.#link = link
    try {
      await this.#connect(link)
      return { ok: true }
    } catch (error) {
      if (isOutOfSight(error) && !canListen(this.#device)) return { ok: false, code: 'out_of_sight' }
      const code = problemOf(error)
      return { ok: false, code: code === 'cancelled' ? 'attempt_failed' : code }
    }
  }

  close(): void {
    this.#link?.over.abort()
    try {
      this.#device.gatt?.disconnect()
    } catch {
      // Nothing is left to close.
    }
  }

  #onClosed(): void {
    const link = this.#link
    this.#link = null
    link?.over.abort()
    link?.hear.closed()
  }

  async #connect(link: Link): Promise<void> {
    const { gatt } = this.#device
    if (gatt === undefined) throw new DOMException('This device has no GATT.', 'SecurityError')
    await gatt.connect().catch(async (error: unknown) => {
      if (!isOutOfSight(error) || !canListen(this.#device)) throw error
      await this.#waitForSight(link)
      return gatt.connect()
    })
    if (link.over.signal.aborted) {
      // Whoever gave up meanwhile wants no link.
      if (this.#link === link) gatt.disconnect()
      throw new DOMException('Given up.', 'AbortError')
    }
    const service = await gatt.getPrimaryService('heart_rate')
    await subscribe(await service.getCharacteristic('heart_rate_measurement'), link, (view) =>
      link.hear.notified(copyOf(view)),
    )
    // A connect right after a loss can resolve on the dying link.
    if (!gatt.connected) throw new DOMException('The link was lost while it opened.', 'NetworkError')
    void readFacts(gatt, service, link)
  }

  /** Some browsers refuse to connect to a strap, known from before, that they have not heard since they began. */
  async #waitForSight({ over }: Link): Promise<void> {
    const device = this.#device
    const heard = new AbortController()
    const signal = AbortSignal.any([heard.signal, over.signal, AbortSignal.timeout(SIGHT_MS)])
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true })
      device.addEventListener('advertisementreceived', () => heard.abort(), { once: true, signal })
      device.watchAdvertisements({ signal }).catch(() => heard.abort())
    })
  }
}

const canListen = (device: Partial<BluetoothDevice>): boolean => device.watchAdvertisements !== undefined

/** Hear every value of a characteristic until the link is over. */
async function subscribe(
  characteristic: BluetoothRemoteGATTCharacteristic,
  { over }: Link,
  hear: (view: DataView) => void,
): Promise<void> {
  const { signal } = over
  const onValue = () => {
    if (characteristic.value !== undefined && !signal.aborted) hear(characteristic.value)
  }
  characteristic.addEventListener('characteristicvaluechanged', onValue, { signal })
  await characteristic.startNotifications()
}

/** One after another, as a strap does one thing at a time; what it lacks is left out. */
async function readFacts(
  gatt: BluetoothRemoteGATTServer,
  heartRate: BluetoothRemoteGATTService,
  link: Link,
): Promise<void> {
  const { hear, over } = link
  const unlessOver = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (over.signal.aborted) return null
    return work().catch(() => null)
  }
  const tell: LinkListener['facts'] = (facts) => {
    if (!over.signal.aborted) hear.facts(facts)
  }
  const location = await unlessOver(async () =>
    decodeBodySensorLocation(await readValue(heartRate, 'body_sensor_location')),
  )
  if (location?.ok === true) tell({ sensor: sensorKindOf(location.value) })
  const tellBattery = (view: DataView) => {
    const level = decodeBatteryLevel(view)
    if (level.ok) tell({ batteryPercent: level.value })
  }
  await unlessOver(async () => {
    const battery = await (await gatt.getPrimaryService('battery_service')).getCharacteristic('battery_level')
    tellBattery(await battery.readValue())
    if (battery.properties.notify) await subscribe(battery, link, tellBattery)
  })
  const maker = await unlessOver(() => gatt.getPrimaryService('device_information'))
  if (maker === null) return
  const read = async (name: string) => {
    const decoded = await unlessOver(async () => decodeDeviceString(await readValue(maker, name)))
    return decoded?.ok === true ? decoded.value : null
  }
  tell({ device: deviceName(await read('manufacturer_name_string'), await read('model_number_string')) })
}

const readValue = async (service: BluetoothRemoteGATTService, name: string): Promise<DataView> =>
  (await service.getCharacteristic(name)).readValue()

/** The browser's view may be part of a larger buffer, and may be written to again. */
const copyOf = (view: DataView): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
