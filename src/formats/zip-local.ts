// Finds what a zip holds without its directory, by the headers before its members: of an archive that is cut nothing else is left.
// Called where the directory is gone, or speaks of a part of the archive only.
import type { ByteSource } from './byte-source.ts'
import { isArchiveName } from './kind.ts'
import { decodeName } from './member-name.ts'
import { CENTRAL, LOCAL, saidCrc32, viewOf, widen, WRAP, type ZipEntry } from './zip-entry.ts'

const DESCRIPTOR = 0x08074b50
const HEADER_BYTES = 30
/** product choice: the ends of members that do not say their size are looked for in so many times the bytes of the archive. */
const SEARCHES = 8
/** What writers use: anything else that begins as a header is none. @source PKWARE APPNOTE 6.3.10 §4.4.3, §4.4.5 */
const MOST_VERSION = 99
const MOST_METHOD = 99
const MOST_NAME_BYTES = 4096

/** The members in their order, those that are cut too, without the ones that are known.
 *  @param known how many bytes are packed behind the headers of those that a directory lists, by their places modulo 4 GB */
export async function* scanLocals(
  source: ByteSource,
  known: ReadonlyMap<number, number> = new Map(),
): AsyncGenerator<ZipEntry> {
  const window = new Window(source)
  const search = { left: SEARCHES * source.size }
  for (let at = 0; ;) {
    const header = await findLocal(window, at, source.size)
    if (header === null) return
    const { dataAt, isStreamed, ...entry } = header
    const listed = known.get(entry.localAt % WRAP)
    if (listed !== undefined) {
      at = dataAt + listed
      continue
    }
    const sizes = isStreamed ? await findDescriptor(window, dataAt, source.size, search) : entry
    const room = source.size - dataAt
    const isCut = sizes === null || sizes.packedBytes > room
    yield { ...entry, ...sizes, ...(isCut ? { packedBytes: room, isCut } : {}) }
    // What a cut archive holds that is only stored is its own, not a member beside it.
    if (isCut) at = entry.method === 0 && isArchiveName(entry.path) ? source.size : dataAt
    else at = dataAt + sizes.packedBytes
  }
}

/** Whether a member begins in `[0, to)`. */
export const holdsLocal = async (source: ByteSource, to: number): Promise<boolean> =>
  (await findLocal(new Window(source), 0, to)) !== null

interface Header extends ZipEntry {
  readonly dataAt: number
  /** Its sizes stand behind its bytes. */
  readonly isStreamed: boolean
}

/** The first header that begins in `[from, to)`. */
async function findLocal(window: Window, from: number, to: number): Promise<Header | null> {
  for (let at = from; ; at++) {
    const found = await findSignature(window, at, to, (signature) => signature === LOCAL)
    if (found === null) return null
    const header = await readLocal(window, found)
    if (header !== null) return header
    at = found
  }
}

async function readLocal(window: Window, at: number): Promise<Header | null> {
  const bytes = await window.read(at, at + HEADER_BYTES)
  if (bytes.length < HEADER_BYTES) return null
  const view = viewOf(bytes)
  const [flags, method] = [view.getUint16(6, true), view.getUint16(8, true)]
  const [nameBytes, extraBytes] = [view.getUint16(26, true), view.getUint16(28, true)]
  if (view.getUint8(4) > MOST_VERSION || method > MOST_METHOD) return null
  if (nameBytes === 0 || nameBytes > MOST_NAME_BYTES) return null
  const said = { packedBytes: view.getUint32(18, true), sizeBytes: view.getUint32(22, true), localAt: at }
  const crc32 = saidCrc32(view.getUint32(14, true))
  const dataAt = at + HEADER_BYTES + nameBytes + extraBytes
  const behind = await window.read(at + HEADER_BYTES, dataAt)
  // Nothing of it is left but a part of its name.
  if (behind.length < nameBytes || behind.subarray(0, nameBytes).includes(0)) return null
  const sizes = widen(behind.subarray(nameBytes), said)
  return {
    path: decodeName(behind.subarray(0, nameBytes)),
    method,
    encrypted: (flags & 1) !== 0,
    ...sizes,
    crc32,
    recordBytes: dataAt - at,
    isCut: false,
    dataAt: Math.min(dataAt, at + HEADER_BYTES + behind.length),
    isStreamed: (flags & 8) !== 0 && sizes.packedBytes === 0,
  }
}

type Sizes = Pick<ZipEntry, 'packedBytes' | 'sizeBytes' | 'crc32'>

/** What stands behind the bytes of a streamed member, with its signature or without: the one that counts these bytes.
 *  @source PKWARE APPNOTE 6.3.10 §4.3.9 */
async function findDescriptor(
  window: Window,
  dataAt: number,
  size: number,
  search: { left: number },
): Promise<Sizes | null> {
  for (let at = dataAt; search.left > 0; at++) {
    const found = await findSignature(window, at, size, (signature) => endings.has(signature))
    search.left -= (found ?? size) - at + 1
    if (found === null) return null
    const signature = viewOf(await window.read(found, found + 4)).getUint32(0, true)
    const isSigned = signature === DESCRIPTOR
    for (const wide of [4, 8]) {
      const end = isSigned ? found : found - 4 - 2 * wide
      const sizes = end < dataAt ? null : await readSizes(window, isSigned ? end + 4 : end, wide)
      if (sizes !== null && sizes.packedBytes === (wide === 4 ? (end - dataAt) % WRAP : end - dataAt))
        return { ...sizes, packedBytes: end - dataAt }
    }
    at = found
  }
  return null
}
const endings = new Set([DESCRIPTOR, LOCAL, CENTRAL])

async function readSizes(window: Window, at: number, wide: number): Promise<Sizes | null> {
  const bytes = await window.read(at, at + 4 + 2 * wide)
  if (bytes.length < 4 + 2 * wide) return null
  const view = viewOf(bytes)
  const number = (from: number) => (wide === 4 ? view.getUint32(from, true) : Number(view.getBigUint64(from, true)))
  return { crc32: saidCrc32(view.getUint32(0, true)), packedBytes: number(4), sizeBytes: number(4 + wide) }
}

/** Where one of these begins in `[from, to)`. */
async function findSignature(window: Window, from: number, to: number, isWanted: (signature: number) => boolean) {
  for (let at = from; at < to;) {
    const bytes = await window.readOn(at)
    if (bytes.length < 4) return null
    const view = viewOf(bytes)
    for (let i = bytes.indexOf(0x50); i >= 0 && i + 4 <= bytes.length; i = bytes.indexOf(0x50, i + 1))
      if (bytes[i + 1] === 0x4b && isWanted(view.getUint32(i, true))) return at + i < to ? at + i : null
    at += bytes.length - 3
  }
  return null
}

const READ_BYTES = 1024 * 1024

/** Reads on in one direction, a large part at once. */
class Window {
  readonly #source: ByteSource
  #at = 0
  #bytes: Uint8Array = new Uint8Array()

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** The bytes `[from, to)`; fewer at the end. */
  async read(from: number, to: number): Promise<Uint8Array> {
    const end = Math.min(to, this.#source.size)
    if (from < this.#at || end > this.#at + this.#bytes.length) {
      // A source may give a view on memory that it uses again.
      this.#bytes = (await this.#source.read(from, Math.max(end, from + READ_BYTES))).slice()
      this.#at = from
    }
    return this.#bytes.subarray(from - this.#at, Math.max(from, end) - this.#at)
  }

  /** What is here from there on: four bytes at least, but at the end. */
  async readOn(from: number): Promise<Uint8Array> {
    await this.read(from, from + 4)
    return this.#bytes.subarray(from - this.#at)
  }
}
