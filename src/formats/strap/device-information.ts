// Decodes who made a strap: the Manufacturer Name String (0x2A29) and the Model Number String (0x2A24), and puts both into
// the words of `Recording.device`. Never the Serial Number String (0x2A25): it would name one thing, and so a person.
import { strFromU8 } from 'fflate'

/** Bytes; product choice. The longest name seen is 20. */
export const maxStringBytes = 64
export type DecodedString =
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly code: 'EMPTY' | 'TOO_LONG' }

/** Decode either string: UTF-8, without the NULs and other control characters that some straps fill up with.
 *  @returns codes: EMPTY (nothing to read is left), TOO_LONG (over 64 bytes)
 *  @source  Bluetooth DIS 1.1 §3.1, §3.2 */
export function decodeDeviceString(view: DataView): DecodedString {
  if (view.byteLength > maxStringBytes) return { ok: false, code: 'TOO_LONG' }
  const text = strFromU8(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
  const value = text.replaceAll(unreadable, ' ').replaceAll(/\s+/g, ' ').trim()
  return value === '' ? { ok: false, code: 'EMPTY' } : { ok: true, value }
}

// Controls, marks that turn the direction of text, and what was no UTF-8.
const unreadable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]/gu

/** Maker and product as one name, the maker once; null where both are unknown. */
export function deviceName(manufacturer: string | null, model: string | null): string | null {
  if (manufacturer === null || model === null) return manufacturer ?? model
  return model.toLowerCase().startsWith(manufacturer.toLowerCase()) ? model : `${manufacturer} ${model}`
}
