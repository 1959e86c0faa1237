// The first look at an XML file, before any parser: is it ours, is it safe, where does it end or break, and where do its
// track points stand. One pass over the text, no recursion, linear in its length. What it lets through holds elements,
// text and CDATA only: no document type, no entities, no processing instructions, no deep nesting, no giant tags.
import type { ReadingWarning } from '../../domain/reading-codes.ts'

/** Names of a format: its root element and the element of one point, without prefix. */
export interface XmlNames {
  readonly root: string
  readonly point: string
}

/** Points `[from, to)` that stand in one parent, one after another. */
export interface PointRun {
  readonly from: number
  readonly to: number
}

export interface XmlScan {
  readonly ok: true
  /** The document without its points, comments and declaration, every element closed; in place of each run of points
   *  stands `<calmpace-points run="i"/>`. */
  readonly skeleton: string
  /** Start and end of each complete point in the text, one after the other. */
  readonly pointEnds: readonly number[]
  readonly runs: readonly PointRun[]
  /** What was wrong, where the scan had to stop. */
  readonly warning: Extract<ReadingWarning, 'TRUNCATED' | 'DAMAGED' | 'TRAILING_BYTES'> | null
  /** Where the document ends in the text. */
  readonly end: number
}
export type XmlRefusal = { readonly ok: false; readonly why: 'wrong_root' | 'refused' | 'no_root' }

/** Names the element that stands for a run of points; a file that brings it itself is refused. */
export const runMarker = 'calmpace-points'

/** Names that no file may bring: ours, and those with which programs that make objects of XML are attacked. */
const forbiddenNames: ReadonlySet<string> = new Set([runMarker, '__proto__', 'constructor', 'prototype'])

/** Deeper than any TCX or GPX (product choice; Garmin's own are 9 deep). */
const MAX_DEPTH = 32
/** Longest tag and longest point, characters (product choice; a root with many schemas has 2,000, a point 1,500). */
const MAX_TAG = 16_384
const MAX_POINT = 65_536
/** Longest skeleton (product choice; a lap has some 500 characters, so this is thousands of laps). */
const MAX_SKELETON = 4_194_304

/** Scan a whole text.
 *  @returns what could be kept of it, or why nothing may be read */
export function scanXml(text: string, names: XmlNames): XmlScan | XmlRefusal {
  return new Scanner(text, names).scan()
}

/** The name without its prefix, cut at the first colon as fast-xml-parser does. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

type Stop = 'TRUNCATED' | 'DAMAGED' | 'TRAILING_BYTES' | 'refused' | 'wrong_root'

class Scanner {
  readonly #text: string
  /** A NUL is no character of XML: a device that died fills its file up with them. */
  readonly #cutAtNul: boolean
  readonly #names: XmlNames
  readonly #open: string[] = []
  readonly #parts: string[] = []
  readonly #pointEnds: number[] = []
  readonly #runs: { readonly from: number; to: number }[] = []
  #at = 0
  /** Up to here the text is in the skeleton, or left out of it. */
  #copied = 0
  #skeletonLength = 0
  #rootSeen = false
  /** Depth and start of the point that is open. */
  #point: { readonly depth: number; readonly start: number } | null = null
  /** Whether the parent of the last point is still the innermost element. */
  #inRun = false

  constructor(text: string, names: XmlNames) {
    const nul = text.indexOf('\0')
    this.#cutAtNul = nul >= 0
    this.#text = this.#cutAtNul ? text.slice(0, nul) : text
    this.#names = names
  }

  scan(): XmlScan | XmlRefusal {
    const stop = this.#walk()
    if (stop === 'refused' || stop === 'wrong_root') return { ok: false, why: stop }
    if (!this.#rootSeen) return { ok: false, why: stop === 'TRUNCATED' ? 'no_root' : 'wrong_root' }
    for (const name of this.#open.slice(0, this.#point?.depth).toReversed()) this.#parts.push(`</${name}>`)
    return {
      ok: true,
      skeleton: this.#parts.join(''),
      pointEnds: this.#pointEnds,
      runs: this.#runs,
      warning: stop ?? (this.#cutAtNul ? 'TRAILING_BYTES' : null),
      end: this.#at,
    }
  }

  #walk(): Stop | null {
    const text = this.#text
    for (;;) {
      const next = text.indexOf('<', this.#at)
      const textEnd = next < 0 ? text.length : next
      const stray = this.#open.length === 0 && /\S/.test(text.slice(this.#at, Math.min(textEnd, this.#at + MAX_TAG)))
      if (stray) return this.#rootSeen ? 'TRAILING_BYTES' : 'wrong_root'
      if (next < 0) return this.#rootSeen && this.#open.length === 0 ? null : 'TRUNCATED'
      if (this.#rootSeen && this.#open.length === 0 && text[next + 1] !== '!') return 'TRAILING_BYTES'
      this.#at = next
      const stop = this.#markup()
      if (stop !== null) return stop
      if (this.#skeletonLength > MAX_SKELETON) return 'refused'
    }
  }

  #markup(): Stop | null {
    switch (this.#text[this.#at + 1]) {
      case undefined:
        return 'TRUNCATED'
      case '?':
        return this.#rootSeen ? 'DAMAGED' : this.#skip('?>', 2)
      case '!':
        return this.#declaration()
      case '/':
        return this.#closeTag()
      default:
        return this.#openTag()
    }
  }

  #declaration(): Stop | null {
    const text = this.#text
    if (text.startsWith('<!--', this.#at)) return this.#skip('-->', 4)
    const rest = text.slice(this.#at, this.#at + 32)
    if (this.#open.length > 0 && rest.startsWith('<![CDATA[')) {
      const end = text.indexOf(']]>', this.#at + 9)
      if (end < 0) return 'TRUNCATED'
      this.#at = end + 3
      return null
    }
    if (/^<!doctype\s+html/i.test(rest)) return 'wrong_root'
    if (/^<!\[?(doctype|entity|element|attlist|notation|include|ignore)/i.test(rest)) return 'refused'
    return this.#rootSeen ? 'DAMAGED' : 'wrong_root'
  }

  /** Leave a comment or the XML declaration out. Inside a point it stays: the point is copied as a whole. */
  #skip(closing: string, opening: number): Stop | null {
    const end = this.#text.indexOf(closing, this.#at + opening)
    if (end < 0) return 'TRUNCATED'
    if (this.#point === null) this.#copyTo(this.#at)
    this.#at = end + closing.length
    if (this.#point === null) this.#copied = this.#at
    return null
  }

  #openTag(): Stop | null {
    const end = tagEnd(this.#text, this.#at + 1)
    if (typeof end === 'string') return this.#rootSeen || end === 'TRUNCATED' ? end : 'wrong_root'
    const selfClosing = this.#text[end - 1] === '/'
    const name = nameAt(this.#text, this.#at + 1, end - (selfClosing ? 1 : 0))
    if (name === null) return this.#rootSeen ? 'DAMAGED' : 'wrong_root'
    const local = localName(name)
    if (!this.#rootSeen && local !== this.#names.root) return 'wrong_root'
    if (forbiddenNames.has(local) || this.#open.length >= MAX_DEPTH) return 'refused'
    const start = this.#at
    this.#at = end + 1
    this.#rootSeen = true
    if (this.#point !== null) {
      if (!selfClosing) this.#open.push(name)
      return null
    }
    if (local !== this.#names.point || this.#open.length === 0) {
      this.#inRun = false
      this.#copyTo(this.#at)
      if (!selfClosing) this.#open.push(name)
      return null
    }
    this.#startPoint(start)
    if (selfClosing) return this.#endPoint(this.#at)
    this.#open.push(name)
    return null
  }

  #closeTag(): Stop | null {
    const end = this.#text.indexOf('>', this.#at)
    if (end < 0) return 'TRUNCATED'
    if (end - this.#at > MAX_TAG) return 'DAMAGED'
    const name = this.#text.slice(this.#at + 2, end).trimEnd()
    if (this.#open.at(-1) !== name) return this.#rootSeen ? 'DAMAGED' : 'wrong_root'
    this.#open.pop()
    this.#at = end + 1
    if (this.#point === null) {
      this.#inRun = false
      this.#copyTo(this.#at)
      return null
    }
    return this.#open.length === this.#point.depth ? this.#endPoint(this.#at) : null
  }

  #startPoint(start: number): void {
    // Between two points of one run stands nothing but space.
    if (this.#inRun) this.#copied = start
    else this.#copyTo(start)
    this.#point = { depth: this.#open.length, start }
  }

  #endPoint(end: number): Stop | null {
    const start = this.#point?.start ?? end
    this.#point = null
    this.#copied = end
    if (end - start > MAX_POINT) return 'DAMAGED'
    const count = this.#pointEnds.length / 2
    this.#pointEnds.push(start, end)
    const last = this.#runs.at(-1)
    if (this.#inRun && last !== undefined) last.to = count + 1
    else {
      this.#parts.push(`<${runMarker} run="${this.#runs.length}"/>`)
      this.#runs.push({ from: count, to: count + 1 })
      this.#inRun = true
    }
    return null
  }

  #copyTo(end: number): void {
    if (end <= this.#copied) return
    this.#parts.push(this.#text.slice(this.#copied, end))
    this.#skeletonLength += end - this.#copied
    this.#copied = end
  }
}

/** The place of the `>` that closes a tag; quoted attribute values are stepped over. */
function tagEnd(text: string, from: number): number | 'TRUNCATED' | 'DAMAGED' {
  const limit = Math.min(text.length, from + MAX_TAG)
  for (let at = from; at < limit; at++) {
    const character = text[at]
    if (character === '>') return at
    if (character === '<') return 'DAMAGED'
    if (character !== '"' && character !== "'") continue
    at = text.indexOf(character, at + 1)
    if (at < 0) return 'TRUNCATED'
  }
  return limit === text.length ? 'TRUNCATED' : 'DAMAGED'
}

const namePattern = /^[\p{L}_][\p{L}\p{N}_.-]*(:[\p{L}_][\p{L}\p{N}_.-]*)?$/u

function nameAt(text: string, from: number, to: number): string | null {
  let end = from
  while (end < to && text.charCodeAt(end) > 0x20) end++
  const name = text.slice(from, end)
  return namePattern.test(name) ? name : null
}
