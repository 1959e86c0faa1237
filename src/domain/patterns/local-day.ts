// Patterns count local calendar days: what the clock on the wall said, daylight saving included.

export interface LocalMoment {
  /** Days since 1 January 1970 by the local calendar. */
  readonly day: number
  readonly hour: number
  readonly minute: number
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number
}

/** The Monday of a moment's week, in days since 1970 by the local calendar. */
export const mondayOf = ({ day, weekday }: Pick<LocalMoment, 'day' | 'weekday'>): number => day - weekday + 1

const formats = new Map<string, Intl.DateTimeFormat>()

/** @param timeZone IANA name. @throws RangeError where there is no such zone */
export function localMoment(atMs: number, timeZone: string): LocalMoment {
  const of: Record<string, number> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(atMs)) of[type] = Number(value)
  const day = dayNumber(of['year'], of['month'], of['day'])
  return { day, hour: of['hour'], minute: of['minute'], weekday: weekdayOf(day) }
}

/** The same by a device's own word: local time minus UTC, seconds. It moves with nobody's settings. */
export function localMomentBy(atMs: number, offsetS: number): LocalMoment {
  const minutes = Math.floor((atMs + offsetS * 1000) / 60_000)
  const day = Math.floor(minutes / 1440)
  const ofDay = minutes - day * 1440
  return { day, hour: Math.floor(ofDay / 60), minute: ofDay % 60, weekday: weekdayOf(day) }
}

/** 1 is Monday. Day 0 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** Local time minus UTC at a moment, seconds; zones keep whole minutes. @throws RangeError where there is no such zone */
export function zoneOffsetS(atMs: number, timeZone: string): number {
  const { day, hour, minute } = localMoment(atMs, timeZone)
  return day * 86_400 + hour * 3600 + minute * 60 - Math.floor(atMs / 60_000) * 60
}

/** Days since 1970-01-01 of a date of the Gregorian calendar, years counted from March so that leap days come last. */
function dayNumber(year: number, month: number, dayOfMonth: number): number {
  const fromMarch = month > 2 ? month - 3 : month + 9
  const y = month > 2 ? year : year - 1
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)
  return 365 * y + leapDays + Math.floor((153 * fromMarch + 2) / 5) + dayOfMonth - 1 - 719_468
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timeZone, format)
  return format
}
