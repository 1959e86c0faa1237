// From the bytes of an XML file to its text. Decides the encoding by the bytes first, by the declaration where they leave
// it open; never throws: bytes that are no text become U+FFFD, and the scan finds no markup in them.
import { strFromU8 } from 'fflate'

/** The text of an XML file without its byte order mark: UTF-8, UTF-16 of both orders, or Latin-1 where declared.
 *  @source XML 1.0, appendix F */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return decodeUtf16(bytes.subarray(2), true)
  if (a === 0xfe && b === 0xff) return decodeUtf16(bytes.subarray(2), false)
  if (a === 0x3c && b === 0 && d === 0) return decodeUtf16(bytes, true)
  if (a === 0 && b === 0x3c && c === 0) return decodeUtf16(bytes, false)
  const declared = declaredLatin1.test(strFromU8(bytes.subarray(0, 120), true))
  const text = strFromU8(bytes, declared)
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}

const BYTE_ORDER_MARK = 0xfeff
// A declaration of UTF-16 in a file of single bytes is a known slip of .NET programs: the bytes win.
const declaredLatin1 = /^\s*<\?xml[^>]*encoding\s*=\s*["'](iso-8859-1|latin-?1|windows-1252|us-ascii)["']/i

const CHUNK = 8192

function decodeUtf16(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units = bytes.length >> 1
  const parts: string[] = []
  for (let from = 0; from < units; from += CHUNK) {
    const length = Math.min(CHUNK, units - from)
    parts.push(
      String.fromCharCode(...Uint16Array.from({ length }, (_, i) => view.getUint16(2 * (from + i), littleEndian))),
    )
  }
  return parts.join('')
}
