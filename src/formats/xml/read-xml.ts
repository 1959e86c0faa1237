// The frame that the TCX and the GPX reader share: opens the file, names what is wrong with it, and makes recordings of
// the activities that hold something.
import type { FileReading } from '../file-reading.ts'
import type { XmlNames } from './scan-xml.ts'
import { toRecording, type XmlActivity } from './to-recording.ts'
import { openXml, type XmlFile } from './xml-file.ts'

/** A format: its names, the code for a file that is none of it, and how to find its activities. */
export interface XmlFormat {
  readonly names: XmlNames
  readonly wrongRoot: 'NOT_TCX' | 'NOT_GPX'
  readonly readActivities: (file: XmlFile) => readonly XmlActivity[]
}

/** Read a file of this format.
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per activity with readings or with a lap of its own time; codes: EMPTY, XML_REFUSED, NO_DATA,
 *           NOT_ACTIVITY and the format's own */
export function readXml(bytes: Uint8Array, format: XmlFormat, nowMs: number): FileReading {
  if (bytes.length === 0) return { ok: false, code: 'EMPTY' }
  const file = openXml(bytes, format.names)
  if (!file.ok) {
    const codes = { wrong_root: format.wrongRoot, refused: 'XML_REFUSED', no_root: 'NO_DATA' } as const
    return { ok: false, code: codes[file.why] }
  }
  const { warning } = file
  const usable = format
    .readActivities(file)
    .filter(({ points, laps }) => points.epochS.length > 0 || laps.some(({ timerS }) => timerS > 0))
  if (usable.length === 0) {
    const broken = warning === 'TRUNCATED' || warning === 'DAMAGED'
    return { ok: false, code: broken ? 'NO_DATA' : 'NOT_ACTIVITY' }
  }
  // Reading stopped in the last activity; those before it are whole.
  if (warning !== null) usable.at(-1)?.warnings.add(warning)
  return { ok: true, recordings: usable.map((activity) => toRecording(activity, nowMs / 1000)) }
}
