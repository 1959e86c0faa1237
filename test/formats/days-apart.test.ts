// Runs of several days in one file, sessions without records, a clock that found the time on the way: each run by itself, no minute
// lost, whichever format it is.
import { describe, expect, it } from 'vitest'
import { FitEncoder } from '../../fixtures/fit/encoder.ts'
import { fileId, kinetics, noStop, walkRun, type Second } from '../../fixtures/fit/made-runs.ts'
import {
  activities,
  activity,
  gpx,
  lap,
  START,
  track,
  trackpoint,
  trk,
  trkpt,
  utc,
} from '../../fixtures/xml/made-xml.ts'
import { assess } from '../../src/domain/assess.ts'
import { readFile } from '../../src/formats/read-file.ts'

const FIT_EPOCH_S = 631_065_600
const DAY_S = 86_400
const zone = { source: 'manual', ceilingBpm: 140, floorBpm: null, hardBpm: 165 } as const
const calm = kinetics(walkRun, 3).slice(0, 600)
const hard = kinetics(noStop, 3).slice(0, 600)
type Stretch = readonly [atS: number, seconds: readonly Second[]]

const timed = (stretches: readonly Stretch[]) =>
  stretches.flatMap(([atS, seconds]) => seconds.map((second, k) => [START + atS + k, second] as const))
const bytes = (text: string) => new TextEncoder().encode(text)

interface Presses {
  readonly sessions?: readonly (readonly [atS: number, endS: number])[]
  readonly timer?: readonly (readonly [atS: number, eventType: number])[]
}
function asFit(stretches: readonly Stretch[], { sessions = [], timer = [] }: Presses = {}): Uint8Array {
  const fit = new FitEncoder().message(0, 0, fileId(4))
  const fitTime = (atS: number) => START - FIT_EPOCH_S + atS
  for (const [atS, eventType] of timer)
    fit.message(2, 21, [
      [253, 'u32', fitTime(atS)],
      [0, 'enum', 0],
      [1, 'enum', eventType],
    ])
  for (const [timeS, { bpm }] of timed(stretches))
    fit.message(1, 20, [
      [253, 'u32', timeS - FIT_EPOCH_S],
      [3, 'u8', bpm],
    ])
  for (const [fromS, toS] of sessions)
    fit.message(3, 18, [
      [253, 'u32', fitTime(toS)],
      [2, 'u32', fitTime(fromS)],
      [5, 'enum', 1],
      [7, 'u32', (toS - fromS) * 1000],
    ])
  return fit.finish()
}
const asTcx = (stretches: readonly Stretch[]) =>
  bytes(activities(activity(lap('', 0, track(...timed(stretches).map(([s, one]) => trackpoint(utc(s), one)))))))
const asGpx = (stretches: readonly Stretch[]) =>
  bytes(
    gpx(
      trk([
        timed(stretches)
          .map(([s, one], k) => trkpt(utc(s), one, 2 * k))
          .join(''),
      ]),
    ),
  )

function told(name: string, file: Uint8Array): (readonly [startS: number, minutes: number, isHard: boolean])[] {
  const reading = readFile(name, file, (START + 3 * DAY_S) * 1000)
  if (!reading.ok) throw new Error(reading.code)
  return reading.recordings.map((run) => {
    const { zoneTime, flags } = assess(run, zone)
    const minutes = Math.round(zoneTime.movingS / 60)
    return [run.startedAtMs / 1000 - START, minutes, flags.some(({ kind }) => kind === 'F9.hard')] as const
  })
}

const twoDays: readonly Stretch[] = [
  [0, hard],
  [2 * DAY_S, calm],
]
const lateClock: readonly Stretch[] = [
  [Date.UTC(2000, 0, 1) / 1000 - START, hard],
  [600, calm],
]

describe('rows that lie days apart', () => {
  it.each([
    ['x.fit', asFit],
    ['x.tcx', asTcx],
    ['x.gpx', asGpx],
  ])('are runs of their own: %s', (name, write) => {
    expect(told(name, write(twoDays))).toEqual([
      [0, 10, true],
      [2 * DAY_S, 10, false],
    ])
    expect(told(name, write(lateClock))).toEqual([
      [lateClock[0]?.[0], 10, true],
      [600, 10, false],
    ])
  })
})

it.each([
  ['x.fit', asFit],
  ['x.tcx', asTcx],
  ['x.gpx', asGpx],
])('says that one activity became runs of several days: %s', (name, write) => {
  const warnings = (stretches: readonly Stretch[]) => {
    const reading = readFile(name, write(stretches), (START + 3 * DAY_S) * 1000)
    return reading.ok ? reading.recordings.map((run) => run.warnings.includes('DAYS_APART')) : reading.code
  }
  expect(warnings(twoDays)).toEqual([true, true])
  expect(warnings([[0, hard]])).toEqual([false])
})

describe('sessions of one part (rule T6)', () => {
  const twoHours: readonly Stretch[] = [
    [0, hard],
    [7200, calm],
  ]
  const two = [
    [0, 10, true],
    [7200, 10, false],
  ]
  const sessions = [
    [0, 600],
    [7200, 7800],
  ] as const
  it.each<[string, Presses, unknown]>([
    ['two are two', { sessions }, two],
    ['in whatever order', { sessions: sessions.toReversed() }, two],
    ['and one without records is none', { sessions: [...sessions, [14_400, 15_000]] }, two],
    [
      'a stop between them is a pause',
      {
        sessions,
        timer: [
          [600, 4],
          [7200, 0],
        ],
      },
      [[0, 20, true]],
    ],
    ...(
      [
        [
          'a stop alone ends the first',
          [
            [0, 0],
            [600, 4],
          ],
        ],
        [
          'each ends with a stop',
          [
            [0, 0],
            [600, 9],
            [7800, 9],
          ],
        ],
        [
          'only the second ends with a stop',
          [
            [0, 0],
            [7800, 4],
          ],
        ],
      ] as const
    ).map(([title, timer]): [string, Presses, unknown] => [title, { sessions, timer }, two]),
    [
      'twenty minutes apart they are one',
      {
        sessions: [
          [0, 600],
          [1800, 7800],
        ],
      },
      [[0, 130, true]],
    ],
  ])('%s', (_, presses, wanted) => expect(told('x.fit', asFit(twoHours, presses))).toEqual(wanted))
})

describe('a stop that nothing ends (rule T3)', () => {
  it.each([
    ['in the first second', [[0, 4]]],
    [
      'in the middle',
      [
        [0, 0],
        [300, 1],
      ],
    ],
    [
      'in the second of a start',
      [
        [0, 0],
        [0, 1],
      ],
    ],
  ] as const)('%s swallows nothing', (_, timer) => {
    expect(told('x.fit', asFit([[0, hard]], { timer }))).toEqual([[0, 10, true]])
  })
})
