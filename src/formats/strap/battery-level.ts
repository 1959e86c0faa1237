// Decodes how full a strap's battery is: the Battery Level characteristic (0x2A19). What is low is not decided here.

export type DecodedBatteryLevel =
  | { readonly ok: true; /** Percent, 0 to 100. */ readonly value: number }
  | { readonly ok: false; readonly code: 'TOO_SHORT' | 'OUT_OF_RANGE' }

/** Decode one reading or notification.
 *  @returns percent; codes: TOO_SHORT, OUT_OF_RANGE (101 to 255 are reserved)
 *  @source  Bluetooth BAS 1.0 §3.1 */
export function decodeBatteryLevel(view: DataView): DecodedBatteryLevel {
  if (view.byteLength < 1) return { ok: false, code: 'TOO_SHORT' }
  const value = view.getUint8(0)
  return value > 100 ? { ok: false, code: 'OUT_OF_RANGE' } : { ok: true, value }
}
