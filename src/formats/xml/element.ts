// The tree that fast-xml-parser gives under the options of `xml-file.ts`, and how to ask it things: every element is an
// array of those of its name, text and attributes are strings. Nothing here throws.
import type { ReadingWarning } from '../../domain/reading-codes.ts'

export type XmlNode = string | XmlElement
export interface XmlElement {
  readonly [name: string]: string | readonly XmlNode[]
}
export type Warn = (code: ReadingWarning) => void

/** The children of this name, in order. */
export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  const found = typeof node === 'object' ? node[name] : undefined
  return Array.isArray(found) ? found : []
}

/** The first element at this path of names. */
export function findElement(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let found = node
  for (const name of path) found = childrenOf(found, name)[0]
  return found
}

/** All elements at this path of names, in order: who writes several may mean any of them. */
export function findElements(node: XmlNode, ...path: readonly string[]): readonly XmlNode[] {
  let found: readonly XmlNode[] = [node]
  for (const name of path)
    found = found.length === 1 ? childrenOf(found[0], name) : found.flatMap((one) => childrenOf(one, name))
  return found
}

/** The texts of those of these elements that have one, trimmed. */
export function textsOf(nodes: readonly XmlNode[]): string[] {
  const texts: string[] = []
  for (const node of nodes) {
    const text = textOf(node)
    if (text !== null) texts.push(text)
  }
  return texts
}

/** The text of an element, trimmed; null where there is none. */
export function textOf(node: XmlNode | undefined): string | null {
  const text = typeof node === 'object' ? node['#text'] : node
  return typeof text === 'string' ? text.trim() : null
}

/** The value of an attribute, null where it is missing. */
export function attributeOf(node: XmlNode | undefined, name: string): string | null {
  const value = typeof node === 'object' ? node[`@_${name}`] : undefined
  return typeof value === 'string' ? value.trim() : null
}

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const commaPattern = /^([+-]?\d+),(\d+)$/
/** No measure of a run is larger (product choice). */
const LARGEST = 1e9

/** A number; NaN for none, for `NaN`, and, with a warning, for text that is no number.
 *  @param most what no value of this kind exceeds */
export function toNumber(text: string | null, warn: Warn, most = LARGEST): number {
  if (text === null || text === '' || /^nan$/i.test(text)) return Number.NaN
  const plain = withPoint(text, most)
  const value = numberPattern.test(plain) ? Number(plain) : Number.NaN
  if (Math.abs(value) <= LARGEST) return value
  warn('VALUE_UNREADABLE')
  return Number.NaN
}

/** A decimal comma as a point, where it can mean nothing else: `1,234` may be a thousand. */
function withPoint(text: string, most: number): string {
  const [, whole, decimals] = commaPattern.exec(text) ?? []
  if (whole === undefined || decimals === undefined) return text
  const digits = whole.replace(/^[+-]/, '')
  const mayBeThousands = decimals.length === 3 && digits.length <= 3 && !digits.startsWith('0')
  return mayBeThousands && Number(digits + decimals) <= most ? text : `${whole}.${decimals}`
}

/** Words for people: the five named entities of XML put back, at most 80 characters; null where nothing is left. */
export function toWords(text: string | null): string | null {
  const words = text?.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof entities) => entities[name])
  return words === undefined || words === '' ? null : words.replaceAll(/\s+/g, ' ').slice(0, 80)
}
const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
