// The model of the outbox, and the commands that drive the real one beside it. What the model holds is what was appended;
// after a death it holds what was found, which may lack the last second only.
import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import type { Page } from 'playwright-core'
import { measurement, STREAM_START_MS } from '../../support/stream.ts'
import { openMortalBrowser, type MortalBrowser } from './mortal-browser.ts'
import type { PlainEntry } from './page.ts'
import { ASIDE, badWays, narrowWays, ONE, type BatchServer, type Way } from './server.ts'

export const runners = ['noor', 'mo', 'bo'] as const

interface Appended {
  readonly entry: PlainEntry
  readonly appendedMs: number
  /** The disk had no room then: nothing is promised of it before there is. */
  readonly whileFull: boolean
}

export interface Model {
  readonly streams: Map<string, Appended[]>
  /** Rows that were seen sealed: bytes by runner and number. */
  readonly sealed: Map<string, string>
  full: boolean
}

export interface Real {
  readonly profile: string
  readonly server: BatchServer
  browser: MortalBrowser
}

/** What may be lost where everything ends from one moment to the next. */
const LAST_SECOND_MS = 1000

const pageOf = ({ browser }: Real): Page => browser.page

/** Open the page and wait until its outbox is there. */
export async function openPage(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.evaluate(() => window.harness.outbox.ready)
}

/** Chromium asks for the room that is left once and believes it for half a minute: little from the beginning, and a write
 *  that is larger than it, make it ask anew. */
const ROOM_BYTES = 5_000_000
const TOO_LARGE = 6_000_000

/** A browser on that profile, with the page open. */
export async function wake(profile: string, { url }: BatchServer): Promise<MortalBrowser> {
  const browser = await openMortalBrowser(profile, url)
  await browser.setQuota(ROOM_BYTES)
  await openPage(browser.page, url)
  return browser
}

export async function append(model: Model, real: Real, runner: string, entries: readonly PlainEntry[]): Promise<void> {
  await pageOf(real).evaluate(([id, made]) => window.harness.append(id, made), [runner, entries] as const)
  const appendedMs = Date.now()
  const stream = model.streams.get(runner) ?? []
  for (const entry of entries) stream.push({ entry, appendedMs, whileFull: model.full })
  model.streams.set(runner, stream)
}

type AppendedKind = 'notification' | 'told' | 'pause' | 'resume' | 'stop'

/** Entries that go on where the runner's stream stands. */
export function nextEntries(model: Model, runner: string, kinds: readonly AppendedKind[]): PlainEntry[] {
  const last = model.streams.get(runner)?.at(-1)?.entry.atMs ?? STREAM_START_MS
  return kinds.map((kind, i): PlainEntry => {
    const atMs = last + 1000 * (i + 1)
    if (kind === 'told') return { kind, atMs, by: 'therapist' }
    if (kind !== 'notification') return { kind, atMs }
    return { kind, atMs, bytes: [...measurement({ bpm: 100 + ((atMs / 1000) % 60), rrMs: [520] })] }
  })
}

const readDisk = async (real: Real, runner: string): Promise<PlainEntry[]> => {
  const { entries, damaged } = await pageOf(real).evaluate((id) => window.harness.readEntries(id), runner)
  assert.deepEqual(damaged, [])
  return entries
}

/** The rows on disk: no gap in the numbers, and what was sealed is as it was.
 *  @param reopened what was open is sealed by that */
export async function checkRows(model: Model, real: Real, reopened = false): Promise<void> {
  const rows = await pageOf(real).evaluate(() => window.harness.listRows())
  for (const runner of runners) {
    const numbers = rows.filter(({ participationId }) => participationId === runner).map(({ number }) => number)
    assert.deepEqual(
      numbers,
      Array.from(numbers, (_, i) => i + 1),
      `numbers of ${runner}`,
    )
  }
  for (const { participationId, number, state, bytes } of rows) {
    const name = `${participationId} ${number}`
    const before = model.sealed.get(name)
    if (before !== undefined) assert.equal(bytes.join(), before, `sealed batch ${name} changed`)
    if (reopened || state !== 'open') model.sealed.set(name, bytes.join())
  }
  assert.deepEqual(real.server.faults, [])
}

/** After a death at that moment: everything but at most the last second is there, and the model goes on with that. */
async function checkSurvivors(model: Model, real: Real, diedMs: number): Promise<void> {
  for (const [runner, stream] of model.streams) {
    const found = await readDisk(real, runner)
    assert.deepEqual(
      found,
      stream.slice(0, found.length).map(({ entry }) => entry),
      `${runner}: not what was appended`,
    )
    const lost = stream.splice(found.length)
    for (const { entry, appendedMs, whileFull } of lost)
      if (!whileFull)
        assert.ok(
          diedMs - appendedMs < LAST_SECOND_MS,
          `${runner} lost ${entry.kind} of ${diedMs - appendedMs} ms before`,
        )
  }
  await checkRows(model, real, true)
}

function setWhileFull({ streams }: Model, isWhileFull: (one: Appended) => boolean): void {
  for (const [runner, stream] of streams)
    streams.set(
      runner,
      stream.map((one) => ({ ...one, whileFull: isWhileFull(one) })),
    )
}

/** The disk is full from now on. */
export async function takeRoom(model: Model, real: Real): Promise<void> {
  await real.browser.setQuota(1)
  const takes = await pageOf(real).evaluate((bytes) => window.harness.takes(bytes), TOO_LARGE)
  assert.ok(!takes, 'the disk is not full')
  model.full = true
  // What was appended just before may not have been written in time either.
  setWhileFull(model, (one) => one.whileFull || Date.now() - one.appendedMs < LAST_SECOND_MS)
  await append(model, real, 'noor', nextEntries(model, 'noor', ['notification']))
  const problem = await pageOf(real).evaluate(() =>
    window.harness.outbox.flush().then(
      () => 'none',
      () => window.harness.outbox.state.value.problem,
    ),
  )
  assert.equal(problem, 'full')
}

/** Room again, and everything written. */
export async function giveRoom(model: Model, real: Real): Promise<void> {
  await real.browser.setQuota(ROOM_BYTES)
  await pageOf(real).evaluate(() => window.harness.outbox.flush())
  model.full = false
  setWhileFull(model, () => false)
}

export async function reload(model: Model, real: Real): Promise<void> {
  const diedMs = Date.now()
  await pageOf(real).reload()
  await pageOf(real).evaluate(() => window.harness.outbox.ready)
  await checkSurvivors(model, real, diedMs)
}

export async function kill(model: Model, real: Real): Promise<void> {
  const diedMs = Date.now()
  await real.browser.kill()
  real.browser = await wake(real.profile, real.server)
  model.full = false
  await checkSurvivors(model, real, diedMs)
}

/** A beat of everybody ten times a second, then nothing, then death. */
export async function beatAndKill(model: Model, real: Real, beatsForMs: number, silentForMs: number): Promise<void> {
  for (const endMs = Date.now() + beatsForMs; Date.now() <= endMs; await sleep(100))
    for (const runner of runners) await append(model, real, runner, nextEntries(model, runner, ['notification']))
  await sleep(silentForMs)
  await kill(model, real)
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Send until nothing more can be done for now. Whatever concerns one runner or one batch holds nobody else up. */
export async function send(real: Real, way: Way): Promise<void> {
  real.server.way = way
  const page = pageOf(real)
  await page.evaluate(() => window.harness.sendNow())
  if (narrowWays.includes(way)) {
    const waiting = await page.evaluate(() => window.harness.listWaiting())
    assert.deepEqual(
      waiting.filter(({ participationId }) => way === 'few' || way === 'dislike' || participationId !== ONE),
      [],
      `${way} held others up`,
    )
  }
  if (way === 'dislike') await checkAside(real)
  real.server.way = 'well'
}

/** The batch that the server would not take is set aside, and told. */
async function checkAside(real: Real): Promise<void> {
  const page = pageOf(real)
  const { arrived } = real.server
  const rows = await page.evaluate(() => window.harness.listRows())
  const isThere = rows.some(
    ({ participationId: id, number }) => id === ASIDE.participationId && number === ASIDE.number,
  )
  if (!isThere || arrived.get(ASIDE.participationId)?.has(ASIDE.number)) return
  const told = await page.evaluate((id) => window.harness.sentOf(id), ASIDE.participationId)
  assert.deepEqual([told?.setAside, told?.setAsideCode], [1, 'INVALID_REQUEST'])
}

/** What became of batches is on disk, where there is room. */
const settleDisk = (real: Real): Promise<void> =>
  pageOf(real).evaluate(() => window.harness.outbox.flush().catch(() => undefined))

type Command = fc.AsyncCommand<Model, Real>
const command = (name: string, run: Command['run'], check: Command['check'] = () => true): Command => ({
  check,
  run,
  toString: () => name,
})

const kinds = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant<AppendedKind>('notification') },
    { weight: 1, arbitrary: fc.constantFrom<AppendedKind>('told', 'pause', 'resume') },
  ),
  { minLength: 1, maxLength: 130 },
)

export const commands: fc.Arbitrary<Command>[] = [
  fc
    .tuple(fc.constantFrom(...runners), kinds)
    .map(([runner, kinds]) =>
      command(`append ${kinds.length} to ${runner}`, (model, real) =>
        append(model, real, runner, nextEntries(model, runner, kinds)),
      ),
    ),
  fc.integer({ min: 50, max: 1500 }).map((ms) =>
    command(`wait ${ms} ms`, async (model, real) => {
      await sleep(ms)
      await checkRows(model, real)
    }),
  ),
  fc.constant(
    command('flush', async (model, real) => {
      const failed = await pageOf(real).evaluate(() =>
        window.harness.outbox.flush().then(
          () => false,
          () => true,
        ),
      )
      assert.ok(!failed || model.full, 'a flush failed though there is room')
      if (!failed)
        for (const [runner, stream] of model.streams)
          assert.deepEqual(
            await readDisk(real, runner),
            stream.map(({ entry }) => entry),
          )
    }),
  ),
  fc.constant(command('reload', reload)),
  fc.constant(command('kill', kill)),
  fc
    .record({ beatsForMs: fc.nat(2500), silentForMs: fc.nat(1500) })
    .map(({ beatsForMs, silentForMs }) =>
      command(`beat for ${beatsForMs} ms, silence for ${silentForMs} ms, kill`, (model, real) =>
        beatAndKill(model, real, beatsForMs, silentForMs),
      ),
    ),
  fc.constantFrom<Way>('well', 'well', ...badWays).map((way) =>
    command(`send ${way}`, async (model, real) => {
      await send(real, way)
      await settleDisk(real)
      await checkRows(model, real)
    }),
  ),
  fc.constantFrom(...runners).map((runner) =>
    command(`server forgets a batch of ${runner}`, async (_model, { server }) => {
      const own = server.arrived.get(runner)
      const [number] = own?.keys() ?? []
      if (number !== undefined) own?.delete(number)
    }),
  ),
  fc.constant(command('no room', takeRoom)),
  fc.constant(command('room again', giveRoom, ({ full }) => full)),
]
