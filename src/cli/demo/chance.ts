// Chance for made people: the same numbers for the same name, whatever else is drawn. Pure.

export interface Chance {
  /** 0 to 1. */
  readonly share: () => number
  readonly between: (from: number, to: number) => number
  /** Whole, both ends included. */
  readonly whole: (from: number, to: number) => number
  /** Of a bell curve around 0. */
  readonly normal: (sd: number) => number
  readonly happens: (probability: number) => boolean
}

/** @param name what it is for, for instance a client, a week and a day */
export function chanceOf(...name: readonly (string | number)[]): Chance {
  let state = hash(name.join(' '))
  // mulberry32
  const share = () => {
    state = (state + 0x6d2b79f5) | 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    share,
    between: (from, to) => from + share() * (to - from),
    whole: (from, to) => from + Math.floor(share() * (to - from + 1)),
    normal: (sd) => sd * Math.sqrt(-2 * Math.log(1 - share())) * Math.cos(2 * Math.PI * share()),
    happens: (probability) => share() < probability,
  }
}

/** A slow wandering around 0, a step a second: hills, wind, a thought. */
export function wandering(chance: Chance, sd: number, tauS: number): () => number {
  const kept = Math.exp(-1 / tauS)
  const kick = sd * Math.sqrt(1 - kept * kept)
  let at = chance.normal(sd)
  return () => (at = at * kept + chance.normal(kick))
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h
}
