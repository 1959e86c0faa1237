// Writes tar archives in the dialects that programs write: ustar, pax and GNU.
import { joinBytes } from '../../src/formats/join-bytes.ts'

const utf8 = new TextEncoder()

export interface TarHeader {
  readonly name: string
  readonly type?: string
  readonly size?: number
  /** Front of the name, of ustar. */
  readonly front?: string
  readonly gnu?: boolean
  /** The size in base 256, as GNU writes what no octal field holds. */
  readonly base256?: boolean
}

export function tarHeader({
  name,
  type = '0',
  size = 0,
  front = '',
  gnu = false,
  base256 = false,
}: TarHeader): Uint8Array {
  const header = new Uint8Array(512)
  const put = (at: number, text: string) => header.set(utf8.encode(text), at)
  put(0, name)
  put(100, '0000644\0')
  if (base256) {
    header[124] = 0x80
    for (let i = 0, left = size; i < 11; i++, left = Math.floor(left / 256)) header[135 - i] = left % 256
  } else put(124, `${size.toString(8).padStart(11, '0')}\0`)
  put(148, '        ')
  put(156, type)
  put(257, gnu ? 'ustar  \0' : 'ustar\u000000')
  if (gnu) put(345, '14735221213')
  else put(345, front)
  const sum = header.reduce((all, byte) => all + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return header
}

/** One entry: its header, its bytes, blanks to the next block. */
export const tarEntry = (header: Omit<TarHeader, 'size'>, bytes: Uint8Array = new Uint8Array()): Uint8Array =>
  joinBytes([tarHeader({ ...header, size: bytes.length }), bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)])

/** The records of a pax header, each of which begins with its own length. */
export function paxRecords(words: Readonly<Record<string, string>>): Uint8Array {
  const records = Object.entries(words).map(([key, value]) => {
    const rest = utf8.encode(` ${key}=${value}\n`)
    let length = rest.length + 1
    while (String(length).length + rest.length !== length) length++
    return joinBytes([utf8.encode(String(length)), rest])
  })
  return joinBytes(records)
}

export const makeTar = (entries: readonly Uint8Array[]): Uint8Array => joinBytes([...entries, new Uint8Array(1024)])
