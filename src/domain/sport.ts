// Which sports are done on foot, and which are set aside: a bike ride is no run, whatever its heart rate. What a device does
// not name, or names by something that running can be too, counts as a run: setting a hard one aside would hide it.

const onFoot: ReadonlySet<string> = new Set(['running', 'walking', 'hiking', 'trail_running', 'mountaineering'])

/** Their cadence is steps, and only there can a sensor count steps for beats (rule D6). */
export const isOnFoot = (sport: string): boolean => onFoot.has(sport)

/** The FIT profile's words for what no run can be. */
// prettier-ignore
const otherSports: ReadonlySet<string> = new Set([
  'cycling', 'e_biking', 'motorcycling', 'swimming', 'snorkeling', 'diving', 'basketball', 'soccer', 'tennis', 'racket',
  'american_football', 'baseball', 'boxing', 'cross_country_skiing', 'alpine_skiing', 'snowboarding', 'snowmobiling',
  'rowing', 'paddling', 'kayaking', 'rafting', 'stand_up_paddleboarding', 'boating', 'sailing', 'surfing', 'wakeboarding',
  'water_skiing', 'windsurfing', 'kitesurfing', 'flying', 'hang_gliding', 'sky_diving', 'driving', 'golf',
  'horseback_riding', 'hunting', 'fishing', 'inline_skating', 'ice_skating', 'rock_climbing', 'floor_climbing',
  'wheelchair_push_walk', 'wheelchair_push_run', 'meditation', 'dance', 'jump_rope',
])

/** Another sport is set aside until a person says that it was a run; and a person may say that a run was none.
 *  @param saidRun what a person said; null where nobody did */
export const isSetAside = (sport: string, saidRun: boolean | null): boolean =>
  saidRun === null ? otherSports.has(sport) : !saidRun

/** Whether it was walked, as the device says. */
export const isWalk = (sport: string): boolean => sport === 'walking' || sport === 'hiking'
