// What a recorder (a phone at a group run) writes down of one runner, one entry after another. Everything that the phone
// shows and everything that the server judges follows from these entries alone. An entry is never changed or removed.
import { isMs } from '../../domain/calendar.ts'
import { checkInResults, type CheckInResult } from '../../domain/check-in/check-in.ts'
import type { Guidance } from '../../domain/guidance.ts'
import { cueResponseKinds, type CueResponseKind } from '../../domain/cue-response.ts'
import { sensorKinds, type SensorKind } from '../../domain/recording.ts'
import { watchLevels } from '../../domain/zone/resolve-zone.ts'

/** `atMs` is the recorder's clock, UTC epoch milliseconds, whole, strictly rising within a stream. */
interface At {
  readonly atMs: number
}

/** The bytes of one Heart Rate Measurement, as they came. */
export interface NotificationEntry extends At {
  readonly kind: 'notification'
  readonly bytes: Uint8Array
}

/** Everything but notifications: small plain data. */
export type MarkEntry =
  /** The first of a stream. */
  | (At & {
      readonly kind: 'joined'
      /** Person who holds the recorder. */
      readonly by: string
      /** Zone version that the phone judges by; null where there is none. */
      readonly zoneVersionId: string | null
      /** Local time minus UTC, seconds. */
      readonly localOffsetS: number
      readonly plannedMin: number | null
    })
  /** What the phone guides by. Written at joining and whenever it changes before the start; the last one before it counts. */
  | (At & { readonly kind: 'guided' } & Guidance)
  /** Section J: never the answers. */
  | (At & { readonly kind: 'checked_in'; readonly result: CheckInResult; readonly zoneNeedsReview: boolean })
  /** From here on notifications come from this strap; a null sensor takes the strap away. */
  | (At & {
      readonly kind: 'strap'
      readonly sensor: SensorKind | null
      /** Maker and model; never a serial number. */
      readonly device: string | null
    })
  | (At & { readonly kind: 'start' | 'pause' | 'resume' | 'stop' })
  /** Nobody pressed stop, and for hours nothing was heard: the phone ended it, as of the last thing that it heard. */
  | (At & { readonly kind: 'ended_by_itself' })
  /** A stop, or "does not run after all", is taken back. What came between is a hole. */
  | (At & { readonly kind: 'continued' })
  | (At & { readonly kind: CueResponseKind; readonly by: string })
  /** The recorder slept or its page was hidden since then: what the strap sent meanwhile may be missing. */
  | (At & { readonly kind: 'missed'; readonly sinceMs: number })
  /** Somebody or the network set the phone's clock by so much (back is negative). The stream's own time goes on unbroken. */
  | (At & { readonly kind: 'clock'; readonly setMs: number })
export type StreamEntry = NotificationEntry | MarkEntry
/** Never written down: whoever reads batches puts it where numbers are missing, at the moment from which there is more. */
export interface LostEntry extends At {
  readonly kind: 'lost'
}
/** What the fold takes. */
export type FoldEntry = StreamEntry | LostEntry
export type MarkKind = MarkEntry['kind']

/** What a strap said or a hand did. The rest a recorder writes down by itself, also where nobody is near it any more. */
const heardKinds: readonly FoldEntry['kind'][] = [
  'notification',
  'joined',
  'checked_in',
  'start',
  'pause',
  'resume',
  'stop',
  'continued',
  ...cueResponseKinds,
]
export const isHeard = ({ kind }: Pick<FoldEntry, 'kind'>): boolean => heardKinds.includes(kind)

/** The end of somebody's run, whoever ended it. */
export const isEnd = ({ kind }: Pick<FoldEntry, 'kind'>): boolean => kind === 'stop' || kind === 'ended_by_itself'

type Check = (value: unknown) => boolean
const isText: Check = (value) => typeof value === 'string' && value.length <= 200
const isMinutes: Check = (value) => typeof value === 'number' && value > 0 && value <= 1440
const isOffset: Check = (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 86_400
const isBpm: Check = (value) => typeof value === 'number' && value > 0 && value <= 1000
/** More than there are parameters; a name that is not known here is another version's. */
const MOST_PARAMETERS = 500
const isOverrides: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const all = Object.entries(value)
  return all.length <= MOST_PARAMETERS && all.every(([name, set]) => isText(name) && Number.isFinite(set))
}
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const oneOf =
  (list: readonly string[]): Check =>
  (value) =>
    list.some((one) => one === value)

const members: Readonly<Record<MarkKind, Readonly<Record<string, Check>>>> = {
  joined: {
    by: isText,
    zoneVersionId: orNull(isText),
    localOffsetS: isOffset,
    plannedMin: orNull(isMinutes),
  },
  guided: {
    zoneVersionId: orNull(isText),
    watchLevel: oneOf(watchLevels),
    parameters: isOverrides,
    ruleVersion: isText,
    limitsAsOfMs: orNull(isMs),
    ceilingBpm: orNull(isBpm),
    hardBpm: orNull(isBpm),
  },
  checked_in: { result: oneOf(checkInResults), zoneNeedsReview: (value) => typeof value === 'boolean' },
  strap: { sensor: orNull(oneOf(sensorKinds)), device: orNull(isText) },
  start: {},
  pause: {},
  resume: {},
  stop: {},
  ended_by_itself: {},
  continued: {},
  told: { by: isText },
  acknowledge: { by: isText },
  snooze: { by: isText },
  missed: { sinceMs: isMs },
  clock: { setMs: isMs },
}
const isMarkKind = (kind: unknown): kind is MarkKind => typeof kind === 'string' && Object.hasOwn(members, kind)

/** A mark that comes from elsewhere, with its known members only; null where it is none. */
export function readMark(value: unknown): MarkEntry | null {
  if (typeof value !== 'object' || value === null) return null
  const given = value as Readonly<Record<string, unknown>>
  const { kind, atMs } = given
  if (!isMarkKind(kind) || !isMs(atMs)) return null
  const asked = Object.entries(members[kind])
  if (!asked.every(([name, check]) => check(given[name]))) return null
  return { kind, atMs, ...Object.fromEntries(asked.map(([name]) => [name, given[name]])) } as unknown as MarkEntry
}
