// The words for a sport in TCX and GPX files, as data, and the FIT profile's word for each. Garmin Connect and Strava write
// their own kinds of activity there (`road_biking`, `VirtualRide`); other programs write the FIT profile's word itself.
import { isSetAside } from '../../domain/sport.ts'

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
  ...kinds('running', ['virtual_run', 'virtualrun', 'trail_run', 'trailrun', 'ultra_run', 'obstacle_run']),
  walking: { sport: 'walking', subSport: null },
  walk: { sport: 'walking', subSport: null },
  hiking: { sport: 'hiking', subSport: null },
  hike: { sport: 'hiking', subSport: null },
  ...kinds('walking', ['casual_walking', 'speed_walking']),
  biking: { sport: 'cycling', subSport: null },
  cycling: { sport: 'cycling', subSport: null },
  ride: { sport: 'cycling', subSport: null },
  // prettier-ignore
  ...kinds('cycling', [
    'road_biking', 'road_cycling', 'mountain_biking', 'downhill_biking', 'gravel_cycling', 'indoor_cycling', 'virtual_ride',
    'virtualride', 'mountain_bike_ride', 'mountainbikeride', 'gravel_ride', 'gravelride', 'recumbent_cycling', 'track_cycling',
    'cyclocross', 'bmx', 'hand_cycling', 'handcycle',
  ]),
  ...kinds('e_biking', [
    'e_bike_ride',
    'ebikeride',
    'e_mountain_bike_ride',
    'emountainbikeride',
    'e_bike_fitness',
    'e_bike_mountain',
  ]),
  swimming: { sport: 'swimming', subSport: null },
  ...kinds('swimming', ['swim', 'lap_swimming', 'pool_swimming', 'open_water_swimming', 'open_water']),
  ...kinds('rowing', ['indoor_rowing']),
  // Strava's numbers, as its GPX exports wrote them for years.
  '1': { sport: 'cycling', subSport: null },
  '4': { sport: 'hiking', subSport: null },
  '9': { sport: 'running', subSport: null },
  '10': { sport: 'walking', subSport: null },
  '16': { sport: 'swimming', subSport: null },
}

/** Several words for one sport. */
function kinds(sport: string, names: readonly string[]): Readonly<Record<string, SportWords>> {
  return Object.fromEntries(names.map((name) => [name, { sport, subSport: null }]))
}

const unknown: SportWords = { sport: 'unknown', subSport: null }

/** Words for a TCX `Sport` or a GPX `type`; `unknown` for what neither the table nor the list of other sports holds (`Other`
 *  says nothing either). */
export function sportWords(text: string | null): SportWords {
  const key = text?.toLowerCase().replaceAll(/[\s-]+/g, '_') ?? ''
  const found = Object.hasOwn(words, key) ? words[key] : undefined
  return found ?? (isSetAside(key, null) ? { sport: key, subSport: null } : unknown)
}
