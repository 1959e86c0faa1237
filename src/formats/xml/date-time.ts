// Times of TCX and GPX files: `xsd:dateTime`, to the second, as every other reader counts.

export interface DateTime {
  /** UTC epoch seconds, rounded down: a reading belongs to the second in which it was taken. */
  readonly epochS: number
  /** Local time minus UTC as written, seconds; null for `Z`, for `+00:00` (which is how some programs write UTC) and for
   *  a time without zone. */
  readonly offsetS: number | null
  /** Whether `Z` or an offset was written; without either the time is taken for UTC. */
  readonly hasZone: boolean
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i

/** Decode one time.
 *  @returns null where it is no time of the calendar
 *  @source  XML Schema 1.1 part 2 §3.3.7; a space for the `T` and a comma for the point are seen in exports */
export function decodeDateTime(text: string): DateTime | null {
  const found = pattern.exec(text)
  if (found === null) return null
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = [1, 2, 3, 4, 5, 6, 9, 10].map((group) =>
    Number(found[group] ?? 0),
  ) as [number, number, number, number, number, number, number, number]
  if (hour > 24 || minute > 59 || second > 60 || offsetHour > 14 || offsetMinute > 59) return null
  const days = epochDays(year, month, day)
  if (days === null) return null
  const offsetS = (found[8] === '-' ? -1 : 1) * (offsetHour * 3600 + offsetMinute * 60)
  return {
    epochS: days * 86_400 + hour * 3600 + minute * 60 + second - offsetS,
    offsetS: offsetS === 0 ? null : offsetS,
    hasZone: found[7] !== undefined || found[8] !== undefined,
  }
}

function epochDays(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(2000, month - 1, day)
  const date = new Date(ms)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? Math.floor(date.getTime() / 86_400_000) : null
}
