// Times of TCX and GPX files (rule T10), to the second, as every other reader counts.
import { isLocalOffset } from '../../domain/local-offset.ts'
import { zoneOffsetS } from '../../domain/patterns/local-day.ts'

export interface DateTime {
  /** UTC epoch seconds, rounded down: a reading belongs to the second in which it was taken. */
  readonly epochS: number
  /** Local time minus UTC as written, seconds; null for `Z`, for `+00:00` (which is how some programs write UTC), for one that no
   *  place on earth keeps (rule T8) and for a time without zone. */
  readonly offsetS: number | null
  /** Whether `Z`, an offset or a zone was written; without any the time is taken for UTC. */
  readonly hasZone: boolean
  /** Java's `toString` leaves `:00` out; other programs keep minutes only. Which of the two it is tells the whole file. */
  readonly hasSeconds: boolean
}

// Every repeat is bounded: no text makes it slow.
const half = (name: string) => String.raw`(?<${name}>[ap]\.?\s{0,2}m\.?)`
const pattern = new RegExp(
  [
    String.raw`^(?<year>\d{4})([-/.])(?<month>\d{1,2})\2(?<day>\d{1,2})`,
    String.raw`(?:T|\s{1,3})(?<hour>\d{1,2}):(?<minute>\d{1,2})(?::(?<second>\d{1,2})(?:[.,]\d{1,30})?)?`,
    String.raw`\s{0,2}${half('half')}?`,
    String.raw`\s{0,2}(?:(?<utc>Z{1,2}|UTC|GMT)|(?<word>[CEW]ES?T)|(?:UTC|GMT)?(?<sign>[-+])(?<offsetHour>\d{1,2})(?::?(?<offsetMinute>\d{2})(?::?(?<offsetSecond>\d{2}))?)?)?`,
    String.raw`\s{0,2}${half('lateHalf')}?`,
    String.raw`\s{0,2}(?<suffixes>(?:\[[^\][]{1,64}\]){0,8})$`,
  ].join(''),
  'i',
)

/** Of Europe, where no other zone has these words, in hours. EST, BST, IST, CST and PST are each the word of several: not guessed. */
const zoneWords: Readonly<Record<string, number>> = { WET: 0, WEST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3 }

/** Decode one time: RFC 3339 with `Z` or an offset (`+02`, `+0200`, `+02:00`), with the suffixes of RFC 9557, `ZZ`, a zone's
 *  word of Europe, fields that are not padded, AM and PM; blanks of all kinds, marks of the writing direction, a space for the `T`
 *  and a comma for the point are seen in exports.
 *  @returns null where it is no time of the calendar
 *  @source  RFC 3339, RFC 9557; XML Schema 1.1 part 2 §3.3.7; rule T10 */
export function decodeDateTime(text: string): DateTime | null {
  const found = pattern.exec(plainText(text))?.groups
  if (found === undefined || (found['half'] !== undefined && found['lateHalf'] !== undefined)) return null
  const number = (name: string): number => Number(found[name] ?? 0)
  const hour = hourOf(number('hour'), found['half'] ?? found['lateHalf'])
  const [minute, second] = [number('minute'), number('second')]
  if (hour === null || minute > 59 || second > 60) return null
  const days = epochDays(number('year'), number('month'), number('day'))
  const zone = zoneOf(found['suffixes'] ?? '')
  if (days === null || zone === undefined) return null
  const wallS = days * 86_400 + hour * 3600 + minute * 60 + second
  const hasSeconds = found['second'] !== undefined
  if (found['utc'] !== undefined) return { epochS: wallS, offsetS: null, hasZone: true, hasSeconds }
  const said = found['word'] === undefined ? offsetOf(found) : (zoneWords[found['word'].toUpperCase()] ?? 0) * 3600
  if (said === undefined) return null
  return { ...(said === null ? inZone(wallS, zone) : atOffset(wallS, said)), hasSeconds }
}

type Placed = Omit<DateTime, 'hasSeconds'>

const atOffset = (wallS: number, offsetS: number): Placed => ({
  epochS: wallS - offsetS,
  offsetS: offsetS !== 0 && isLocalOffset(offsetS) ? offsetS : null,
  hasZone: true,
})

/** What no one sees: marks of the writing direction, joiners, a byte order mark. */
const invisible = /[\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
/** Digits of Arabic, Persian and East Asian writing: the last four bits are the figure. */
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g

/** The text in ASCII where that changes no meaning. */
function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- all of ASCII, to leave at once what nearly every time is
  if (/^[\x00-\x7f]*$/.test(text)) return text
  return text
    .replace(invisible, '')
    .replace(otherDigits, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replaceAll('\uff1a', ':')
    .trim()
}

/** Seconds; null where none is stated, undefined where no clock is so far off. */
function offsetOf(found: Readonly<Record<string, string | undefined>>): number | null | undefined {
  if (found['sign'] === undefined) return null
  const [hour, minute, second] = ['offsetHour', 'offsetMinute', 'offsetSecond'].map((name) => Number(found[name] ?? 0))
  if (hour > 14 || minute > 59 || second > 59) return undefined
  return (found['sign'] === '+' ? 1 : -1) * (hour * 3600 + minute * 60 + second)
}

const zonePattern = /^[\w+\-/:]{1,64}$/

/** The zone among the suffixes of RFC 9557; null where none is, undefined where one has to be understood (`!`) that nobody here
 *  knows. The calendar of `u-ca` is that of whoever shows the time: what is written is always the common one. */
function zoneOf(suffixes: string): string | null | undefined {
  let zone: string | null = null
  for (const [, isCritical, said] of suffixes.matchAll(/\[(!?)([^\]]*)\]/g)) {
    const isZone = zone === null && zonePattern.test(said)
    if (isZone) zone = said
    else if (isCritical !== '' && !said.startsWith('u-ca=')) return undefined
  }
  return zone
}

/** @param half AM or PM; without it the day has 24 hours, and 24:00 is its end */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 24 ? hour : null
  if (hour < 1 || hour > 12) return null
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0)
}

/** A time on the wall of a place: where a clock that was set back showed it twice, the first. */
function inZone(wallS: number, zone: string | null): Placed {
  const unknown = { epochS: wallS, offsetS: null, hasZone: false }
  if (zone === null) return unknown
  const [, sign, hour, minute] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  if (sign !== undefined) return atOffset(wallS, (sign === '+' ? 1 : -1) * (Number(hour) * 3600 + Number(minute) * 60))
  try {
    const around = [zoneOffsetS((wallS - 86_400) * 1000, zone), zoneOffsetS((wallS + 86_400) * 1000, zone)]
    const offsetS = around.find((one) => zoneOffsetS((wallS - one) * 1000, zone) === one) ?? around[0] ?? 0
    return { epochS: wallS - offsetS, offsetS: offsetS === 0 ? null : offsetS, hasZone: true }
  } catch {
    // A zone that nobody knows says nothing.
    return unknown
  }
}

function epochDays(year: number, month: number, day: number): number | null {
  const ms = Date.UTC(2000, month - 1, day)
  const date = new Date(ms)
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? Math.floor(date.getTime() / 86_400_000) : null
}
