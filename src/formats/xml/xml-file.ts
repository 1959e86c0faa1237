// Opens a TCX or GPX file for its reader: bytes to text, the scan, then fast-xml-parser on the skeleton and, in small
// batches, on the points, so that memory follows the readings and not the tree of all elements. Never throws.
import { XMLParser } from 'fast-xml-parser'
import type { ReadingWarning } from '../../domain/reading-codes.ts'
import { decodeText } from './decode-text.ts'
import { attributeOf, childrenOf, type Warn, type XmlNode } from './element.ts'
import { runMarker, scanXml, type PointRun, type XmlNames, type XmlRefusal, type XmlScan } from './scan-xml.ts'

export interface XmlFile {
  readonly ok: true
  /** The root element without its points. */
  readonly root: XmlNode
  /** Whether the file is cut or broken somewhere. */
  readonly warning: ReadingWarning | null
  /** Hand each complete point that stands directly in this element to `take`, in file order. */
  readonly eachPoint: (parent: XmlNode, take: (point: XmlNode) => void, warn: Warn) => void
  /** The same for every point that nobody has taken so far, wherever it stands but in these elements.
   *  @param take gets the number of the stretch as well */
  readonly eachLeft: (notIn: ReadonlySet<string>, take: (point: XmlNode, stretch: number) => void, warn: Warn) => void
}

/** Entities stay unread (the scan lets no document type through either); text stays text. */
const parser = new XMLParser({
  processEntities: false,
  htmlEntities: false,
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  maxNestedTags: 64,
  jPath: false,
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
})

const BATCH = 256

/** product choice: so many documents one behind the other are read. */
const MOST_DOCUMENTS = 100

/** Open the bytes of a file: its document, and others of its kind that stand behind it, as where files were put together.
 *  @returns at least one; a refusal stands alone */
export function openXml(bytes: Uint8Array, names: XmlNames): readonly XmlFile[] | XmlRefusal {
  const beginning = new RegExp(String.raw`^\s*<(?:\?xml\s|(?:[\w.-]+:)?${names.root}[\s/>])`)
  const files: XmlFile[] = []
  for (let text = decodeText(bytes); ;) {
    const opened = openDocument(text, names)
    if (!opened.ok) return files.length === 0 ? opened : files
    const behind = opened.warning === 'TRAILING_BYTES' ? text.slice(opened.end).replace(/^[\s\0]+/, '') : ''
    const isFollowed = files.length + 1 < MOST_DOCUMENTS && beginning.test(behind) && scanXml(behind, names).ok
    files.push(isFollowed ? { ...opened, warning: null } : opened)
    if (!isFollowed) return files
    text = behind
  }
}

function openDocument(text: string, names: XmlNames): (XmlFile & { readonly end: number }) | XmlRefusal {
  const scan = scanXml(text, names)
  if (!scan.ok) return scan
  const root = childrenOf(parse(scan.skeleton) ?? undefined, names.root)[0]
  if (root === undefined) return { ok: false, why: 'refused' }
  const untaken = new Set(scan.runs.keys())
  const eachPoint: XmlFile['eachPoint'] = (parent, take, warn) => {
    for (const marker of childrenOf(parent, runMarker)) {
      const run = Number(attributeOf(marker, 'run'))
      if (untaken.delete(run)) eachOfRun({ text, scan, names }, scan.runs[run], take, warn)
    }
  }
  const eachLeft: XmlFile['eachLeft'] = (notIn, take, warn) => {
    let stretch = 0
    const walk = (node: XmlNode): void => {
      if (untaken.size === 0 || typeof node === 'string') return
      eachPoint(node, (point) => take(point, stretch), warn)
      stretch++
      for (const [name, children] of Object.entries(node))
        if (typeof children !== 'string' && name !== runMarker && !notIn.has(name))
          for (const one of children) walk(one)
    }
    walk(root)
  }
  return { ok: true, root, warning: scan.warning, end: scan.end, eachPoint, eachLeft }
}

interface Source {
  readonly text: string
  readonly scan: XmlScan
  readonly names: XmlNames
}

function eachOfRun(source: Source, run: PointRun, take: (point: XmlNode) => void, warn: Warn): void {
  for (let from = run.from; from < run.to; from += BATCH)
    for (const point of parseBatch(source, from, Math.min(run.to, from + BATCH), warn)) take(point)
}

/** A point that the parser does not take for one is left out; those beside it are kept. */
function parseBatch(source: Source, from: number, to: number, warn: Warn): readonly XmlNode[] {
  const points = parsePoints(source, from, to)
  if (points.length === to - from) return points
  return Array.from({ length: to - from }, (_, i) => from + i).flatMap((at) => {
    const alone = parsePoints(source, at, at + 1)
    if (alone.length !== 1) warn('DAMAGED')
    return alone.length === 1 ? alone : []
  })
}

function parsePoints({ text, scan, names }: Source, from: number, to: number): readonly XmlNode[] {
  const slices = Array.from({ length: to - from }, (_, i) =>
    text.slice(scan.pointEnds[2 * (from + i)], scan.pointEnds[2 * (from + i) + 1]),
  )
  const tree = parse(`<points>${slices.join('')}</points>`)
  return childrenOf(childrenOf(tree ?? undefined, 'points')[0], names.point)
}

function parse(text: string): XmlNode | null {
  try {
    return parser.parse(text) as XmlNode
  } catch {
    return null
  }
}
