// Decodes where a strap says that it is worn: the Body Sensor Location characteristic (0x2A38). It believes the strap.
import type { SensorKind } from '../../domain/recording.ts'

/** In the order of the specification's numbers. */
export const bodySensorLocations = ['other', 'chest', 'wrist', 'finger', 'hand', 'ear_lobe', 'foot'] as const
export type BodySensorLocation = (typeof bodySensorLocations)[number]
export type DecodedLocation =
  | { readonly ok: true; readonly value: BodySensorLocation }
  | { readonly ok: false; readonly code: 'TOO_SHORT' | 'RESERVED_VALUE' }

/** Decode one reading.
 *  @returns codes: TOO_SHORT, RESERVED_VALUE
 *  @source  Bluetooth HRS 1.0 §3.2 */
export function decodeBodySensorLocation(view: DataView): DecodedLocation {
  if (view.byteLength < 1) return { ok: false, code: 'TOO_SHORT' }
  const value = bodySensorLocations[view.getUint8(0)]
  return value === undefined ? { ok: false, code: 'RESERVED_VALUE' } : { ok: true, value }
}

/** The kind of sensor by where it is worn. Arm bands have no number of their own, they say `other`. */
export const sensorKindOf = (location: BodySensorLocation): SensorKind =>
  location === 'chest' || location === 'wrist' ? location : 'unknown'
