// One strap of the simulated radio, as BlueZ would show it on D-Bus. Made by `FakeBluez.addStrap`; tests drive it.
import dbus from 'dbus-next'
import {
  encodeHeartRateMeasurement,
  type WrittenMeasurement,
} from '../../src/formats/strap/write-heart-rate-measurement.ts'

const { Variant } = dbus
export type Properties = Record<string, dbus.Variant>
export type Interfaces = Record<string, Properties>

/** What of BlueZ a strap needs: the tree of objects that Chromium sees. */
export interface ObjectTree {
  readonly add: (path: string, interfaces: Interfaces) => void
  readonly remove: (path: string) => void
  readonly set: (path: string, iface: string, changed: Properties) => void
  /** Whether one more link fits. */
  readonly hasRoom: () => boolean
}

/** An error that BlueZ answers with; `dbusName` is what Chromium goes by. */
export class BluezError extends Error {
  readonly dbusName: string
  constructor(dbusName: string, text: string) {
    super(text)
    this.dbusName = dbusName
  }
}

/** Used once, in order; without an error the call is only late. */
export interface Fault {
  readonly member: 'Connect' | 'StartNotify' | 'ReadValue'
  readonly error?: string
  readonly delay?: number
  /** End of the object's path, e.g. `char0011`. */
  readonly path?: string
}

export interface StrapOptions {
  readonly address: string
  readonly name: string
  readonly battery?: number
  /** 0x2A38: 1 is the chest. */
  readonly location?: number
  readonly manufacturer?: string
  readonly model?: string
}

export const ADAPTER = '/org/bluez/hci0'
export const DEVICE = 'org.bluez.Device1'
const SERVICE = 'org.bluez.GattService1'
const CHARACTERISTIC = 'org.bluez.GattCharacteristic1'
const DESCRIPTOR = 'org.bluez.GattDescriptor1'

export const of = (signature: string, value: unknown): dbus.Variant => new Variant(signature, value)
export const uuid16 = (id: number): string => `0000${id.toString(16).padStart(4, '0')}-0000-1000-8000-00805f9b34fb`
export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

interface GattObject {
  readonly path: string
  readonly iface: string
  readonly properties: Properties
  readonly read?: () => Buffer
}

export class FakeStrap {
  readonly address: string
  readonly name: string
  readonly path: string
  readonly gatt: readonly GattObject[]
  readonly heartRatePath: string
  readonly #batteryPath: string
  readonly #tree: ObjectTree

  connected = false
  notifying = false
  inRange = true
  advertised = false
  battery: number
  /** How often Chromium asked to connect. */
  connects = 0
  connectDelay = 30
  discoveryDelay = 30
  readDelay = 0
  /** e.g. `le-connection-abort-by-local`: every connect is rejected. */
  connectError: string | null = null
  /** Connect never answers, as on macOS and Android when the strap is away. */
  hangConnect = false
  readonly faults: Fault[] = []
  readonly #hanging: (() => void)[] = []

  constructor(tree: ObjectTree, options: StrapOptions) {
    const { address, name, battery = 80, location = 1, manufacturer = 'Fake', model = 'F10' } = options
    this.#tree = tree
    this.address = address
    this.name = name
    this.battery = battery
    this.path = `${ADAPTER}/dev_${address.replaceAll(':', '_')}`
    const [heartRate, power, maker] = ['10', '20', '30'].map((n) => `${this.path}/service00${n}`) as [
      string,
      string,
      string,
    ]
    this.heartRatePath = `${heartRate}/char0011`
    this.#batteryPath = `${power}/char0021`
    this.gatt = [
      this.#service(heartRate, 0x180d),
      characteristic(this.heartRatePath, 0x2a37, ['notify']),
      descriptor(`${this.heartRatePath}/desc0013`, this.heartRatePath),
      characteristic(`${heartRate}/char0014`, 0x2a38, ['read'], () => Buffer.from([location])),
      this.#service(power, 0x180f),
      characteristic(this.#batteryPath, 0x2a19, ['read', 'notify'], () => Buffer.from([this.battery])),
      descriptor(`${this.#batteryPath}/desc0023`, this.#batteryPath),
      this.#service(maker, 0x180a),
      characteristic(`${maker}/char0031`, 0x2a29, ['read'], () => Buffer.from(manufacturer)),
      characteristic(`${maker}/char0032`, 0x2a24, ['read'], () => Buffer.from(model)),
      // The serial number is on the blocklist of Web Bluetooth: whoever asks for it gets a SecurityError.
      characteristic(`${maker}/char0033`, 0x2a25, ['read'], () => Buffer.from(address)),
    ]
  }

  /** Push one notification (0x2A37). @returns false where nobody is subscribed, as a real strap would not send it */
  notify(bytes: Uint8Array): boolean {
    if (!this.connected || !this.notifying) return false
    this.#tree.set(this.heartRatePath, CHARACTERISTIC, { Value: of('ay', Buffer.from(bytes)) })
    return true
  }
  notifyHr(measurement: WrittenMeasurement): boolean {
    return this.notify(encodeHeartRateMeasurement(measurement))
  }
  setBattery(percent: number): void {
    this.battery = percent
    if (this.connected) this.#tree.set(this.#batteryPath, CHARACTERISTIC, { Value: of('ay', Buffer.from([percent])) })
  }
  /** Link lost, seen from the phone. */
  dropLink(): void {
    if (!this.connected) return
    this.connected = false
    this.notifying = false
    this.#tree.set(this.path, DEVICE, { ServicesResolved: of('b', false), Connected: of('b', false) })
    for (const { path } of this.gatt.toReversed()) this.#tree.remove(path)
  }
  /** Out of range: the link is lost and connects fail until `back()`. */
  leave(): void {
    this.inRange = false
    this.dropLink()
  }
  back(): void {
    this.inRange = true
    this.advertise()
  }
  /** The phone forgets where it is, as it does with what it has not heard for a while. */
  expire(): void {
    this.dropLink()
    this.advertised = false
    this.#tree.remove(this.path)
  }
  /** Appears among the objects, and refreshes its signal strength. */
  advertise(): void {
    if (!this.inRange || this.connected) return
    if (this.advertised) {
      const RSSI = of('n', -50 - (this.connects % 20) - Math.floor(Math.random() * 20))
      this.#tree.set(this.path, DEVICE, { RSSI, UUIDs: this.#uuids })
    } else {
      this.advertised = true
      this.#tree.add(this.path, { [DEVICE]: this.#properties() })
    }
  }

  /** What Chromium's Connect does. @throws BluezError */
  async connect(): Promise<void> {
    this.connects++
    if (this.hangConnect) await new Promise<void>((resolve) => this.#hanging.push(resolve))
    if (this.connected) return
    await sleep(this.connectDelay)
    if (this.connectError !== null) throw new BluezError('org.bluez.Error.Failed', this.connectError)
    if (!this.inRange) throw new BluezError('org.bluez.Error.Failed', 'le-connection-abort-by-local')
    if (!this.#tree.hasRoom())
      throw new BluezError('org.bluez.Error.Failed', 'le-connection-concurrent-connection-limit')
    this.connected = true
    this.#tree.set(this.path, DEVICE, { Connected: of('b', true) })
    void sleep(this.discoveryDelay).then(() => this.#discover())
  }
  /** What Chromium's Disconnect does; ends a connect that hangs. */
  disconnect(): void {
    for (const release of this.#hanging.splice(0)) release()
    this.dropLink()
  }

  #discover(): void {
    if (!this.connected) return
    for (const { path, iface, properties } of this.gatt) this.#tree.add(path, { [iface]: { ...properties } })
    this.#tree.set(this.path, DEVICE, { ServicesResolved: of('b', true) })
  }
  readonly #uuids = of('as', [0x180d, 0x180f, 0x180a].map(uuid16))

  #properties(): Properties {
    const no = of('b', false)
    return {
      Address: of('s', this.address),
      AddressType: of('s', 'random'),
      Name: of('s', this.name),
      Alias: of('s', this.name),
      Appearance: of('q', 0x0341),
      ...{ Paired: no, Bonded: no, Trusted: no, Blocked: no, LegacyPairing: no, ServicesResolved: no },
      Connected: of('b', this.connected),
      UUIDs: this.#uuids,
      Adapter: of('o', ADAPTER),
      RSSI: of('n', -60),
    }
  }
  #service(path: string, id: number): GattObject {
    const properties = {
      UUID: of('s', uuid16(id)),
      Device: of('o', this.path),
      Primary: of('b', true),
      Includes: of('ao', []),
    }
    return { path, iface: SERVICE, properties }
  }
}

function characteristic(path: string, id: number, flags: readonly string[], read?: () => Buffer): GattObject {
  const properties = {
    UUID: of('s', uuid16(id)),
    Service: of('o', path.slice(0, path.lastIndexOf('/'))),
    Value: of('ay', Buffer.alloc(0)),
    Notifying: of('b', false),
    Flags: of('as', [...flags]),
  }
  return { path, iface: CHARACTERISTIC, properties, ...(read === undefined ? {} : { read }) }
}
/** Client Characteristic Configuration. */
function descriptor(path: string, parent: string): GattObject {
  const properties = {
    UUID: of('s', uuid16(0x2902)),
    Characteristic: of('o', parent),
    Value: of('ay', Buffer.alloc(0)),
    Flags: of('as', ['read', 'write']),
  }
  return { path, iface: DESCRIPTOR, properties }
}
