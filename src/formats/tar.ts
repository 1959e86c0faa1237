// Reads a tar archive in one pass, as it comes out of its gzip: ustar, pax and the long names of GNU. Links, folders and
// devices are no files. It exists because the kept libraries want the whole archive in memory or the streams of Node.
import type { PieceFlow } from './inflate.ts'
import { decodeName } from './member-name.ts'
import type { Pieces } from './pieces.ts'

export interface TarMember {
  readonly path: string
  readonly sizeBytes: number
  /** Its bytes; what nobody asks for is passed over. */
  readonly flow: PieceFlow
}

const BLOCK = 512
/** Names of a pax header or a long name of GNU: more is no name. */
const MOST_NAME_BYTES = 1024 * 1024

/** Whether these bytes begin as a tar: the checksum of its first header fits. A text of zeros is none. */
export const isTar = (bytes: Uint8Array): boolean => bytes.length >= BLOCK && bytes[0] !== 0 && checksumFits(bytes)

/** The files of an archive, in its order. Each has to be read, or left, before the next is asked for.
 *  @returns false where it is damaged or cut; what came before is whole
 *  @source POSIX.1-2017 pax; GNU tar manual, "Basic Tar Format" */
export async function* readTar(pieces: Pieces): AsyncGenerator<TarMember, boolean> {
  let global: ReadonlyMap<string, string> = new Map()
  let own: ReadonlyMap<string, string> = new Map()
  let isAnnounced = false
  let isEnded = false
  for (;;) {
    const header = (await pieces.take(BLOCK)).slice()
    // An archive ends in blocks of zeros; some writers leave them out. What a header speaks of has to follow.
    if (header.length === 0) return (pieces.end === 'whole' || (isEnded && pieces.end === 'trailing')) && !isAnnounced
    if (header.length < BLOCK) return isEnded && header.every((byte) => byte === 0)
    if (header.every((byte) => byte === 0)) {
      if (isAnnounced) return false
      // Another archive may follow, where two were put together.
      isEnded = true
      continue
    }
    isEnded = false
    const type = String.fromCharCode(header[156])
    const isAboutNext = 'xgLK'.includes(type)
    const words = isAboutNext ? new Map<string, string>() : new Map([...global, ...own])
    const said = readNumber(words.get('size') ?? header.subarray(124, 136))
    if (!checksumFits(header) || said === null) return false
    const sizeBytes = hasNoBytes(type) ? 0 : said
    const rest = (BLOCK - (sizeBytes % BLOCK)) % BLOCK
    isAnnounced = isAboutNext
    if (isAboutNext) {
      if (sizeBytes > MOST_NAME_BYTES) return false
      const bytes = await pieces.take(sizeBytes)
      if (bytes.length < sizeBytes) return false
      if (type === 'g') global = new Map([...global, ...readPax(bytes)])
      else if (type === 'x') own = new Map([...own, ...readPax(bytes)])
      else if (type === 'L') own = new Map([...own, ['path', readText(bytes)]])
      if ((await pieces.take(rest)).length < rest) return false
      continue
    }
    own = new Map()
    const path = words.get('path') ?? nameOf(header)
    const end = pieces.taken + sizeBytes
    const flow = pieces.flow(sizeBytes)
    if (isFile(type) && !path.endsWith('/')) yield { path, sizeBytes, flow }
    for await (const _ of flow);
    if (pieces.taken < end) return false
    if ((await pieces.take(rest)).length < rest) return false
  }
}

/** Links, devices, folders: a size there is of something else. */
const hasNoBytes = (type: string): boolean => type >= '1' && type <= '6'
const isFile = (type: string): boolean => type === '0' || type === '\0' || type === '7'

/** The sum of the header with blanks for the sum itself; old writers took the bytes as signed. */
function checksumFits(header: Uint8Array): boolean {
  let [plain, signed] = [0, 0]
  for (let i = 0; i < BLOCK; i++) {
    const byte = i >= 148 && i < 156 ? 0x20 : header[i]
    plain += byte
    signed += byte > 127 ? byte - 256 : byte
  }
  const said = readNumber(header.subarray(148, 156))
  return said === plain || said === signed
}

/** Octal digits; of a pax header decimal ones; of GNU 256-based where the first bit is set. Null for anything else. */
function readNumber(field: Uint8Array | string): number | null {
  if (typeof field === 'string') return /^\d{1,15}$/.test(field) ? Number(field) : null
  if ((field[0] & 0x80) !== 0) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, field[0] & 0x7f)
    return Number.isSafeInteger(value) ? value : null
  }
  const digits = readText(field).trim()
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null
}

/** Records `length key=value\n`; the length counts all of the record. */
function readPax(bytes: Uint8Array): Map<string, string> {
  const words = new Map<string, string>()
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(0x20, at)
    const length = blank < 0 ? Number.NaN : Number(decodeName(bytes.subarray(at, blank)))
    if (!(length > blank - at && at + length <= bytes.length)) break
    const record = decodeName(bytes.subarray(blank + 1, at + length - 1))
    const equals = record.indexOf('=')
    if (equals > 0) words.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return words
}

function nameOf(header: Uint8Array): string {
  const name = readText(header.subarray(0, 100))
  // GNU keeps times where POSIX has the front of the name: its magic ends in a blank.
  const isPosix = readText(header.subarray(257, 263)) === 'ustar'
  const front = isPosix ? readText(header.subarray(345, 500)) : ''
  return front === '' ? name : `${front}/${name}`
}

/** Up to the first zero. */
function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0)
  return decodeName(end < 0 ? bytes : bytes.subarray(0, end))
}
