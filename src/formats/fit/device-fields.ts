// From a recording's words back to the numbers of the FIT profile: who made the device, which sport. The other way round
// is sensor.ts and profile.ts.
import type { SensorKind } from '../../domain/recording.ts'
import { toPlainText } from './fit-text.ts'
import { heartRateDeviceType, localSource, manufacturers, numberOf, placeholderMaker, sportNumber } from './profile.ts'
import { subSports, wristDeviceType } from './profile.ts'

export interface DeviceFields {
  readonly manufacturer: number
  /** NaN where only a name is known, or nothing. */
  readonly product: number
  readonly name: string
}

/** Maker and product behind `Recording.device`. Words that no known maker begins become a product's name under the
 *  placeholder maker; so does "no device", without a name. */
export function deviceFields(words: string | null): DeviceFields {
  const { manufacturer, rest } = splitMaker(words ?? '')
  const isNumber = /^\d{1,5}$/.test(rest) && Number(rest) < 0xffff
  return { manufacturer, product: isNumber ? Number(rest) : Number.NaN, name: isNumber ? '' : toPlainText(rest) }
}

function splitMaker(words: string): { readonly manufacturer: number; readonly rest: string } {
  const match = /^maker (\d{1,5})(?: (.*))?$/.exec(words)
  if (match?.[1] !== undefined) return { manufacturer: Number(match[1]), rest: match[2] ?? '' }
  const [first = ''] = words.split(' ', 1)
  const manufacturer = numberOf(manufacturers, first)
  if (manufacturer === null) return { manufacturer: placeholderMaker, rest: words }
  return { manufacturer, rest: words.slice(first.length + 1) }
}

export interface SensorFields {
  readonly deviceType: number
  /** NaN for a strap or band: which radio it used is not known. */
  readonly sourceType: number
  readonly name: string
}

/** The heart-rate sensor in the words that rule D9 is read from; an unknown one is not written. */
export const sensorFields: Readonly<Record<SensorKind, SensorFields | null>> = {
  chest: { deviceType: heartRateDeviceType, sourceType: Number.NaN, name: '' },
  arm: { deviceType: heartRateDeviceType, sourceType: Number.NaN, name: 'arm band' },
  wrist: { deviceType: wristDeviceType, sourceType: localSource, name: '' },
  unknown: null,
}

export interface SportFields {
  readonly sport: number
  readonly subSport: number
}

/** Words of other formats that FIT says in two. */
const sportsInTwo: Readonly<Record<string, SportFields>> = { trail_running: { sport: 1, subSport: 3 } }
const GENERIC = 0

/** Sport and sub-sport; NaN (no sport told) for `unknown`, generic for a word that FIT does not have. */
export function sportFields(sport: string, subSport: string | null): SportFields {
  const inTwo = sportsInTwo[sport]
  if (inTwo !== undefined) return inTwo
  return {
    sport: sport === 'unknown' ? Number.NaN : (sportNumber(sport) ?? GENERIC),
    subSport: subSport === null ? GENERIC : (numberOf(subSports, subSport) ?? GENERIC),
  }
}
