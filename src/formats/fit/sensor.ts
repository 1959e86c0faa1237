// From device_info messages to the kind of heart-rate sensor (rule D9) and to the maker's words. Never a serial number.
import type { SensorKind } from '../../domain/recording.ts'
import type { Device, FitPart } from './part.ts'
import {
  armBandMakers,
  armBandName,
  heartRateDeviceType,
  localSource,
  manufacturers,
  placeholderMaker,
  wristDeviceType,
} from './profile.ts'

/** Chest strap unless a known arm band; the wrist's own sensor only where no strap is named; else unknown. */
export function sensorKindOf(devices: readonly Device[]): SensorKind {
  const strap = devices.find((device) => device.deviceType === heartRateDeviceType && device.sourceType !== localSource)
  if (strap !== undefined)
    return armBandMakers.has(strap.manufacturer) || armBandName.test(strap.name) ? 'arm' : 'chest'
  const wrist = devices.some((device) => device.sourceType === localSource && device.deviceType === wristDeviceType)
  return wrist ? 'wrist' : 'unknown'
}

/** Maker and product, e.g. `garmin 2697` or `wahoo_fitness ELEMNT BOLT`; null where the file names neither. The placeholder
 *  maker is no name: a product's name stands alone beside it, a bare number says `development`. */
export function deviceWords(part: FitPart): string | null {
  const creator = part.devices.find((device) => device.index === 0)
  const maker = Number.isNaN(part.manufacturer) ? creator?.manufacturer : part.manufacturer
  if (maker === undefined || Number.isNaN(maker)) return null
  const product = Number.isNaN(part.product) ? creator?.product : part.product
  const name = creator?.name || (product === undefined || Number.isNaN(product) ? '' : String(product))
  if (maker === placeholderMaker && (name === '' || creator?.name)) return name || null
  return `${manufacturers[maker] ?? `maker ${maker}`} ${name}`.trim()
}
