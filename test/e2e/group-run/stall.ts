// A page that stands still in the middle of a run, as a phone's freezer does it, and a phone whose clock is set: nothing old
// stands there as new in any frame, everything is in the stream, and what is not known is a hole with its reason.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { readStreamBatches } from '../../../src/formats/phone-recording/stream-file.ts'
import { decodeBatch } from '../../../src/formats/phone-recording/batch.ts'
import type { StreamEntry } from '../../../src/formats/phone-recording/entry.ts'
import { sleep } from '../../support/fake-strap.ts'
import { answerChooser } from '../../support/strap-chooser.ts'
import type { House } from '../house.ts'
import type { Check } from '../../support/check.ts'
import { newestRun } from './arrived.ts'
import { framesOf, watchFrames, type SeenFrame } from './frames.ts'
import { makeGroup } from './people.ts'
import { chooseGroup, endAll, isHere, pair, settle, startAll, tileOf } from './steps.ts'
import { dress, lostOf, notificationsIn, type Wearer } from './wearer.ts'

const aliases = ['Anna', 'Bram'] as const
const CEILING = 140
const DAY_MS = 86_400_000
/** A number stands for 5 s; the radio and the next frame take a moment. */
const FRESH_MS = 5000 + 400

class Heart {
  bpm: number
  isOn = true
  readonly wearer: Wearer
  readonly beats: { readonly atMs: number; readonly bpm: number }[] = []

  constructor(wearer: Wearer, bpm: number) {
    this.wearer = wearer
    this.bpm = bpm
  }
  beat(): void {
    if (!this.isOn) return
    this.beats.push({ atMs: Date.now(), bpm: this.bpm })
    this.wearer.beat(this.bpm)
  }
}

export async function stalledRun(house: House, check: Check): Promise<void> {
  const { bluez, url } = house
  assert.ok(bluez !== null)
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  await page.addInitScript(skewedDate, -40 * DAY_MS)
  const chooser = await answerChooser(page)
  const group = await makeGroup(page, url, 'Stilstand', { Anna: CEILING, Bram: CEILING })
  const wearers = dress(bluez, aliases, 150)
  const hearts = wearers.map((wearer) => new Heart(wearer, 110))
  const [anna, bram] = hearts
  assert.ok(anna !== undefined && bram !== undefined)
  await chooseGroup(page, url, group.name)
  await check('a phone that is 40 days behind is told before the start', async () => {
    await page.getByText('De klok van deze telefoon loopt 40 dagen achter').waitFor()
  })
  for (const wearer of wearers) {
    await isHere(page, wearer.alias)
    await pair(page, chooser, wearer)
  }
  const beating = setInterval(() => {
    for (const heart of hearts) heart.beat()
  }, 1000)
  try {
    await startAll(page)
    for (const wearer of wearers) wearer.begin()
    await watchFrames(page)
    await waitForBeats(page, 110)
    await check('a clock that the network sets by 40 days, and back by a minute, is no sleep', async () => {
      await page.evaluate((byMs) => window.setDateBy?.(byMs), 40 * DAY_MS)
      await page.getByText('loopt 40 dagen achter').waitFor({ state: 'detached' })
      await page.evaluate((byMs) => window.setDateBy?.(byMs), -60_000)
      await sleep(4000)
      assert.equal(await page.getByText('Er zijn hartslagen gemist').count(), 0)
      await waitForBeats(page, 110)
    })
    await check('a page stopped for 40 s says what it missed, and shows its straps again', async () => {
      await stopPage(page, anna, bram)
      await page.getByText('Er zijn hartslagen gemist').waitFor()
    })
    await check('a page frozen for 12 s shows its straps again', async () => {
      await waitForBeats(page, 111)
      const tools = await page.context().newCDPSession(page)
      await tools.send('Page.setWebLifecycleState', { state: 'frozen' })
      for (const heart of hearts) heart.bpm = 120
      await sleep(9000)
      for (const heart of hearts) heart.bpm = 113
      await sleep(3000)
      await tools.send('Page.setWebLifecycleState', { state: 'active' })
      await waitForBeats(page, 113)
    })
    await check(
      'nothing old stood there as new: in each frame calm and every present number had a beat of their own within 5 s',
      async () => {
        const frames = await framesOf(page)
        assert.ok(frames.length > 300, `${frames.length} frames`)
        const wrong = frames.flatMap((frame) => wrongIn(frame, hearts))
        assert.deepEqual(wrong.slice(0, 5), [])
      },
    )
    await settle()
  } finally {
    clearInterval(beating)
  }
  await settle()
  await endAll(page)
  await page.getByText('Alles is verstuurd.').waitFor({ timeout: 30_000 })
  for (const { wearer } of hearts) await checkArrived(page, url, check, wearer, group.clients.get(wearer.alias) ?? '')
}

/** The renderer is stopped, as by Android's freezer: 175 for half a minute and 111 again, and Bram's strap leaves. */
async function stopPage(page: Page, anna: Heart, bram: Heart): Promise<void> {
  const tools = await page.context().browser()?.newBrowserCDPSession()
  assert.ok(tools !== undefined)
  const { processInfo } = await tools.send('SystemInfo.getProcessInfo')
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
  assert.ok(renderers.length > 0)
  const tell = (signal: 'SIGSTOP' | 'SIGCONT') => {
    for (const id of renderers) process.kill(id, signal)
  }
  tell('SIGSTOP')
  try {
    for (const heart of [anna, bram]) heart.bpm = 175
    await sleep(30_000)
    for (const heart of [anna, bram]) heart.bpm = 111
    await sleep(8000)
    bram.isOn = false
    await sleep(2000)
  } finally {
    tell('SIGCONT')
  }
  await sleep(3000)
  bram.isOn = true
  await waitForBeats(page, 111)
}

async function waitForBeats(page: Page, bpm: number): Promise<void> {
  for (const alias of aliases)
    await tileOf(page, alias)
      .locator(`.bpm:not(.old)`, { hasText: new RegExp(`^${bpm} `) })
      .waitFor()
}

/** What a frame shows as present though no such beat was younger than 5 s then. */
function wrongIn({ atMs, tiles }: SeenFrame, hearts: readonly Heart[]): string[] {
  return tiles.flatMap(({ alias, bpm, isCalm }) => {
    const beats = hearts.find(({ wearer }) => wearer.alias === alias)?.beats ?? []
    const young = beats.filter((beat) => beat.atMs <= atMs + 50 && atMs - beat.atMs < FRESH_MS)
    const isPresent = bpm === null || young.some((beat) => beat.bpm === bpm)
    const isCalmTrue = !isCalm || young.some((beat) => beat.bpm <= CEILING)
    const youngest = young.at(-1)?.bpm ?? 'none'
    return isPresent && isCalmTrue ? [] : [`${alias} ${bpm ?? '–'}${isCalm ? ' calm' : ''}, the strap said ${youngest}`]
  })
}

async function checkArrived(page: Page, url: string, check: Check, wearer: Wearer, clientId: string): Promise<void> {
  const run = await newestRun(page, url, clientId, 30_000)
  const { bytes, recording } = notificationsIn(run.file)
  await check(`all that ${wearer.alias}’s strap sent is on the server once, and what came late is a hole`, () => {
    assert.deepEqual(lostOf(wearer, bytes), [])
    const { elapsedS, bpm } = recording.heartRate
    assert.ok(!bpm.includes(175), 'nothing of the standstill is judged')
    const holes = elapsedS.slice(1).map((atS, i) => atS - (elapsedS[i] ?? 0))
    // A page that is frozen may hear its straps all the same; one that is stopped does not.
    const [long = 0, ...others] = holes.filter((hole) => hole > 5)
    assert.ok(long >= 40 && long < 50 && others.every((hole) => hole < 22), `holes of ${long}, ${others.join()} s`)
    assert.ok(recording.elapsedS < 300, 'no step of a clock is in the run')
    for (const warning of ['NOTIFICATIONS_LATE', 'RECORDER_ASLEEP', 'CLOCK_SET'])
      assert.ok(run.warnings.includes(warning), warning)
    const set = marksIn(run.file).flatMap((entry) => (entry.kind === 'clock' ? [Math.round(entry.setMs / 1000)] : []))
    assert.deepEqual(set, [(40 * DAY_MS) / 1000, -60])
    return Promise.resolve()
  })
}

const marksIn = (file: Uint8Array): StreamEntry[] =>
  readStreamBatches(file).batches.flatMap(({ bytes }) => {
    const decoded = decodeBatch(bytes)
    return decoded.ok ? [...decoded.entries] : []
  })

declare global {
  interface Window {
    setDateBy?: (byMs: number) => void
  }
}

/** In the page: a wall clock that is off, and that can be set. */
function skewedDate(byMs: number): void {
  let offMs = byMs
  const real = Date.now.bind(Date)
  Date.now = () => real() + offMs
  window.setDateBy = (moreMs) => void (offMs += moreMs)
}
