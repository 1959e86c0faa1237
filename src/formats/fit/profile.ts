// The part of the FIT profile that calmpace reads, as data: messages, fields, scales, words.
// Source: FIT profile 21 (field numbers and scales are facts of the format).

export const mesg = {
  fileId: 0,
  session: 18,
  lap: 19,
  record: 20,
  event: 21,
  deviceInfo: 23,
  activity: 34,
  hrv: 78,
  hr: 132,
  timestampCorrelation: 162,
} as const
export const messagesRead: ReadonlySet<number> = new Set(Object.values(mesg))

/** Fields of `record` that become columns: field number, scale and offset (`value / scale - offset`). Where two fields
 *  name the same thing the later in this list wins if it holds a value. */
export const recordFields = [
  { column: 'heartRate', field: 3, scale: 1, offset: 0 },
  { column: 'cadence', field: 4, scale: 1, offset: 0 },
  { column: 'fractionalCadence', field: 53, scale: 128, offset: 0 },
  { column: 'distance', field: 5, scale: 100, offset: 0 },
  { column: 'temperature', field: 13, scale: 1, offset: 0 },
  { column: 'speed', field: 6, scale: 1000, offset: 0 },
  { column: 'speed', field: 73, scale: 1000, offset: 0 },
  { column: 'altitude', field: 2, scale: 5, offset: 500 },
  { column: 'altitude', field: 78, scale: 5, offset: 500 },
] as const
export const recordColumns = [
  'heartRate',
  'cadence',
  'fractionalCadence',
  'distance',
  'temperature',
  'speed',
  'altitude',
] as const
export type RecordColumn = (typeof recordColumns)[number]

/** `event` 0 is the timer; its `event_type` says which way. */
export const timerEvent = 0
export const timerStops: ReadonlySet<number> = new Set([1, 4, 8, 9])
export const timerStart = 0

/** `file` type of an activity. */
export const activityFile = 4

/** `sport` words by number. */
// prettier-ignore
const sports = [
  'generic', 'running', 'cycling', 'transition', 'fitness_equipment', 'swimming', 'basketball', 'soccer', 'tennis',
  'american_football', 'training', 'walking', 'cross_country_skiing', 'alpine_skiing', 'snowboarding', 'rowing',
  'mountaineering', 'hiking', 'multisport', 'paddling', 'flying', 'e_biking', 'motorcycling', 'boating', 'driving',
  'golf', 'hang_gliding', 'horseback_riding', 'hunting', 'fishing', 'inline_skating', 'rock_climbing', 'sailing',
  'ice_skating', 'sky_diving', 'snowshoeing', 'snowmobiling', 'stand_up_paddleboarding', 'surfing', 'wakeboarding',
  'water_skiing', 'kayaking', 'rafting', 'windsurfing', 'kitesurfing', 'tactical', 'jumpmaster', 'boxing',
  'floor_climbing', 'baseball',
] as const

/** `sport` words of later profiles, whose numbers have gaps. */
const laterSports: Readonly<Record<number, string>> = {
  53: 'diving',
  62: 'hiit',
  64: 'racket',
  65: 'wheelchair_push_walk',
  66: 'wheelchair_push_run',
  67: 'meditation',
  82: 'snorkeling',
  83: 'dance',
  84: 'jump_rope',
}

/** The word for a sport; one that this table does not know is told by its number. */
export const sportWord = (sport: number): string => sports[sport] ?? laterSports[sport] ?? `sport_${sport}`

/** The number of a sport's word, null where FIT has none for it. */
export function sportNumber(word: string): number | null {
  const at = sports.findIndex((known) => known === word)
  if (at !== -1) return at
  const match = /^sport_(\d+)$/.exec(word)
  return match?.[1] === undefined ? numberOf(laterSports, word) : Number(match[1])
}

/** The number of a word in one of these tables. */
export function numberOf(table: Readonly<Record<number, string>>, word: string): number | null {
  const found = Object.entries(table).find(([, known]) => known === word)
  return found === undefined ? null : Number(found[0])
}

/** `sub_sport` words by number, the ones that bear on a run; others are told by their number. */
export const subSports: Readonly<Record<number, string>> = {
  1: 'treadmill',
  2: 'street',
  3: 'trail',
  4: 'track',
  5: 'spin',
  6: 'indoor_cycling',
  7: 'road',
  8: 'mountain',
  11: 'cyclocross',
  14: 'indoor_rowing',
  17: 'lap_swimming',
  18: 'open_water',
  20: 'strength_training',
  26: 'cardio_training',
  27: 'indoor_walking',
  43: 'yoga',
  45: 'indoor_running',
  58: 'virtual_activity',
  67: 'ultra',
}

/** Makers by number, the ones that make watches and straps that people bring. */
export const manufacturers: Readonly<Record<number, string>> = {
  1: 'garmin',
  13: 'dynastream_oem',
  15: 'dynastream',
  23: 'suunto',
  32: 'wahoo_fitness',
  38: 'osynce',
  40: 'concept2',
  63: 'specialized',
  68: 'sigmasport',
  69: 'tomtom',
  70: 'peripedal',
  83: 'scosche',
  89: 'tacx',
  123: 'polar_electro',
  255: 'development',
  260: 'zwift',
  265: 'strava',
  267: 'bryton',
  289: 'hammerhead',
  294: 'coros',
  305: 'coospo',
  331: 'mywhoosh',
}

/** The number of makers that have none of their own: a placeholder, no name. */
export const placeholderMaker = 255

/** device_type 120 is a heart-rate strap or band (ANT+); local device type 10 is the wrist's own sensor. */
export const heartRateDeviceType = 120
export const wristDeviceType = 10
export const localSource = 5
/** Makers whose only heart-rate sensors are arm bands. */
export const armBandMakers: ReadonlySet<number> = new Set([83])
/** Product names of arm bands. */
export const armBandName = /oh1|verity|rhythm|tickr fit|arm ?band|coospo hw/i
