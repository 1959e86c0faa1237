// Reads a TCX file (Garmin Training Center Database v2 and what others write under that name) into recordings. Called by
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
  toNumber,
  toWords,
  type XmlNode,
} from '../xml/element.ts'
import type { Lap } from '../xml/pauses.ts'
import { readXml, type XmlFormat } from '../xml/read-xml.ts'
import { sportWords } from '../xml/sports.ts'
import type { XmlActivity } from '../xml/to-recording.ts'
import type { XmlFile } from '../xml/xml-file.ts'

const format: XmlFormat = {
  names: { root: 'TrainingCenterDatabase', point: 'Trackpoint' },
  wrongRoot: 'NOT_TCX',
  format: 'tcx',
  takePoint,
  plans: new Set(['Courses', 'Workouts']),
  readActivities: (file) => activitiesOf(file.root).map((activity) => readActivity(file, activity)),
}

/** Read a TCX file.
 *  @param bytes the whole file
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per `Activity`; codes: EMPTY, NOT_TCX, XML_REFUSED, NO_DATA, NOT_ACTIVITY,
 *           TIMES_UNREADABLE
 *  @source TrainingCenterDatabasev2.xsd, ActivityExtensionv2.xsd; rules C1, C2, T1, T2, T7 to T10 */
export const readTcx = (bytes: Uint8Array, nowMs = Infinity): FileReading => readXml(bytes, format, nowMs)

/** Activities alone and those of a multi-sport session; courses and workouts are none. */
function activitiesOf(root: XmlNode): XmlNode[] {
  return childrenOf(root, 'Activities').flatMap((list) => [
    ...childrenOf(list, 'Activity'),
    ...childrenOf(list, 'MultiSportSession').flatMap((session) =>
      [...childrenOf(session, 'FirstSport'), ...childrenOf(session, 'NextSport')].flatMap((sport) =>
        childrenOf(sport, 'Activity'),
      ),
    ),
  ])
}

function readActivity(file: XmlFile, activity: XmlNode): XmlActivity {
  const reading = new ActivityReading()
  const laps: Lap[] = []
  let segment = 0
  for (const lap of childrenOf(activity, 'Lap')) {
    laps.push(readLap(lap, reading))
    // Some programs leave the Track element out.
    for (const stretch of [lap, ...childrenOf(lap, 'Track')]) {
      file.eachPoint(stretch, (point) => takePoint(point, segment, reading), reading.warn)
      segment++
    }
  }
  // Some leave the Lap element out, of a part or of all of it.
  for (const stretch of [activity, ...childrenOf(activity, 'Track')]) {
    file.eachPoint(stretch, (point) => takePoint(point, segment, reading), reading.warn)
    segment++
  }
  return {
    format: 'tcx',
    words: sportWords(attributeOf(activity, 'Sport')),
    device: toWords(textOf(findElement(activity, 'Creator', 'Name'))),
    localOffsetS: reading.localOffsetS,
    points: reading.points,
    laps,
    warnings: reading.warnings,
    lostTimes: reading.lostTimes,
  }
}

function readLap(lap: XmlNode, reading: ActivityReading): Lap {
  const read = (...path: readonly string[]) => toNumber(textOf(findElement(lap, ...path)), reading.warn)
  return {
    startEpochS: reading.readTime(attributeOf(lap, 'StartTime')) ?? Number.NaN,
    behind: reading.points.epochS.length,
    timerS: read('TotalTimeSeconds'),
    distanceM: read('DistanceMeters'),
    meanHeartRateBpm: read('AverageHeartRateBpm', 'Value'),
    maxHeartRateBpm: read('MaximumHeartRateBpm', 'Value'),
  }
}

function takePoint(point: XmlNode, segment: number, reading: ActivityReading): void {
  const all = (...path: readonly string[]) => textsOf(findElements(point, ...path))
  const texts = {
    time: all('Time'),
    heartRate: [...all('HeartRateBpm', 'Value'), ...all('HeartRateBpm')],
    cadence: [...all('Extensions', 'TPX', 'RunCadence'), ...all('Cadence')],
    speed: all('Extensions', 'TPX', 'Speed'),
    altitude: all('AltitudeMeters'),
    distance: all('DistanceMeters'),
    temperature: [],
    latitude: all('Position', 'LatitudeDegrees'),
    longitude: all('Position', 'LongitudeDegrees'),
  }
  reading.takePoint(texts, segment)
}
