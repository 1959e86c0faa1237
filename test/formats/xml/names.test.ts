// What makers write instead of the usual names, numbers and times: the same minute, whatever it is called (shared formats, rule T10).
import { describe, expect, it } from 'vitest'
import { kinetics, walkRun } from '../../../fixtures/fit/made-runs.ts'
import { gpx, START, trk, utc } from '../../../fixtures/xml/made-xml.ts'
import { nameFixtures } from '../../../fixtures/xml/names.ts'
import { toNumber } from '../../../src/formats/xml/element.ts'
import { readFile } from '../../../src/formats/read-file.ts'

const minute = kinetics(walkRun, 1).slice(0, 60)
const readingOf = (file: string) => readFile(file, nameFixtures[file]?.make() ?? new Uint8Array())
const readable = Object.keys(nameFixtures).filter((file) => !file.startsWith('times-unreadable'))

describe('other names', () => {
  it.each(readable)('%s is the same minute', (file) => {
    const reading = readingOf(file)
    const [run, ...more] = reading.ok ? reading.recordings : []
    const isTold = (s: number) => file !== 'none-rates.tcx' || s % 20 !== 7
    expect(more).toEqual([])
    expect(run?.startedAtMs).toBe(START * 1000)
    expect(run?.elapsedS).toBe(59)
    expect([...(run?.heartRate.elapsedS ?? [])]).toEqual([...minute.keys()].filter(isTold))
    expect([...(run?.heartRate.bpm ?? [])]).toEqual(minute.map(({ bpm }) => bpm).filter((_, s) => isTold(s)))
    expect(run?.warnings).toEqual(file === 'jumbled.gpx' ? ['TIME_BACKWARDS'] : [])
  })

  it.each([
    ['times-unreadable.gpx', '09/01/2026 08:00:00'],
    ['times-unreadable.tcx', '01.09.2026 08u00m0'],
    ['times-unreadable-partly.gpx', '2026-09-01T04:00:00 EST'],
    ['times-unreadable-minutes.gpx', '2026-09-01T08:00'],
    ['times-unreadable-minutes.tcx', '2026-09-01T08:00Z'],
  ])('%s says which times it cannot read', (file, detail) => {
    expect(readingOf(file)).toEqual({ ok: false, code: 'TIMES_UNREADABLE', detail })
  })
})

describe('times of which some cannot be read', () => {
  const point = (time: string, bpm: number | '') =>
    `<trkpt lat="52" lon="5.1">${time}<extensions><hr>${bpm}</hr></extensions></trkpt>\n`
  /** So many points of which `lost` have this time. */
  const read = (count: number, lost: number, time: string, bpm: number | '' = 170, more = '') => {
    const points = Array.from({ length: count }, (_, s) =>
      s < lost ? point(time, bpm) : point(`<time>${utc(START + s)}</time>`, 120),
    )
    const reading = readFile('a.gpx', new TextEncoder().encode(gpx(trk([points.join('')]) + more)))
    return reading.ok ? reading.recordings.map(({ elapsedS, warnings }) => [elapsedS, ...warnings]) : reading.code
  }
  const word = '<time>01/09/2026 08:00:00</time>'
  it.each([
    ['under 60 and under 5 %', 1400, 59, [[1340, 'TIME_MISSING']]],
    ['60', 1400, 60, 'TIMES_UNREADABLE'],
    ['5 %', 100, 5, 'TIMES_UNREADABLE'],
    ['under 5 %', 101, 5, [[95, 'TIME_MISSING']]],
    ['one of few', 10, 1, 'TIMES_UNREADABLE'],
  ] as const)(
    'leaves out a stray share, and refuses what else would be judged as the whole: %s',
    (_, count, lost, told) => {
      expect(read(count, lost, word)).toEqual(told)
      // Seconds that are gone though others are there count alike, unless one point of a minute lacks them: that is a second 0.
      const minuteOnly = typeof told === 'string' ? told : [[count - 1, 'TIME_MISSING']]
      expect(read(count, lost, '<time>2026-09-01T08:00Z</time>')).toEqual(lost === 1 ? [[count - 1]] : minuteOnly)
    },
  )
  it('is as many points without any time, and never those that have no heart rate', () => {
    expect(['', '<time/>', '<time></time>'].map((none) => read(100, 50, none))).toEqual(
      Array.from({ length: 3 }, () => 'TIMES_UNREADABLE'),
    )
    expect(read(100, 4, '')).toEqual([[95, 'TIME_MISSING']])
    expect(read(100, 50, word, '')).toEqual([[49, 'TIME_MISSING']])
  })
  it('keeps the other activities of the file', () => {
    const other = trk([[0, 1, 2].map((s) => point(`<time>${utc(START + 9000 + s)}</time>`, 120)).join('')])
    expect(read(100, 50, word, 170, other)).toEqual([[2, 'TIME_MISSING']])
    // It is minutes only; that those of another have seconds says that :00 is left out.
    expect(read(1, 1, '<time>2026-09-01T08:00Z</time>', 170, other)).toEqual([[0], [2]])
  })
  it('takes two points of one minute for two of its first second where others come in twos too', () => {
    const twice = (time: string) => point(`<time>${time}</time>`, 120).repeat(2)
    const points = Array.from({ length: 130 }, (_, s) => twice(utc(START + s).replace(':00Z', 'Z')))
    const reading = readFile('a.gpx', new TextEncoder().encode(gpx(trk([points.join('')]))))
    expect(reading.ok && reading.recordings.map(({ elapsedS, warnings }) => [elapsedS, ...warnings])).toEqual([[129]])
  })
})

describe('several blocks in one point', () => {
  const rates = (...said: readonly (string | number)[]) => {
    const blocks = said.map((one) => `<extensions><hr>${one}</hr></extensions>`).join('')
    const point = (time: string) => `<trkpt lat="52" lon="5.1"><time>${time}</time>${blocks}</trkpt>\n`
    const reading = readFile('a.gpx', new TextEncoder().encode(gpx(trk([point(utc(START))]))))
    const run = reading.ok ? reading.recordings[0] : undefined
    return [...(run?.heartRate.bpm ?? []), ...(run?.warnings ?? [])]
  }
  it('takes 0 before none, a rate before both, and the first of two rates', () => {
    expect([rates('', 0), rates(0, 255), rates(0, 'NaN', 121), rates(120, 130)]).toEqual([[0], [0], [121], [120]])
  })
  it('warns of a word only where nothing else says a number', () => {
    expect([rates('--', 120), rates('--', ''), rates(300, 0)]).toEqual([
      [120],
      ['VALUE_UNREADABLE'],
      [0, 'VALUE_UNREADABLE'],
    ])
  })
})

describe('numbers', () => {
  const read = (text: string, most?: number) => toNumber(text, () => undefined, most)
  it('takes a comma for a decimal point where it can mean nothing else', () => {
    expect([read('100,00'), read('-5,25'), read('0,125'), read('1234,567'), read('120,000', 254)]).toEqual([
      100, -5.25, 0.125, 1234.567, 120,
    ])
  })
  it('reads no number that may be two', () => {
    const warned: string[] = []
    const odd = ['1,234', '12,345', '1,2,3', '1.234,5'].map((text) => toNumber(text, (code) => warned.push(code)))
    expect([odd, warned]).toEqual([Array(4).fill(Number.NaN), Array(4).fill('VALUE_UNREADABLE')])
  })
})
