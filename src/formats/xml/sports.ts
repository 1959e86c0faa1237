// The words for a sport in TCX and GPX files, as data, and the FIT profile's word for each.

export interface SportWords {
  readonly sport: string
  readonly subSport: string | null
}

const words: Readonly<Record<string, SportWords>> = {
  running: { sport: 'running', subSport: null },
  run: { sport: 'running', subSport: null },
  jogging: { sport: 'running', subSport: null },
  street_running: { sport: 'running', subSport: 'street' },
  trail_running: { sport: 'running', subSport: 'trail' },
  track_running: { sport: 'running', subSport: 'track' },
  treadmill_running: { sport: 'running', subSport: 'treadmill' },
  indoor_running: { sport: 'running', subSport: 'indoor_running' },
  walking: { sport: 'walking', subSport: null },
  walk: { sport: 'walking', subSport: null },
  hiking: { sport: 'hiking', subSport: null },
  hike: { sport: 'hiking', subSport: null },
  biking: { sport: 'cycling', subSport: null },
  cycling: { sport: 'cycling', subSport: null },
  ride: { sport: 'cycling', subSport: null },
  swimming: { sport: 'swimming', subSport: null },
  // Strava's numbers, as its GPX exports wrote them for years.
  '1': { sport: 'cycling', subSport: null },
  '4': { sport: 'hiking', subSport: null },
  '9': { sport: 'running', subSport: null },
  '10': { sport: 'walking', subSport: null },
  '16': { sport: 'swimming', subSport: null },
}
const unknown: SportWords = { sport: 'unknown', subSport: null }

/** Words for a TCX `Sport` or a GPX `type`; `unknown` for what the table does not hold (`Other` says nothing either). */
export function sportWords(text: string | null): SportWords {
  const key = text?.toLowerCase().replaceAll(/[\s-]+/g, '_') ?? ''
  return Object.hasOwn(words, key) ? (words[key] ?? unknown) : unknown
}
