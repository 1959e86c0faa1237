// Warnings from reading a file, sorted by reader. Clients get those they can act on, in their own words. Staff get all,
// those that change the numbers first.
import type { ReadingWarning } from '../../../../src/domain/reading-codes.ts'
import { isKey, type MessageKey } from '../../../messages/translate.ts'

type Place = 'numbers' | 'file'

/** Where staff read it: each code has its place, or this does not compile. */
const places: Readonly<Record<ReadingWarning, Place>> = {
  CRC_MISMATCH: 'numbers',
  HEADER_CRC_MISMATCH: 'file',
  HEADER_SIZE_MISMATCH: 'file',
  TRUNCATED: 'numbers',
  DAMAGED: 'numbers',
  TRAILING_BYTES: 'file',
  FIELD_SIZE_MISMATCH: 'numbers',
  TIME_BACKWARDS: 'numbers',
  DAYS_APART: 'numbers',
  RATES_DIFFER: 'numbers',
  TIME_GAP: 'numbers',
  TIME_BEFORE_2000: 'file',
  TIME_IN_FUTURE: 'file',
  CLOCK_CHANGED: 'file',
  CLOCK_HOUR_OFF: 'file',
  TIME_OUTLIERS: 'numbers',
  STRAY_POINTS: 'numbers',
  CLOCK_IMPLAUSIBLE: 'file',
  CLOCK_STEPPED_BACK: 'numbers',
  TIMER_CONTRADICTED: 'numbers',
  MEASURED_IN_PAUSE: 'numbers',
  TIME_MISSING: 'numbers',
  TIME_ZONE_MISSING: 'file',
  VALUE_UNREADABLE: 'numbers',
  HR_MESSAGES_USED: 'numbers',
  HR_MESSAGES_PREFERRED: 'numbers',
  HR_MESSAGES_DAMAGED: 'numbers',
  NO_RECORDS: 'numbers',
  BATCHES_MISSING: 'numbers',
  START_MISSING: 'numbers',
  STRAP_MISSING: 'numbers',
  RESUME_MISSING: 'numbers',
  CONTINUED_MISSING: 'numbers',
  NOT_STOPPED: 'numbers',
  ENDED_BY_ITSELF: 'numbers',
  STOP_TAKEN_BACK: 'numbers',
  NOTIFICATIONS_MALFORMED: 'numbers',
  NOTIFICATIONS_LATE: 'numbers',
  RECORDER_ASLEEP: 'numbers',
  CLOCK_CORRECTED: 'file',
  CLOCK_SET: 'file',
}

const isKnown = (code: string): code is ReadingWarning => Object.hasOwn(places, code)

/** Said by the question of the date (rule T4). */
const ofTheDate: readonly string[] = ['CLOCK_IMPLAUSIBLE', 'TIME_BEFORE_2000', 'TIME_IN_FUTURE']

/** What says to a reader what another one says already. */
const sameAs: Readonly<Record<string, string>> = { TIME_BEFORE_2000: 'CLOCK_IMPLAUSIBLE' }
const sameToClient: Readonly<Record<string, string>> = {
  ...sameAs,
  DAMAGED: 'TRUNCATED',
  ENDED_BY_ITSELF: 'NOT_STOPPED',
  TIME_OUTLIERS: 'STRAY_POINTS',
}

interface Read {
  readonly warnings: readonly string[]
  readonly dating: object | null
}

const once = ({ warnings, dating }: Read, same: Readonly<Record<string, string>>): string[] =>
  warnings.filter(
    (code) => !(dating !== null && ofTheDate.includes(code)) && !warnings.includes(same[code] ?? 'nothing'),
  )

/** In the order in which they came up. A code without words for the client is none that they can do anything about. */
export const forClient = (run: Read): MessageKey[] =>
  once(run, sameToClient).flatMap((code) => {
    const key = `warned.${code}`
    return isKey(key) ? [key] : []
  })

export function forStaff(run: Read): Readonly<Record<Place, string[]>> {
  const codes = once(run, sameAs)
  const placeOf = (code: string): Place => (isKnown(code) ? places[code] : 'file')
  const at = (place: Place) => codes.filter((code) => placeOf(code) === place)
  return { numbers: at('numbers'), file: at('file') }
}
