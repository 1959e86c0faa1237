// The frame that the TCX and the GPX reader share: opens the file, names what is wrong with it, and makes recordings of
// the activities that hold something.
import type { FileReading } from '../file-reading.ts'
import { toWords, type XmlNode } from './element.ts'
import type { XmlNames } from './scan-xml.ts'
import { toRecordings, type XmlActivity } from './to-recording.ts'
import { openXml, type XmlFile } from './xml-file.ts'
import { ActivityReading } from './activity-reading.ts'
import { sportWords } from './sports.ts'

/** A format: its names, the code for a file that is none of it, and how to find its activities. */
export interface XmlFormat {
  readonly names: XmlNames
  readonly wrongRoot: 'NOT_TCX' | 'NOT_GPX'
  readonly readActivities: (file: XmlFile) => readonly XmlActivity[]
  readonly format: XmlActivity['format']
  readonly takePoint: (point: XmlNode, segment: number, reading: ActivityReading) => void
  /** Elements whose points are plans, and nobody's run. */
  readonly plans: ReadonlySet<string>
}

/** The activities, and behind them as one more what was measured anywhere else: it may be the hard part of a run. */
function activitiesOf(file: XmlFile, format: XmlFormat): XmlActivity[] {
  const activities = [...format.readActivities(file)]
  const reading = new ActivityReading()
  file.eachLeft(format.plans, (point, stretch) => format.takePoint(point, stretch, reading), reading.warn)
  const { points, lostTimes, localOffsetS, warnings } = reading
  if (!points.columns.heartRateBpm.some((bpm) => bpm > 0) && lostTimes.refuse(true) === null) return activities
  const [first] = activities
  const words = first?.words ?? sportWords(null)
  const device = first?.device ?? null
  activities.push({ format: format.format, words, device, localOffsetS, points, laps: [], warnings, lostTimes })
  return activities
}

/** Points without a time that can be read are not made up for by a summary (rule T10). */
const holdsRun = ({ points, laps, lostTimes }: XmlActivity): boolean =>
  points.epochS.length > 0 || (lostTimes.text === null && laps.some(({ timerS }) => timerS > 0))

const MOST_QUOTED = 40
const quote = (text: string): string => toWords(text)?.slice(0, MOST_QUOTED) ?? ''

/** Read a file of this format.
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per activity with readings or with a lap of its own time; codes: EMPTY, XML_REFUSED, NO_DATA,
 *           NOT_ACTIVITY, TIMES_UNREADABLE (the detail is one of its times) and the format's own */
export function readXml(bytes: Uint8Array, format: XmlFormat, nowMs: number): FileReading {
  if (bytes.length === 0) return { ok: false, code: 'EMPTY' }
  const files = openXml(bytes, format.names)
  if ('why' in files) {
    const codes = { wrong_root: format.wrongRoot, refused: 'XML_REFUSED', no_root: 'NO_DATA' } as const
    return { ok: false, code: codes[files.why] }
  }
  // Only the last of several documents can be cut.
  const warning = files.at(-1)?.warning ?? null
  const activities = files.flatMap((file) => activitiesOf(file, format))
  const fileHasSeconds = activities.some(({ lostTimes }) => lostTimes.hasSeconds)
  // What is left of a run of which a part cannot be placed would be judged as all of it.
  const lostOf = (activity: XmlActivity): string | null =>
    activity.lostTimes.refuse(fileHasSeconds) ?? (holdsRun(activity) ? null : activity.lostTimes.text)
  const usable = activities.filter((activity) => lostOf(activity) === null && holdsRun(activity))
  const [lost] = activities.flatMap((activity) => lostOf(activity) ?? [])
  if (usable.length === 0 && lost !== undefined) return { ok: false, code: 'TIMES_UNREADABLE', detail: quote(lost) }
  if (lost !== undefined) usable.at(-1)?.warnings.add('TIME_MISSING')
  for (const { lostTimes, warnings } of usable) if (lostTimes.crowded > 0) warnings.add('TIME_MISSING')
  if (usable.length === 0) {
    const broken = warning === 'TRUNCATED' || warning === 'DAMAGED'
    return { ok: false, code: broken ? 'NO_DATA' : 'NOT_ACTIVITY' }
  }
  // Reading stopped in the last activity; those before it are whole.
  if (warning !== null) usable.at(-1)?.warnings.add(warning)
  return { ok: true, recordings: usable.flatMap((activity) => toRecordings(activity, nowMs / 1000)) }
}
