// The file name of every download. Every route that sends a file calls it.
import { toFileName, toMemberName } from '../formats/archive/member-path.ts'

/** The value of `Content-Disposition`: a plain name for whoever reads no other, and beside it the name in its own letters.
 *  @source RFC 6266 §4.3, RFC 8187 §3.2 */
export const attachment = (name: string): string =>
  `attachment; filename="${toMemberName(name)}"; filename*=UTF-8''${encodeExtended(toFileName(name))}`

/** What `encodeURIComponent` leaves and an extended value may not hold. */
const encodeExtended = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
