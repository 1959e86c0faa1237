// Two FIT readers that nobody here wrote, and what they find in a file that we wrote, in one form.
import { Decoder, Stream } from '@garmin/fitsdk'
import FitParser from 'fit-file-parser'

export interface FoundRecord {
  /** Seconds since the first record. */
  readonly atS: number
  readonly bpm: number | null
  readonly distanceM: number | null
}
export interface FoundTotals {
  readonly elapsedS: number
  readonly timerS: number
  readonly meanBpm: number | null
  readonly maxBpm: number | null
  readonly distanceM: number | null
  readonly startedAtMs: number
  readonly endedAtMs: number
}
export interface FoundActivity {
  readonly records: readonly FoundRecord[]
  readonly rrMs: readonly number[]
  /** Seconds since the first record, and whether the timer runs from then on. */
  readonly timer: readonly (readonly [atS: number, runs: boolean])[]
  readonly session: FoundTotals
  readonly lap: FoundTotals
  readonly activity: { readonly timerS: number; readonly endedAtMs: number; readonly offsetS: number | null }
  readonly productName: string | null
}

/** What each reader calls its numbers; Garmin's in camel case, the other's in snake case. */
interface Summary {
  readonly [name: string]: unknown
}

const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null
const toMs = (value: unknown): number => (value instanceof Date ? value.getTime() : Number.NaN)
const one = <T>(list: readonly T[] | undefined, what: string): T => {
  if (list?.length !== 1 || list[0] === undefined) throw new Error(`${list?.length ?? 0} of ${what}`)
  return list[0]
}
const toSnake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @param name how this reader writes a name */
function totalsOf(summary: Summary, name: (camel: string) => string): FoundTotals {
  const number = (camel: string) => numberOrNull(summary[name(camel)])
  return {
    elapsedS: number('totalElapsedTime') ?? Number.NaN,
    timerS: number('totalTimerTime') ?? Number.NaN,
    meanBpm: number('avgHeartRate'),
    maxBpm: number('maxHeartRate'),
    distanceM: number('totalDistance'),
    startedAtMs: toMs(summary[name('startTime')]),
    endedAtMs: toMs(summary['timestamp']),
  }
}

function found(
  messages: Readonly<Record<'records' | 'events' | 'sessions' | 'laps' | 'activities', readonly Summary[]>>,
  name: (camel: string) => string,
  rest: Pick<FoundActivity, 'rrMs' | 'productName'> & { readonly offsetS: number | null },
): FoundActivity {
  const startMs = toMs(messages.records[0]?.['timestamp'])
  const atS = (message: Summary) => (toMs(message['timestamp']) - startMs) / 1000
  const activity = one(messages.activities, 'activity')
  return {
    records: messages.records.map((record) => ({
      atS: atS(record),
      bpm: numberOrNull(record[name('heartRate')]),
      distanceM: numberOrNull(record['distance']),
    })),
    timer: messages.events
      .filter(({ event }) => event === 'timer')
      .map((event) => [atS(event), event[name('eventType')] === 'start']),
    session: totalsOf(one(messages.sessions, 'session'), name),
    lap: totalsOf(one(messages.laps, 'lap'), name),
    activity: {
      timerS: numberOrNull(activity[name('totalTimerTime')]) ?? Number.NaN,
      endedAtMs: toMs(activity['timestamp']),
      offsetS: rest.offsetS,
    },
    rrMs: rest.rrMs,
    productName: rest.productName,
  }
}

/** Seconds from FIT's epoch to Unix time, which Garmin's reader leaves in local times. */
const FIT_EPOCH_S = 631_065_600

/** Garmin's own reader. @returns also the numbers of all messages in the order of the file */
export function byGarmin(bytes: Uint8Array): FoundActivity & { readonly order: readonly number[] } {
  const decoder = new Decoder(Stream.fromByteArray([...bytes]))
  if (!decoder.isFIT() || !decoder.checkIntegrity()) throw new Error('not whole')
  const order: number[] = []
  const { messages, errors } = decoder.read({
    mergeHeartRates: false,
    mesgListener: (number) => void order.push(number),
  })
  if (errors.length > 0) throw new Error(String(errors[0]))
  const listed = (list: unknown): readonly Summary[] => (list ?? []) as readonly Summary[]
  const [activity] = listed(messages.activityMesgs)
  const localS = numberOrNull(activity?.['localTimestamp'])
  const lists = {
    records: listed(messages.recordMesgs),
    events: listed(messages.eventMesgs),
    sessions: listed(messages.sessionMesgs),
    laps: listed(messages.lapMesgs),
    activities: listed(messages.activityMesgs),
  }
  return {
    ...found(lists, (camel) => camel, {
      offsetS: localS === null ? null : localS + FIT_EPOCH_S - toMs(activity?.['timestamp']) / 1000,
      rrMs: listed(messages.hrvMesgs).flatMap(({ time }) =>
        [time].flat().flatMap((s) => (typeof s === 'number' && s < 65 ? [Math.round(s * 1000)] : [])),
      ),
      productName: stringOrNull(listed(messages.deviceInfoMesgs)[0]?.['productName']),
    }),
    order,
  }
}

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** fit-file-parser, which many web pages read with. */
export async function byFitFileParser(bytes: Uint8Array): Promise<FoundActivity> {
  const parser = new FitParser({ force: false, mode: 'list', lengthUnit: 'm', speedUnit: 'm/s' })
  const parsed = (await parser.parseAsync(Buffer.from(bytes))) as unknown as Readonly<Record<string, unknown>>
  const list = (name: string): readonly Summary[] => (parsed[name] ?? []) as readonly Summary[]
  const activity = (parsed['activity'] ?? {}) as Summary
  const localMs = toMs(activity['local_timestamp'])
  const lists = {
    records: list('records'),
    events: list('events'),
    sessions: list('sessions'),
    laps: list('laps'),
    activities: [activity],
  }
  return found(lists, toSnake, {
    offsetS: Number.isNaN(localMs) ? null : (localMs - toMs(activity['timestamp'])) / 1000,
    rrMs: list('hrv').flatMap(({ time }) =>
      [time].flat().flatMap((s) => (typeof s === 'number' && s < 65 ? [Math.round(s * 1000)] : [])),
    ),
    productName: stringOrNull(list('device_infos')[0]?.['product_name']),
  })
}
