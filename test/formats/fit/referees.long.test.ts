// Differential tests: two public readers on the same bytes. They are referees in tests only and are never timed.
import { Decoder, Stream } from '@garmin/fitsdk'
import FitParser from 'fit-file-parser'
import { describe, expect, it } from 'vitest'
import { fitFixtures } from '../../../fixtures/fit/files.ts'
import { readFit } from '../../../src/formats/fit/read-fit.ts'
import { corpusFiles, corpusIsHere, readCorpus } from '../../support/corpus.ts'

type PerSecond = Map<number, number>

/** The first heart rate above 0 of each second, as our reader merges them. */
function merge(pairs: Iterable<readonly [atMs: number, bpm: number | null | undefined]>): PerSecond {
  const seconds: PerSecond = new Map()
  for (const [atMs, bpm] of pairs)
    if (typeof bpm === 'number' && bpm > 0 && bpm < 255 && !seconds.has(atMs)) seconds.set(atMs, bpm)
  return seconds
}

function ours(bytes: Uint8Array): PerSecond | null {
  const reading = readFit(bytes)
  if (!reading.ok) return null
  return merge(
    reading.recordings.flatMap(({ startedAtMs, heartRate }) =>
      Array.from(heartRate.elapsedS, (atS, i) => [startedAtMs + atS * 1000, heartRate.bpm[i]] as const),
    ),
  )
}

interface SdkReading {
  readonly heartRates: PerSecond
  readonly rrMs: readonly number[]
  readonly sports: readonly string[]
}

function bySdk(bytes: Uint8Array): SdkReading {
  const pairs: [number, number | undefined][] = []
  const rrMs: number[] = []
  const sports = new Set<string>()
  const stream = Stream.fromByteArray([...bytes])
  new Decoder(stream).read({
    mergeHeartRates: false,
    mesgListener(number, message: unknown) {
      const { timestamp, heartRate, time, sport } = message as SdkMessage
      if (number === 78) rrMs.push(...[time ?? []].flat().map((s) => Math.round(s * 1000)))
      if (number === 18 && typeof sport === 'string' && sport !== 'transition') sports.add(sport)
      if (number === 20 && timestamp !== undefined) pairs.push([timestamp.getTime(), heartRate])
    },
  })
  return { heartRates: merge(pairs), rrMs, sports: [...sports] }
}

interface SdkMessage {
  readonly timestamp?: Date
  readonly heartRate?: number
  readonly time?: number | readonly number[]
  readonly sport?: string
}

async function byParser(bytes: Uint8Array): Promise<PerSecond> {
  const parser = new FitParser({ force: true, mode: 'list' })
  const parsed = await parser.parseAsync(Buffer.from(bytes))
  return merge(
    (parsed.records ?? []).map(({ timestamp, heart_rate }) => [new Date(timestamp ?? 0).getTime(), heart_rate]),
  )
}

/** Where a referee is known to see less or otherwise, and why. */
const sdkDiffers: Readonly<Record<string, string>> = {
  'compressed-time': 'the SDK decodes no message with a compressed timestamp',
  'compressed-speed-distance.fit': 'the SDK decodes no message with a compressed timestamp',
  truncated: 'the SDK gives up on a file that is cut',
  'crc-wrong': 'the SDK gives up on a wrong checksum',
  'header-lies': 'the SDK believes the header, which announces no data',
  'damaged-middle': 'the SDK gives up on the whole file',
  'empty-activities.fit': 'the SDK believes the header, which announces no data',
}
const parserDiffers: Readonly<Record<string, string>> = {
  'compressed-time': 'fit-file-parser takes a compressed timestamp for a full one',
  'header-lies': 'fit-file-parser believes the header, which announces no data',
  'damaged-middle': 'fit-file-parser refuses the whole file',
  truncated: 'fit-file-parser refuses a file that is cut',
  'two-activities': 'fit-file-parser stops after the first part',
  'empty-activities.fit': 'fit-file-parser believes the header, which announces no data',
  'activity-settings-nodata.fit': 'fit-file-parser stops after the first part',
}
/** Ours differs from both on purpose; `corpus.test.ts` holds the reason of each. */
const oursDiffers = new Set([
  ...['hr-messages', 'hr-messages-preferred', 'clock-leaps'],
  ...['GarminHRMswim.FIT', 'event_timestamp.fit', 'sample_mulitple_header.fit', '6788312639-1.fit'],
  ...['2013-04-11-17-32-50.fit', 'DeveloperData.fit', 'TestEncode.fit'],
])

async function compare(name: string, bytes: Uint8Array) {
  const mine = ours(bytes)
  if (mine === null || oursDiffers.has(name)) return
  const found = [...mine].sort()
  if (!(name in sdkDiffers)) {
    const sdk = bySdk(bytes)
    expect([...sdk.heartRates].sort(), '@garmin/fitsdk').toEqual(found)
    const reading = readFit(bytes)
    const recordings = reading.ok ? reading.recordings : []
    const rrMs = recordings.flatMap((one) => [...one.rr.rrMs].map(Math.round))
    expect(rrMs, '@garmin/fitsdk, RR').toEqual(sdk.rrMs.filter((rr) => rr > 0 && rr < 65_535))
    const words = new Set(recordings.map(({ sport }) => sport.replaceAll('_', '').toLowerCase()))
    const one = sdk.sports.length === 1 ? sdk.sports : sdk.sports.length > 1 ? ['multisport'] : ['unknown']
    expect([...words], '@garmin/fitsdk, sport').toEqual(one.map((sport) => sport.replaceAll('_', '').toLowerCase()))
  }
  if (!(name in parserDiffers)) expect([...(await byParser(bytes))].sort(), 'fit-file-parser').toEqual(found)
}

describe('heart rate per second, against two public readers', () => {
  it.each(Object.entries(fitFixtures))('%s.fit', async (name, fixture) => {
    await compare(name, fixture.make())
    expect(fixture.proves).not.toBe('')
  })
})

describe.skipIf(!corpusIsHere)('heart rate per second on ../shared/corpus, against two public readers', () => {
  it.each(corpusFiles.map(({ file }) => file))('%s', async (file) => {
    const bytes = readCorpus(file)
    expect(bytes).toBeInstanceOf(Uint8Array)
    await compare(file.slice(file.indexOf('/') + 1), bytes)
  })
})
