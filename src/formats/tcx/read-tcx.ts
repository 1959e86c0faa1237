// Reads a TCX file (Garmin Training Center Database v2 and what others write under that name) into recordings. Called by
// read-file.ts and by tests; never throws, whatever the bytes.
import type { FileReading } from '../file-reading.ts'
import { ActivityReading } from '../xml/activity-reading.ts'
import { attributeOf, childrenOf, findElement, textOf, toNumber, toWords, type XmlNode } from '../xml/element.ts'
import type { Lap } from '../xml/pauses.ts'
import { readXml, type XmlFormat } from '../xml/read-xml.ts'
import { sportWords } from '../xml/sports.ts'
import type { XmlActivity } from '../xml/to-recording.ts'
import type { XmlFile } from '../xml/xml-file.ts'

const format: XmlFormat = {
  names: { root: 'TrainingCenterDatabase', point: 'Trackpoint' },
  wrongRoot: 'NOT_TCX',
  readActivities: (file) => activitiesOf(file.root).map((activity) => readActivity(file, activity)),
}

/** Read a TCX file.
 *  @param bytes the whole file
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per `Activity`; codes: EMPTY, NOT_TCX, XML_REFUSED, NO_DATA, NOT_ACTIVITY
 *  @source TrainingCenterDatabasev2.xsd, ActivityExtensionv2.xsd; rules C1, C2, T1 */
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
  return {
    format: 'tcx',
    words: sportWords(attributeOf(activity, 'Sport')),
    device: toWords(textOf(findElement(activity, 'Creator', 'Name'))),
    localOffsetS: reading.localOffsetS,
    points: reading.points,
    laps,
    warnings: reading.warnings,
  }
}

function readLap(lap: XmlNode, reading: ActivityReading): Lap {
  const read = (...path: readonly string[]) => toNumber(textOf(findElement(lap, ...path)), reading.warn)
  return {
    startEpochS: reading.readTime(attributeOf(lap, 'StartTime')) ?? Number.NaN,
    timerS: read('TotalTimeSeconds'),
    distanceM: read('DistanceMeters'),
    meanHeartRateBpm: read('AverageHeartRateBpm', 'Value'),
    maxHeartRateBpm: read('MaximumHeartRateBpm', 'Value'),
  }
}

function takePoint(point: XmlNode, segment: number, reading: ActivityReading): void {
  const text = (...path: readonly string[]) => textOf(findElement(point, ...path))
  const texts = {
    time: text('Time'),
    heartRate: text('HeartRateBpm', 'Value') ?? text('HeartRateBpm'),
    cadence: text('Extensions', 'TPX', 'RunCadence') ?? text('Cadence'),
    speed: text('Extensions', 'TPX', 'Speed'),
    altitude: text('AltitudeMeters'),
    distance: text('DistanceMeters'),
    temperature: null,
    latitude: text('Position', 'LatitudeDegrees'),
    longitude: text('Position', 'LongitudeDegrees'),
  }
  reading.takePoint(texts, segment)
}
