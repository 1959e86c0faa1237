// Ways in which a file gets damaged, from a seed. Pure: the same bytes and the same random numbers give the same damage.

type Random = () => number
type Damage = (bytes: Uint8Array, random: Random) => Uint8Array

/** A whole number from 0 up to, not including, `below`. */
const upTo = (random: Random, below: number): number => Math.floor(random() * below)

const randomBytes = (random: Random, length: number): Uint8Array => Uint8Array.from({ length }, () => upTo(random, 256))

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function changed(bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  copy.set(piece.subarray(0, bytes.length - at), at)
  return copy
}

/** Where the headers of chained parts begin. */
function headersIn(bytes: Uint8Array): number[] {
  const places: number[] = []
  for (let at = 0; at + 12 <= bytes.length; at++)
    if (bytes[at + 8] === 0x2e && bytes[at + 9] === 0x46 && bytes[at + 10] === 0x49 && bytes[at + 11] === 0x54)
      places.push(at)
  return places
}

const damages: Readonly<Record<string, Damage>> = {
  'one bit': (bytes, random) => {
    const at = upTo(random, bytes.length)
    return bytes.with(at, bytes[at] ^ (1 << upTo(random, 8)))
  },
  'some bytes': (bytes, random) => {
    const copy = bytes.slice()
    for (let k = upTo(random, 6); k >= 0; k--) copy[upTo(random, bytes.length)] = upTo(random, 256)
    return copy
  },
  'a block of rubbish': (bytes, random) =>
    changed(bytes, upTo(random, bytes.length), randomBytes(random, 1 + upTo(random, 200))),
  'a block of nothing': (bytes, random) =>
    changed(bytes, upTo(random, bytes.length), new Uint8Array(1 + upTo(random, 600)).fill(random() < 0.5 ? 0 : 0xff)),
  'bytes put in': (bytes, random) => {
    const at = upTo(random, bytes.length + 1)
    return joined(bytes.subarray(0, at), randomBytes(random, 1 + upTo(random, 40)), bytes.subarray(at))
  },
  'bytes taken out': (bytes, random) => {
    const at = upTo(random, bytes.length)
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + upTo(random, random() < 0.5 ? 4 : 400)))
  },
  'a block twice': (bytes, random) => {
    const at = upTo(random, bytes.length)
    const end = at + 1 + upTo(random, 600)
    return joined(bytes.subarray(0, end), bytes.subarray(at))
  },
  cut: (bytes, random) => bytes.slice(0, upTo(random, bytes.length)),
  'rubbish behind': (bytes, random) => joined(bytes, randomBytes(random, 1 + upTo(random, 300))),
  'itself behind, cut': (bytes, random) => joined(bytes, bytes.subarray(0, 1 + upTo(random, bytes.length - 1))),
  'itself in its middle': (bytes, random) => {
    const at = upTo(random, bytes.length)
    return joined(bytes.subarray(0, at), bytes, bytes.subarray(at))
  },
  'a header that lies': (bytes, random) => {
    const headers = headersIn(bytes)
    const at = headers[upTo(random, headers.length)] ?? 0
    // Size of the header, versions, size of the data, checksum; the name ".FIT" seldom.
    const field = [0, 1, 2, 4, 4, 4, 5, 6, 7, 12, 13, 8 + upTo(random, 4)][upTo(random, 12)] ?? 0
    return changed(bytes, Math.min(bytes.length - 1, at + field), randomBytes(random, 1 + upTo(random, 2)))
  },
}
export const damageKinds = Object.keys(damages)

/** One damage of a random kind; now and then a second one on top. */
export function damage(bytes: Uint8Array, random: Random): { readonly kind: string; readonly bytes: Uint8Array } {
  const kind = damageKinds[upTo(random, damageKinds.length)] ?? 'cut'
  const once = damages[kind]?.(bytes, random) ?? bytes
  if (random() < 0.85 || once.length === 0) return { kind, bytes: once }
  const second = damage(once, random)
  return { kind: `${kind}, ${second.kind}`, bytes: second.bytes }
}

/** The first byte that is not what it was; null where nothing changed. */
export function firstDamagedByte(before: Uint8Array, after: Uint8Array): number | null {
  const length = Math.min(before.length, after.length)
  for (let at = 0; at < length; at++) if (before[at] !== after[at]) return at
  return before.length === after.length ? null : length
}
