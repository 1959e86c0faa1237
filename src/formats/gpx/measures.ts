// Where GPX points hide what is no position: the format has no heart rate, each maker has an extension of its own. They
// are found by name, at any depth and under any prefix.
import { attributeOf, childrenOf, textsOf, type XmlNode } from '../xml/element.ts'

const measures = ['heartRate', 'cadence', 'speed', 'distance', 'temperature'] as const
export type Measure = (typeof measures)[number]

/** Element names without prefix, in lower case, and what they measure. Seen in: Garmin `gpxtpx:hr`, `cad`, `atemp`,
 *  `speed`; Cluetrust `gpxdata:hr`, `cadence`, `temp`, `distance`; Suunto, Polar and apps `heartrate`; Holux `bpm`; GPX 1.0
 *  `speed`. */
const names: Readonly<Record<string, Measure>> = {
  hr: 'heartRate',
  heartrate: 'heartRate',
  heart_rate: 'heartRate',
  heartratebpm: 'heartRate',
  bpm: 'heartRate',
  cad: 'cadence',
  cadence: 'cadence',
  runcadence: 'cadence',
  speed: 'speed',
  distance: 'distance',
  atemp: 'temperature',
  temp: 'temperature',
  temperature: 'temperature',
}

/** The texts of each measure of a point, in their order: several blocks of extensions may each have their own, and which of
 *  them says something is for the reader of numbers to tell. */
export function findMeasures(point: XmlNode): Record<Measure, string[]> {
  const found: Record<Measure, string[]> = { heartRate: [], cadence: [], speed: [], distance: [], temperature: [] }
  walk(point, found)
  return found
}

/** The depth is bounded by the scan. */
function walk(node: XmlNode, found: Record<Measure, string[]>): void {
  if (typeof node === 'string') return
  for (const [name, children] of Object.entries(node)) {
    if (typeof children === 'string') continue
    for (const child of children) {
      // OruxMaps names what it means in an attribute: `<om:ext type="HEARTRATE">`.
      const key = (name === 'ext' ? (attributeOf(child, 'type') ?? name) : name).toLowerCase()
      const measure = Object.hasOwn(names, key) ? names[key] : undefined
      if (measure === undefined) walk(child, found)
      else found[measure].push(...textsOf([child]), ...textsOf(childrenOf(child, 'Value')))
    }
  }
}
