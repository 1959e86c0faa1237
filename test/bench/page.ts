// `page`: how long a supervisor waits between opening a flag and having its evidence on the screen (chart at its moment, the
// rule and its numbers, eight weeks), in a real Chromium, of a client with a history of 500 runs.
import { zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import type { DemoRun } from '../../src/cli/demo/made-clients.ts'
import { madeStreamFile } from '../../src/cli/demo/made-stream.ts'
import { makeGroup } from '../e2e/group-run/people.ts'
import { openHouse } from '../e2e/house.ts'
import { buildPage } from '../house/build-page.ts'
import { findChromium } from '../house/chromium.ts'
import type { BenchOptions, BenchReport, Progress } from './report.ts'
import { quantileOf } from './timing.ts'

const RUNS = 500
const SMOKE_RUNS = 50
/** Four a day, all within what the rules look back: the worst that a history of so many can be. */
const RUNS_A_DAY = 4
const OPENINGS = 30
const SMOKE_OPENINGS = 3
const HOUR_MS = 3_600_000

export async function benchPage(progress: Progress, { smoke = false }: BenchOptions): Promise<BenchReport> {
  const openings = smoke ? SMOKE_OPENINGS : OPENINGS
  if (findChromium() === null || !buildPage()) throw new Error('page needs Chromium and the page')
  const house = await openHouse()
  try {
    const { page } = await house.newPage({ viewport: { width: 1180, height: 900 } })
    const { clients } = await makeGroup(page, house.url, 'Bank', { Hilde: 140 })
    await upload(page, house.url, clients.get('Hilde') ?? '', smoke ? SMOKE_RUNS : RUNS, progress)
    await page.goto(`${house.url}/review`)
    await page.locator('.flag-row').first().waitFor()
    const rows = await page.locator('.flag-row').count()
    const waitedMs: number[] = []
    for (let n = 0; n < openings; n++) {
      progress(`page: opening ${n + 1} of ${openings}`)
      waitedMs.push(Number(await page.evaluate(`${openRow}(${n % rows})`)))
    }
    const p = (share: number) => quantileOf(waitedMs, share)
    return {
      yardsticks: [
        {
          what: 'a flag opened to its evidence, 500 runs, p95',
          value: p(0.95),
          must: 'at most',
          limit: 150,
          unit: 'ms',
        },
        { what: 'the same, the longest', value: p(1), must: 'at most', limit: 300, unit: 'ms' },
      ],
      tables: [
        {
          head: ['opening a flag, ms', 'median', 'p95', 'longest'],
          rows: [[`${openings} times, ${rows} flags`, p(0.5), p(0.95), p(1)]],
        },
      ],
      notes: [
        'from the press to the frame in which chart, rule, numbers and eight weeks are drawn; the first one reads with cold caches',
        `${RUNS} runs of twenty minutes within 125 days`,
      ],
    }
  } finally {
    await house.close()
  }
}

/** Runs in the page: press a row, and wait for the frame in which everything of that flag is there. */
const openRow = `(async (at) => {
  const row = document.querySelectorAll('.flag-row')[at]
  const id = row.getAttribute('href').split('/').at(-1)
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const from = performance.now()
  row.click()
  for (;;) {
    await frame()
    const panel = document.querySelector('[data-flag-id="' + id + '"]')
    const isThere = (part) => panel?.querySelector(part) != null
    if (isThere('.chart canvas, .evidence ~ .card') && isThere('.evidence dl') && isThere('.multiples svg')) break
  }
  await frame()
  return performance.now() - from
})`

/** Twenty minutes; the last ones too hard. */
const madeRun = (startedAtMs: number, number: number): DemoRun => ({
  startedAtMs,
  plannedMin: 30,
  device: 'phone',
  signal: 'good',
  clockOffS: 0,
  effort: {
    seed: `bench ${number}`,
    body: {
      restBpm: 75,
      runBpm: number < 20 ? 135 : 122,
      driftBpmPerMin: number < 20 ? 4 : 0,
      mostBpm: 184,
      runMPerS: 2.3,
    },
    lengthS: 1200,
    activity: 'run',
    intervals: number < 20 ? null : { runS: 120, walkS: 60 },
    todayBpm: 0,
    toldAboveBpm: number < 20 ? 140 : null,
    heeds: false,
  },
})

async function upload(page: Page, url: string, clientId: string, runs: number, progress: Progress): Promise<void> {
  const nowMs = Date.now()
  for (let from = 0; from < runs; from += 50) {
    progress(`page: runs up to ${from + 50} of ${runs}`)
    const files = Array.from({ length: 50 }, (_, i): [string, Uint8Array] => {
      // Oldest first, as they happened.
      const number = runs - from - i
      const startedAtMs = nowMs - (number / RUNS_A_DAY) * 24 * HOUR_MS
      return [`${number}.cprs`, madeStreamFile(madeRun(startedAtMs, number), 'bench')]
    })
    const buffer = Buffer.from(zipSync(Object.fromEntries(files), { level: 1 }))
    const answer = await page.request.post(`${url}/api/clients/${clientId}/runs`, {
      headers: { origin: url, prefer: 'wait=50' },
      multipart: { files: { name: 'runs.zip', mimeType: 'application/zip', buffer } },
      timeout: 120_000,
    })
    if (!answer.ok()) throw new Error(`upload: ${answer.status()}`)
  }
}
