// Which sports are done on foot: their cadence is steps, and only there can a sensor count steps for beats (rule D6).

const onFoot: ReadonlySet<string> = new Set(['running', 'walking', 'hiking', 'trail_running', 'mountaineering'])

export const isOnFoot = (sport: string): boolean => onFoot.has(sport)
