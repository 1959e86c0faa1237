// Reads a FIT file of any kind into recordings. Called by the command line, by uploads and by tests; never throws,
// whatever the bytes, and never needs more memory than a small multiple of them.
import type { FileReading } from '../file-reading.ts'
import { isHeader } from './header.ts'
import type { FitPart } from './part.ts'
import { decodeParts } from './parts.ts'
import { activityFile } from './profile.ts'
import { toRecordings } from './to-recording.ts'

/** Read a FIT file.
 *  @param bytes the whole file
 *  @param nowMs of reading (rule T1)
 *  @returns one recording per activity in it (rule T6); codes: EMPTY, NOT_FIT, NO_DATA, NOT_ACTIVITY
 *  @source FIT protocol 2.0; rules C1, C2, D9, T1 to T3 and T6 to T9 */
export function readFit(bytes: Uint8Array, nowMs = Infinity): FileReading {
  if (bytes.length === 0) return { ok: false, code: 'EMPTY' }
  if (!isHeader(bytes, 0)) return { ok: false, code: 'NOT_FIT' }
  const parts = decodeParts(bytes)
  const activities = joinHeartRates(parts)
  if (activities.length > 0)
    return { ok: true, recordings: activities.flatMap((part) => toRecordings(part, nowMs / 1000)) }
  const saysNothing = parts.every((part) => part.fileType === null && part.sessions.length === 0)
  return { ok: false, code: saysNothing ? 'NO_DATA' : 'NOT_ACTIVITY' }
}

function isActivity(part: FitPart): boolean {
  const silent = part.records.length === 0 && part.sessions.length === 0 && !part.warnings.has('TIME_MISSING')
  if (silent) return false
  return part.fileType === null || part.fileType === activityFile
}

/** Parts that only hold `hr` messages belong to the activity before them; settings and the like are left out, but what
 *  was wrong with them is told with the activity before them, or else with the first. */
function joinHeartRates(parts: readonly FitPart[]): FitPart[] {
  const activities = parts.filter(isActivity)
  let before: FitPart | undefined
  for (const part of parts) {
    if (isActivity(part)) {
      before = part
      continue
    }
    if (before === undefined) {
      for (const warning of part.warnings) activities[0]?.warnings.add(warning)
      continue
    }
    before.stored.append(part.stored)
    for (const warning of part.warnings) before.warnings.add(warning)
  }
  return activities
}
