// Reads a GPX file (1.0 and 1.1, with the heart-rate extensions that watches and apps write) into recordings. Called by
// read-file.ts and by tests; never throws, whatever the bytes.
import type { FileReading } from '../file-reading.ts'
import { ActivityReading } from '../xml/activity-reading.ts'
import {
  attributeOf,
  childrenOf,
  findElement,
  findElements,
  textOf,
  textsOf,
  toWords,
  type XmlNode,
} from '../xml/element.ts'
import { readXml, type XmlFormat } from '../xml/read-xml.ts'
import { sportWords } from '../xml/sports.ts'
import type { XmlActivity } from '../xml/to-recording.ts'
import type { XmlFile } from '../xml/xml-file.ts'
import { findMeasures } from './measures.ts'

const format: XmlFormat = {
  names: { root: 'gpx', point: 'trkpt' },
  wrongRoot: 'NOT_GPX',
  format: 'gpx',
  takePoint,
  plans: new Set(),
  readActivities: (file) => childrenOf(file.root, 'trk').map((track) => readTrack(file, track)),
}

/** Read a GPX file.
 *  @param bytes the whole file
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per `trk` that has times, its `trkseg` joined, the gaps between them pauses; codes: EMPTY,
 *           NOT_GPX, XML_REFUSED, NO_DATA, NOT_ACTIVITY, TIMES_UNREADABLE
 *  @source GPX 1.1 (gpx.xsd), TrackPointExtensionv2.xsd; rules C1, C2, T1, T2, T7 to T10 */
export const readGpx = (bytes: Uint8Array, nowMs = Infinity): FileReading => readXml(bytes, format, nowMs)

function readTrack(file: XmlFile, track: XmlNode): XmlActivity {
  const reading = new ActivityReading()
  // Some programs leave the trkseg element out.
  for (const [segment, stretch] of [track, ...childrenOf(track, 'trkseg')].entries())
    file.eachPoint(stretch, (point) => takePoint(point, segment, reading), reading.warn)
  return {
    format: 'gpx',
    words: sportWords(textOf(findElement(track, 'type'))),
    device: toWords(attributeOf(file.root, 'creator')),
    localOffsetS: reading.localOffsetS,
    points: reading.points,
    laps: [],
    warnings: reading.warnings,
    lostTimes: reading.lostTimes,
  }
}

function takePoint(point: XmlNode, segment: number, reading: ActivityReading): void {
  const measures = findMeasures(point)
  const texts = {
    time: textsOf(findElements(point, 'time')),
    altitude: textsOf(findElements(point, 'ele')),
    latitude: listOf(attributeOf(point, 'lat')),
    longitude: listOf(attributeOf(point, 'lon')),
    ...measures,
  }
  reading.takePoint(texts, segment)
}

const listOf = (text: string | null): string[] => (text === null ? [] : [text])
