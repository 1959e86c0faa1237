// Decodes what a Bluetooth strap sends: the Heart Rate Measurement characteristic (0x2A37). It judges nothing: a heart
// rate out of range is the business of rule D1.

export const measurementWarnings = ['RR_ODD_BYTE', 'RR_FLAG_NO_DATA', 'TRAILING_BYTES', 'RESERVED_BITS'] as const
export type MeasurementWarning = (typeof measurementWarnings)[number]
export const measurementErrors = ['TOO_SHORT', 'HR16_TRUNCATED', 'ENERGY_TRUNCATED'] as const
export type MeasurementError = (typeof measurementErrors)[number]

export interface HeartRateMeasurement {
  /** Null where the strap sent 0: it has not found a heart rate yet. */
  readonly heartRateBpm: number | null
  readonly contact: 'unsupported' | 'no' | 'yes'
  /** Cumulative; 65535 is saturated. */
  readonly energyKj: number | null
  /** Oldest first. */
  readonly rrMs: readonly number[]
  readonly warnings: readonly MeasurementWarning[]
}
export type DecodedMeasurement =
  { readonly ok: true; readonly value: HeartRateMeasurement } | { readonly ok: false; readonly code: MeasurementError }

const HR16 = 0x01
const CONTACT_DETECTED = 0x02
const CONTACT_SUPPORTED = 0x04
const ENERGY = 0x08
const RR = 0x10
const RESERVED = 0xe0

/** Decode one notification.
 *  @param view bytes, little endian; byteOffset may be > 0
 *  @returns    codes: TOO_SHORT, HR16_TRUNCATED, ENERGY_TRUNCATED
 *  @source     Bluetooth HRS 1.0 §3.1; rule I */
export function decodeHeartRateMeasurement(view: DataView): DecodedMeasurement {
  if (view.byteLength < 2) return { ok: false, code: 'TOO_SHORT' }
  const flags = view.getUint8(0)
  const wide = (flags & HR16) !== 0
  if (wide && view.byteLength < 3) return { ok: false, code: 'HR16_TRUNCATED' }
  const bpm = wide ? view.getUint16(1, true) : view.getUint8(1)
  let at = wide ? 3 : 2
  let energyKj: number | null = null
  if ((flags & ENERGY) !== 0) {
    if (view.byteLength < at + 2) return { ok: false, code: 'ENERGY_TRUNCATED' }
    energyKj = view.getUint16(at, true)
    at += 2
  }
  const warnings: MeasurementWarning[] = []
  const rrMs: number[] = []
  const left = view.byteLength - at
  if ((flags & RR) !== 0) {
    for (; at + 2 <= view.byteLength; at += 2) rrMs.push((view.getUint16(at, true) * 1000) / 1024)
    if (left % 2 === 1) warnings.push('RR_ODD_BYTE')
    if (rrMs.length === 0) warnings.push('RR_FLAG_NO_DATA')
  } else if (left > 0) warnings.push('TRAILING_BYTES')
  if ((flags & RESERVED) !== 0) warnings.push('RESERVED_BITS')
  const contact = (flags & CONTACT_SUPPORTED) === 0 ? 'unsupported' : (flags & CONTACT_DETECTED) === 0 ? 'no' : 'yes'
  return { ok: true, value: { heartRateBpm: bpm === 0 ? null : bpm, contact, energyKj, rrMs, warnings } }
}
