// `live`: the page itself in a real Chromium over a simulated radio: thirty straps once a second (again with a slower
// processor), eight straps ten times a second, and two hours of eight. A machine that others use at the same time shows in the longest, not in the median.
import { openHouse } from '../e2e/house.ts'
import { buildPage } from '../house/build-page.ts'
import { findChromium } from '../house/chromium.ts'
import { measureLoad, type Load, type LoadCost } from './live-load.ts'
import { measureMemory, type Held, type MemoryHeld } from './live-memory.ts'
import type { BenchOptions, BenchReport, Progress, Table, Yardstick } from './report.ts'
import { quantileOf } from './timing.ts'

const many: Load = { straps: 30, hz: 1, seconds: 40, from: 1, slowedBy: 1 }
const fast: Load = { straps: 8, hz: 10, seconds: 30, from: 40, slowedBy: 1 }
const onPhone: Load = { ...many, from: 70, slowedBy: 4 }
/** What the engine itself keeps as it learns a page moves by about one (product choice). */
const GROWTH_MB = 3

/** A few straps for a moment. */
const inLittle = (load: Load): Load => ({ ...load, straps: 3, seconds: 2 })

export async function benchLive(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  if (findChromium() === null || !buildPage()) throw new Error('live needs Chromium and the page')
  const house = await openHouse({ radio: 'full' })
  const measure = (load: Load) => measureLoad(house, smoke ? inLittle(load) : load)
  try {
    progress('live: thirty straps, once a second')
    const manyCost = await measure(many)
    progress('live: eight straps, ten times a second')
    const fastCost = await measure(fast)
    progress('live: thirty straps, once a second, a slow processor')
    const phoneCost = await measure(onPhone)
    progress('live: two hours')
    const memory = await measureMemory(house, progress, smoke ? [1, 2] : undefined)
    return {
      yardsticks: [...yardsticksOf(manyCost), ...memoryYardsticks(memory)],
      tables: [
        loadTable([
          [many, manyCost],
          [fast, fastCost],
          [onPhone, phoneCost],
        ]),
        memoryTable(memory),
      ],
      notes,
    }
  } finally {
    await house.close()
  }
}

const notes: readonly string[] = [
  'a notification: wall clock inside the page’s own listeners, with the microtasks that they leave behind (where the page renders)',
  'all work: everything the page’s thread did meanwhile (pictures, timers, disk), divided by the notifications',
  `${onPhone.slowedBy} times as slow: the page’s thread as Chromium’s own tools slow it down, as a phone would; reported, not judged`,
  'lost on air: sent to a subscribed strap’s radio, not taken by a listener; lost to disk: not in the outbox after the stop',
  'memory: 8 straps once a second for two hours, every notification really sent, the page’s clock moved on by the bench; its limit is a product choice',
]

function yardsticksOf({ costsMs, longTasksMs, lostOnAir, lostToDisk }: LoadCost): Yardstick[] {
  return [
    {
      what: 'a notification, 30 straps once a second, p99',
      value: quantileOf(costsMs, 0.99),
      must: 'at most',
      limit: 8,
      unit: 'ms',
    },
    {
      what: '… tasks of the page over 50 ms',
      value: longTasksMs.filter((ms) => ms > 50).length,
      must: 'at most',
      limit: 0,
      unit: 'tasks',
    },
    { what: '… lost, on air and to disk', value: lostOnAir + lostToDisk, must: 'at most', limit: 0, unit: 'lost' },
  ]
}

function memoryYardsticks({ held, lostToDisk }: MemoryHeld): Yardstick[] {
  const [first, last] = [held[0], held.at(-1)]
  const growth = (of: (one: Held) => number) =>
    first === undefined || last === undefined ? Number.NaN : of(last) - of(first)
  return [
    {
      what: 'growth of the heap, minute 20 to 120',
      value: growth(({ heapMb }) => heapMb),
      must: 'at most',
      limit: GROWTH_MB,
      unit: 'MB',
    },
    { what: '… of DOM nodes', value: growth(({ nodes }) => nodes), must: 'at most', limit: 0, unit: 'nodes' },
    { what: '… lost to disk in two hours', value: lostToDisk, must: 'at most', limit: 0, unit: 'lost' },
  ]
}

const loadTable = (rows: readonly (readonly [Load, LoadCost])[]): Table => ({
  head: [
    'live page',
    'sent',
    'median ms',
    'p99 ms',
    'longest ms',
    'all work ms',
    'over 50 ms',
    'longest task ms',
    'lost on air',
    'lost to disk',
  ],
  rows: rows.map(([{ straps, hz, slowedBy }, { sent, costsMs, allMs, longTasksMs, lostOnAir, lostToDisk }]) => [
    `${straps} straps at ${hz} Hz${slowedBy === 1 ? '' : `, ${slowedBy} times as slow`}`,
    String(sent),
    ...[0.5, 0.99, 1].map((share) => quantileOf(costsMs, share)),
    allMs,
    String(longTasksMs.length),
    longTasksMs.length === 0 ? '-' : Math.max(...longTasksMs),
    String(lostOnAir),
    String(lostToDisk),
  ]),
})

const memoryTable = ({ held }: MemoryHeld): Table => ({
  head: ['8 straps at 1 Hz', 'heap MB', 'DOM nodes', 'listeners'],
  rows: held.map(({ atMin, heapMb, nodes, listeners }) => [
    `minute ${atMin}`,
    heapMb.toFixed(2),
    String(nodes),
    String(listeners),
  ]),
})
