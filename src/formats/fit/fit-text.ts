// Text in a FIT field, both ways: UTF-8, a null behind it, zeros to the end of the field.
import { strFromU8, strToU8 } from 'fflate'

/** What nobody can see or print, and what stands for bytes that were no UTF-8. */
const unseen = /[\p{C}\ufffd]/gu

/** Text as FIT can hold it: nothing unseen, no blanks around it. */
export const toPlainText = (text: string): string => text.replaceAll(unseen, '').trim()

/** The bytes of a field: as many whole characters as leave room for the null.
 *  @param size of the field, at least 1
 *  @source FIT protocol, base type `string`: null-terminated UTF-8 */
export function toFitText(text: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const character of text) {
    const encoded = strToU8(character)
    if (at + encoded.length >= size) break
    bytes.set(encoded, at)
    at += encoded.length
  }
  return bytes
}

/** The text of a field; a character that the field cuts, and bytes that are no UTF-8, are left out. */
export function readFitText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return toPlainText(strFromU8(end === -1 ? bytes : bytes.subarray(0, end)))
}
