// The Web Bluetooth radio: the only file that touches `navigator.bluetooth`. One BluetoothStrap for each device id, so
// that a strap which is chosen twice has one listener. It asks for no serial number (0x2A25) and scans for nothing.
import { BluetoothStrap } from './bluetooth-strap.ts'
import type { Radio } from './radio.ts'
import { problemOf } from './strap-problem.ts'

/** What of it a browser may lack. */
type FoundBluetooth = Omit<Bluetooth, 'getDevices' | 'getAvailability'> &
  Partial<Pick<Bluetooth, 'getDevices' | 'getAvailability'>>

/** The browser's radio; null where it has none (iOS, Firefox, a page that was not served securely). */
export function findBluetooth(): Radio | null {
  const bluetooth: FoundBluetooth | undefined = navigator.bluetooth
  if (bluetooth === undefined) return null
  const straps = new Map<string, BluetoothStrap>()
  const strapOf = (device: BluetoothDevice): BluetoothStrap => {
    const strap = straps.get(device.id) ?? new BluetoothStrap(device)
    straps.set(device.id, strap)
    return strap
  }
  return {
    choose: async (name) => {
      try {
        const filter = { services: ['heart_rate'], ...(name === undefined ? {} : { name }) }
        const optionalServices = ['battery_service', 'device_information']
        return {
          ok: true,
          device: strapOf(await bluetooth.requestDevice({ filters: [filter], optionalServices })),
        }
      } catch (error) {
        return { ok: false, code: problemOf(error) }
      }
    },
    remembered: async () => {
      try {
        const devices = await bluetooth.getDevices?.()
        return devices?.map(strapOf) ?? null
      } catch {
        return null
      }
    },
    onAvailable: (hear) => {
      bluetooth.addEventListener('availabilitychanged', (event) => hear(Reflect.get(event, 'value') === true))
      void bluetooth.getAvailability?.().then(hear, () => {})
    },
  }
}
