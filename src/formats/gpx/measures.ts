// Where GPX points hide what is no position: the format has no heart rate, each maker has an extension of its own. They
// are found by name, at any depth and under any prefix.
import { textOf, type XmlNode } from '../xml/element.ts'

const measures = ['heartRate', 'cadence', 'speed', 'distance', 'temperature'] as const
export type Measure = (typeof measures)[number]

/** Element names without prefix, in lower case, and what they measure. Seen in: Garmin `gpxtpx:hr`, `cad`, `atemp`,
 *  `speed`; Cluetrust `gpxdata:hr`, `cadence`, `temp`, `distance`; Suunto, Polar and apps `heartrate`; GPX 1.0 `speed`. */
const names: Readonly<Record<string, Measure>> = {
  hr: 'heartRate',
  heartrate: 'heartRate',
  heart_rate: 'heartRate',
  heartratebpm: 'heartRate',
  cad: 'cadence',
  cadence: 'cadence',
  runcadence: 'cadence',
  speed: 'speed',
  distance: 'distance',
  atemp: 'temperature',
  temp: 'temperature',
  temperature: 'temperature',
}

/** The text of each measure of a point, the first of each kind; null where the point does not have it. */
export function findMeasures(point: XmlNode): Record<Measure, string | null> {
  const found: Record<Measure, string | null> = {
    heartRate: null,
    cadence: null,
    speed: null,
    distance: null,
    temperature: null,
  }
  walk(point, found)
  return found
}

/** The depth is bounded by the scan. */
function walk(node: XmlNode, found: Record<Measure, string | null>): void {
  if (typeof node === 'string') return
  for (const [name, children] of Object.entries(node)) {
    if (typeof children === 'string') continue
    const key = name.toLowerCase()
    const measure = Object.hasOwn(names, key) ? names[key] : undefined
    if (measure !== undefined) found[measure] ??= textOf(children[0])
    else for (const child of children) walk(child, found)
  }
}
