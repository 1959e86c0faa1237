// Whatever somebody could look for who knows a word: the word in every way in which it may be written, its hashes, and its hashes
// under each key that the server has; in files, in what they hold packed, and in what was printed.
import { createHash, createHmac } from 'node:crypto'
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'

export interface Trace {
  readonly what: string
  readonly bytes: Buffer
}

/** Fewer bytes than these stand somewhere by chance. */
const LEAST = 7
/** So much of a hash is looked for: it may have been cut. */
const OF_HASH = 8

/** @param words by what they are
 *  @param keys whatever a keyed hash may have been made with */
export function tracesOf(words: ReadonlyMap<string, string>, keys: readonly string[]): Trace[] {
  const found: Trace[] = []
  for (const [what, word] of words)
    for (const spelling of new Set([
      word,
      word.toLowerCase(),
      word.toUpperCase(),
      ` ${word}`,
      word.toLowerCase().trim(),
    ]))
      for (const [how, bytes] of [...writingsOf(Buffer.from(spelling), spelling), ...hashesOf(spelling, keys)])
        if (bytes.length >= LEAST) found.push({ what: `${what}, ${how}`, bytes })
  return found
}

function writingsOf(bytes: Buffer, text: string): [how: string, bytes: Buffer][] {
  const utf16 = Buffer.from(text, 'utf16le')
  const written: [string, Buffer][] = [
    ['as it is', bytes],
    ['UTF-16', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['hex', Buffer.from(bytes.toString('hex'))],
    ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['of an address', Buffer.from(encodeURIComponent(text))],
    ['as JSON', Buffer.from(JSON.stringify(text).slice(1, -1))],
  ]
  // In base64 a text looks different by where in three bytes it begins; its ends depend on what stands beside it.
  for (const before of [0, 1, 2]) {
    const all = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '')
    const sure = all.slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6))
    written.push(['base64', Buffer.from(sure)])
    written.push(['base64url', Buffer.from(sure.replaceAll('+', '-').replaceAll('/', '_'))])
  }
  return written
}

function hashesOf(text: string, keys: readonly string[]): [how: string, bytes: Buffer][] {
  const hashed: [string, Buffer][] = []
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
    hashed.push([algorithm, createHash(algorithm).update(text).digest()])
    if (algorithm === 'sha1' || algorithm === 'sha256')
      for (const [at, key] of keys.entries())
        hashed.push([`${algorithm} under key ${at}`, createHmac(algorithm, key).update(text).digest()])
  }
  return hashed.flatMap(([how, whole]): [string, Buffer][] => {
    const hex = whole.toString('hex').slice(0, OF_HASH * 2)
    const base64 = whole.toString('base64').slice(0, Math.floor((OF_HASH * 8) / 6))
    return [
      [how, whole.subarray(0, OF_HASH)],
      [`${how}, hex`, Buffer.from(hex)],
      [`${how}, HEX`, Buffer.from(hex.toUpperCase())],
      [`${how}, base64`, Buffer.from(base64)],
      [`${how}, base64url`, Buffer.from(base64.replaceAll('+', '-').replaceAll('/', '_'))],
    ]
  })
}

/** Looks for all of them in one walk. */
export function makeFinder(traces: readonly Trace[]): (bytes: Buffer) => string[] {
  const byStart = Map.groupBy(traces, ({ bytes }) => bytes.readUInt32LE(0))
  return (bytes) => {
    const found = new Set<string>()
    for (let at = 0; at + 4 <= bytes.length; at++)
      for (const trace of byStart.get(bytes.readUInt32LE(at)) ?? [])
        if (bytes.subarray(at, at + trace.bytes.length).equals(trace.bytes)) found.add(trace.what)
    return [...found].sort()
  }
}

/** The bytes, and what they are when they are opened, by whichever way they were packed. */
export function opened(bytes: Buffer): Buffer[] {
  const all = [bytes]
  for (const open of [inflateRawSync, inflateSync, gunzipSync])
    try {
      all.push(open(bytes))
    } catch {
      // Packed in another way, or not at all.
    }
  return all
}
