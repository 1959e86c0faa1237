// A simulated radio for a real Chromium on Linux, which reaches Bluetooth over D-Bus only: a private dbus-daemon whose
// `org.bluez` is this. Chromium is started with DBUS_SYSTEM_BUS_ADDRESS; `navigator.bluetooth` stays its own. No root, no
// hardware; each has a bus of its own. Close the browser before `stop()`: Chromium aborts when its system bus vanishes.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dbus from 'dbus-next'
import {
  ADAPTER,
  BluezError,
  DEVICE,
  FakeStrap,
  of,
  sleep,
  uuid16,
  type Interfaces,
  type ObjectTree,
  type Properties,
  type StrapOptions,
} from './fake-strap.ts'

const { Message } = dbus
const OBJECTS = 'org.freedesktop.DBus.ObjectManager'
const PROPERTIES = 'org.freedesktop.DBus.Properties'
const ADAPTER_IFACE = 'org.bluez.Adapter1'
const ADVERTISE_EVERY_MS = 300

/** Signature and value of an answer; null is an answer without a value. */
type Answer = readonly [signature: string, value: unknown] | null
const notReady = () => new BluezError('org.bluez.Error.NotReady', 'Resource Not Ready')

export class FakeBluez {
  /** For Chromium's environment. */
  readonly address: string
  readonly straps: FakeStrap[] = []
  /** How many links the phone holds at once. */
  maxConnections = 100
  readonly #folder: string
  readonly #daemon: ChildProcess
  readonly #bus: dbus.MessageBus
  readonly #objects = new Map<string, Interfaces>()
  #advertising: NodeJS.Timeout | undefined
  readonly #tree: ObjectTree = {
    add: (path, interfaces) => this.#add(path, interfaces),
    remove: (path) => this.#remove(path),
    set: (path, iface, changed) => this.#set(path, iface, changed),
    hasRoom: () => this.straps.filter(({ connected }) => connected).length < this.maxConnections,
  }

  private constructor(folder: string, address: string, daemon: ChildProcess) {
    this.#folder = folder
    this.address = address
    this.#daemon = daemon
    this.#objects.set('/org/bluez', { 'org.bluez.AgentManager1': {}, 'org.bluez.ProfileManager1': {} })
    this.#objects.set(ADAPTER, { [ADAPTER_IFACE]: adapterProperties() })
    this.#bus = dbus.sessionBus({ busAddress: address })
    // The bus goes while Chromium's last calls are still on their way.
    this.#bus.on('error', () => {})
    this.#bus.addMethodHandler((call: dbus.Message) => {
      void this.#answer(call)
      return true
    })
  }

  /** A private bus whose `org.bluez` is this. */
  static async start(): Promise<FakeBluez> {
    const folder = mkdtempSync(join(tmpdir(), 'calmpace-bluez-'))
    const address = `unix:path=${join(folder, 'bus')}`
    writeFileSync(join(folder, 'bus.conf'), busConfig(address))
    const daemon = spawn(
      'dbus-daemon',
      ['--nofork', '--print-address=1', `--config-file=${join(folder, 'bus.conf')}`],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    // No bus without its test.
    process.once('exit', () => daemon.kill())
    await once(daemon.stdout, 'data')
    const bluez = new FakeBluez(folder, address, daemon)
    await bluez.#bus.requestName('org.bluez', 0)
    return bluez
  }
  async stop(): Promise<void> {
    clearInterval(this.#advertising)
    this.#bus.disconnect()
    const gone = once(this.#daemon, 'exit')
    this.#daemon.kill()
    await gone
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** @throws where the radio has one of that address: the page would be given the other */
  addStrap(options: StrapOptions): FakeStrap {
    if (this.straps.some(({ address }) => address === options.address)) throw new Error(`twice: ${options.address}`)
    const strap = new FakeStrap(this.#tree, options)
    this.straps.push(strap)
    if (this.#advertising !== undefined) strap.advertise()
    return strap
  }
  /** Switch Bluetooth off or on, as in the phone's settings. */
  setPowered(on: boolean): void {
    if (!on) for (const strap of this.straps) strap.dropLink()
    this.#set(ADAPTER, ADAPTER_IFACE, { Powered: of('b', on) })
  }

  #isPowered(): boolean {
    return this.#objects.get(ADAPTER)?.[ADAPTER_IFACE]?.['Powered']?.value === true
  }
  #signal(path: string, iface: string, member: string, signature: string, body: unknown[]): void {
    this.#bus.send(Message.newSignal(path, iface, member, signature, body))
  }
  #add(path: string, interfaces: Interfaces): void {
    this.#objects.set(path, interfaces)
    this.#signal('/', OBJECTS, 'InterfacesAdded', 'oa{sa{sv}}', [path, interfaces])
  }
  #remove(path: string): void {
    const object = this.#objects.get(path)
    if (object === undefined) return
    this.#objects.delete(path)
    this.#signal('/', OBJECTS, 'InterfacesRemoved', 'oas', [path, Object.keys(object)])
  }
  #set(path: string, iface: string, changed: Properties): void {
    const object = this.#objects.get(path)?.[iface]
    if (object === undefined) return
    Object.assign(object, changed)
    this.#signal(path, PROPERTIES, 'PropertiesChanged', 'sa{sv}as', [iface, changed, []])
  }
  #discover(on: boolean): null {
    clearInterval(this.#advertising)
    this.#advertising = undefined
    this.#set(ADAPTER, ADAPTER_IFACE, { Discovering: of('b', on) })
    if (!on) return null
    const tick = () => {
      for (const strap of this.straps) strap.advertise()
    }
    setTimeout(tick, 20)
    this.#advertising = setInterval(tick, ADVERTISE_EVERY_MS)
    return null
  }

  async #answer(call: dbus.Message): Promise<void> {
    try {
      const answer = await this.#dispatch(call)
      this.#bus.send(
        answer === null ? Message.newMethodReturn(call, '', []) : Message.newMethodReturn(call, answer[0], [answer[1]]),
      )
    } catch (error) {
      const name = error instanceof BluezError ? error.dbusName : 'org.bluez.Error.Failed'
      const text = error instanceof Error ? error.message : String(error)
      // Its type says string; what it takes is the message.
      this.#bus.send(Message.newError(call as unknown as string, name, text))
    }
  }
  async #dispatch(call: dbus.Message): Promise<Answer> {
    const { path, interface: iface, member } = call
    if (iface === OBJECTS && member === 'GetManagedObjects') return ['a{oa{sa{sv}}}', Object.fromEntries(this.#objects)]
    if (iface === 'org.freedesktop.DBus.Introspectable') return ['s', '<node/>']
    const object = this.#objects.get(path)
    if (object === undefined) throw new BluezError('org.freedesktop.DBus.Error.UnknownObject', path)
    if (iface === PROPERTIES) return this.#property(call, object)
    if (iface === 'org.bluez.AgentManager1' || iface === 'org.bluez.ProfileManager1') return null
    if (iface === ADAPTER_IFACE) return this.#onAdapter(call)
    const strap = this.straps.find((one) => path === one.path || path.startsWith(`${one.path}/`))
    if (strap === undefined) throw unknownMethod(call)
    await useFault(strap, call)
    return iface === DEVICE ? this.#onDevice(strap, call) : this.#onCharacteristic(strap, call)
  }
  #property({ path, member, body }: dbus.Message, object: Interfaces): Answer {
    const [iface, name, value] = body as [string, string, dbus.Variant]
    const properties = object[iface] ?? {}
    if (member === 'GetAll') return ['a{sv}', properties]
    if (member === 'Set') {
      this.#set(path, iface, { [name]: value })
      return null
    }
    const found = properties[name]
    if (found === undefined) throw new BluezError('org.freedesktop.DBus.Error.InvalidArgs', name)
    return ['v', found]
  }
  #onAdapter({ member, body }: dbus.Message): Answer {
    if (!this.#isPowered() && member !== 'RemoveDevice') throw notReady()
    if (member === 'StartDiscovery' || member === 'StopDiscovery') return this.#discover(member === 'StartDiscovery')
    if (member === 'RemoveDevice') this.straps.find(({ path }) => path === body[0])?.expire()
    // SetDiscoveryFilter and the rest: accepted.
    return null
  }
  async #onDevice(strap: FakeStrap, { member }: dbus.Message): Promise<Answer> {
    if (!this.#isPowered()) throw notReady()
    if (member === 'Connect') await strap.connect()
    if (member === 'Disconnect') strap.disconnect()
    return null
  }
  async #onCharacteristic(strap: FakeStrap, call: dbus.Message): Promise<Answer> {
    const { path, interface: iface, member } = call
    const object = strap.gatt.find((one) => one.path === path)
    if (object === undefined || !strap.connected) throw new BluezError('org.bluez.Error.NotConnected', 'Not Connected')
    if (member === 'StartNotify' || member === 'StopNotify') {
      if (path === strap.heartRatePath) strap.notifying = member === 'StartNotify'
      this.#set(path, iface, { Notifying: of('b', member === 'StartNotify') })
      return null
    }
    if (member === 'WriteValue') return null
    if (member !== 'ReadValue') throw unknownMethod(call)
    await sleep(strap.readDelay)
    if (object.read === undefined) throw new BluezError('org.bluez.Error.NotPermitted', 'Read not permitted')
    const value = object.read()
    this.#set(path, iface, { Value: of('ay', value) })
    return ['ay', value]
  }
}

async function useFault({ faults }: FakeStrap, { path, member }: dbus.Message): Promise<void> {
  const at = faults.findIndex((fault) => fault.member === member && path.endsWith(fault.path ?? ''))
  const [fault] = at < 0 ? [] : faults.splice(at, 1)
  if (fault === undefined) return
  await sleep(fault.delay ?? 0)
  if (fault.error !== undefined) throw new BluezError(fault.error, 'injected')
}

const unknownMethod = ({ path, interface: iface, member }: dbus.Message) =>
  new BluezError('org.freedesktop.DBus.Error.UnknownMethod', `${path} ${iface}.${member}`)

const adapterProperties = (): Properties => ({
  Address: of('s', '00:11:22:33:44:55'),
  AddressType: of('s', 'public'),
  Name: of('s', 'fake'),
  Alias: of('s', 'fake'),
  Class: of('u', 0x10c),
  Powered: of('b', true),
  Discoverable: of('b', false),
  DiscoverableTimeout: of('u', 180),
  Pairable: of('b', false),
  PairableTimeout: of('u', 0),
  Discovering: of('b', false),
  UUIDs: of('as', [uuid16(0x1800), uuid16(0x1801)]),
  Modalias: of('s', 'usb:v1D6Bp0246d0542'),
  Roles: of('as', ['central', 'peripheral']),
})

const allowed = [
  ...['user="*"', 'own="*"', 'send_destination="*" eavesdrop="true"', 'send_type="method_call"', 'send_type="signal"'],
  ...['method_call', 'method_return', 'error', 'signal'].map((type) => `receive_type="${type}"`),
]
const busConfig = (address: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>${address}</listen><auth>EXTERNAL</auth>
<policy context="default">${allowed.map((what) => `<allow ${what}/>`).join('')}</policy>
</busconfig>`
