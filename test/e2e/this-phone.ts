// What stays on a phone: a run that nobody ended, weeks later, when a client signs in on that phone; and the screen that says what is on
// it, sends it and removes it. The recordings are put on the disk as a phone writes them; page, server and clock are real.
import { strict as assert } from 'node:assert'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { root } from '../house/run.ts'
import { madeParticipation, madeRun } from '../support/group-run.ts'
import { firstPerson } from '../support/first-person.ts'
import { assertNoBarrier } from './barriers.ts'
import { makeGroup } from './group-run/people.ts'
import type { House } from './house.ts'
import { leftStream, putOnDisk, readEverything, toRows, type DiskRun } from './phone-disk.ts'
import type { Check } from '../support/check.ts'
import { until } from './straps/rig.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>

interface Rig {
  readonly house: House
  readonly context: BrowserContext
  readonly thea: Cookies
  readonly anna: Cookies
  readonly personId: string
  readonly groupId: string
  readonly clients: ReadonlyMap<string, string>
}

export async function thisPhoneSuite(house: House, check: Check): Promise<void> {
  const { page } = await house.newPage({ viewport: { width: 360, height: 740 } })
  const context = page.context()
  const group = await makeGroup(page, house.url, 'Weken', { Anna: 151, Bram: 152, Cem: 153 })
  const { personId } = (await (await page.request.get(`${house.url}/api/me`)).json()) as { personId: string }
  const clientId = group.clients.get('Anna') ?? ''
  const invited = await page.request.post(`${house.url}/api/clients/${clientId}/invitations`)
  const { token } = (await invited.json()) as { token: string }
  const thea = await context.cookies()
  await context.clearCookies()
  const person = { token, name: 'Anna', email: 'anna@example.org', password: firstPerson.password }
  const joined = await page.request.post(`${house.url}/api/join`, { data: person, headers: { origin: house.url } })
  assert.ok(joined.ok(), await joined.text())
  const anna = await context.cookies()
  await page.close()
  const rig: Rig = { house, context, thea, anna, personId, groupId: group.groupId, clients: group.clients }
  for (const part of [weeksLater, daysLater, screen])
    await part(rig, async (title, work) => {
      await check(title, work)
      // Of a check that failed; the screen's own stays from one to the next.
      if (part !== screen) for (const one of context.pages()) await one.close()
    })
  await context.close()
}

/** Whoever opens the page next, at that time by the phone. */
async function open(
  { context, house }: Rig,
  who: Cookies | null,
  path: string,
  inMs = 0,
  isServersDay = true,
): Promise<Page> {
  await context.clearCookies()
  if (who !== null) await context.addCookies(who)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  if (inMs > 0) await page.addInitScript(setAhead, inMs)
  // It is that day for everybody: the server's clock is the page's, but where a phone alone is wrong.
  const date = new Date(Date.now() + inMs).toUTCString()
  if (isServersDay)
    await page.route('**/healthz', (route) => route.fulfill({ headers: { date }, json: { status: 'ok' } }))
  await page.goto(`${house.url}${path}`)
  await page.locator('h1').waitFor()
  return page
}

/** Of this page alone: Playwright's own clock is that of every page of a browser, and stays. */
function setAhead(inMs: number): void {
  const Real = Date
  const Ahead = function (...given: [] | [number]): Date | string {
    if (new.target === undefined) return new Real(Real.now() + inMs).toString()
    return given.length === 0 ? new Real(Real.now() + inMs) : new Real(...given)
  }
  globalThis.Date = Object.assign(Ahead, {
    prototype: Real.prototype,
    now: () => Real.now() + inMs,
    parse: Real.parse,
    UTC: Real.UTC,
  }) as unknown as DateConstructor
}

const COLLEAGUE = { personId: 'cor', name: 'Cor' }

/** @param endedMs ago; null where nobody ended it */
function aRun(
  { groupId, clients, personId }: Rig,
  begunMs: number,
  endedMs: number | null,
  holder = { personId, name: 'Thea' },
): DiskRun {
  const startMs = Date.now() - begunMs
  const entries = leftStream(startMs, holder.personId)
  const id = crypto.randomUUID()
  const runner = (alias: string, ceilingBpm: number, more = {}) =>
    madeParticipation({
      id: crypto.randomUUID(),
      groupRunId: id,
      clientId: clients.get(alias) ?? null,
      alias,
      zone: { id: null, source: 'manual', ceilingBpm, floorBpm: null, hardBpm: ceilingBpm + 20 },
      arrival: 'arriving',
      ...more,
    })
  const [anna, bram, gijs] = [runner('Anna', 151), runner('Bram', 152), runner('Gijs', 154)] as const
  return {
    run: madeRun({
      id,
      groupId,
      name: 'Weken',
      madeAtMs: startMs - 60_000,
      plan: { minutes: null, intervals: null },
      timer: { startedAtMs: null, pausedAtMs: null, pausedMs: 0 },
      settings: { parameters: {} },
      endedAtMs: endedMs === null ? null : Date.now() - endedMs,
      holder,
      startedById: holder.personId,
      clockWasRight: true,
    }),
    runners: [anna, bram, gijs],
    rows: [
      ...toRows(anna.id, entries, ['acknowledged']),
      ...toRows(bram.id, entries, ['acknowledged', 'sealed', 'open']),
      ...toRows(gijs.id, entries, ['sealed']),
    ],
  }
}

/** Names, limits, ids: what of these people nobody else may read. */
const traces = ({ clients, groupId, personId }: Rig) => [
  ...['Bram', 'Cem', 'Gijs', 'Thea', 'Weken', '"ceilingBpm"', '"hardBpm"', 'birthYear'],
  ...[...clients.values(), groupId, personId],
]

async function weeksLater(rig: Rig, check: Check): Promise<void> {
  // Nothing of it was ever sent.
  await rig.context.route('**/batches', (route) => route.abort())
  const page = await open(rig, rig.thea, '/account')
  const nowMs = Date.now()
  const roster = {
    groupId: rig.groupId,
    name: 'Weken',
    fetchedAtMs: nowMs,
    parameters: {},
    clients: [...rig.clients].map(([firstName, id]) => ({ id, firstName, zone: { ceilingBpm: 152, hardBpm: 172 } })),
  }
  const left = aRun(rig, 5 * 60_000, null)
  await putOnDisk(page, left, {
    [`roster:${rig.groupId}`]: roster,
    'roster:groups': [rig.groupId],
    'roster:aliases': { [rig.clients.get('Bram') ?? '']: 'Bram' },
    'roster:wearers': { strap: { id: rig.clients.get('Bram') ?? '', alias: 'Bram' } },
  })
  await page.evaluate((note) => localStorage.setItem('calmpace.unsaved', JSON.stringify([note])), {
    groupRunId: left.run.id,
    participationId: left.runners[0]?.id,
    strapId: null,
    strapChanges: 1,
  })
  const before = await readEverything(page)
  assert.ok(before.batches > 0 && traces(rig).some((trace) => before.text.includes(trace)))
  await page.close()

  await check('a run never ended: within hours it goes on where it was', async () => {
    const soon = await open(rig, rig.thea, '/group-run', 3 * HOUR_MS)
    await soon.locator('.tile').filter({ hasText: 'Bram' }).waitFor()
    await soon.close()
  })
  await check('a phone whose own clock jumps 40 days ahead takes nothing that nobody else has', async () => {
    const wrong = await open(rig, null, '/', 40 * DAY_MS, false)
    await wrong.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    assert.ok((await readEverything(wrong)).batches > 0, 'what was never sent is still there')
    await wrong.close()
  })
  await check('a run never ended, 40 days later: nothing of anybody is in any storage, whoever looks', async () => {
    const nobody = await open(rig, null, '/', 40 * DAY_MS)
    await nobody.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
    await nothingIsLeft(rig, nobody)
    await nobody.close()
  })
  await check('… and a client who signs in on that phone reads nothing of it, on any page', async () => {
    const client = await open(rig, rig.anna, '/mine', 40 * DAY_MS)
    await client.getByRole('heading', { level: 1, name: 'Anna' }).waitFor()
    assert.doesNotMatch(await client.locator('body').innerText(), /Bram|Gijs|Weken|gewist/)
    await nothingIsLeft(rig, client)
    await client.goto(`${rig.house.url}/this-phone`)
    await client.getByText('Niets.', { exact: true }).waitFor()
    assert.doesNotMatch(await client.locator('main').innerText(), /Bram|Gijs|Weken|gewist/)
    await client.close()
  })
  await check('… and staff are told what was deleted and why, without a name, until they have seen it', async () => {
    const staff = await open(rig, rig.thea, '/', 41 * DAY_MS)
    const told = staff.getByText(
      /gewist op .*: de opnames van 2 lopers in de groepsloop van .* Niemand verstuurde die op tijd/,
    )
    await told.waitFor()
    await staff.getByRole('button', { name: 'Gezien' }).click()
    await told.waitFor({ state: 'detached' })
    await staff.reload()
    await staff.locator('h1').waitFor()
    assert.equal(await told.count(), 0)
    await staff.goto(`${rig.house.url}/this-phone`)
    await told.waitFor()
    await staff.close()
  })
  await rig.context.unroute('**/batches')
}

async function nothingIsLeft(rig: Rig, page: Page): Promise<void> {
  await until(async () => (await readEverything(page)).batches === 0, 'no heart rate is left')
  const { text } = await readEverything(page)
  const found = traces(rig).filter((trace) => text.includes(trace))
  // Whoever is here may read their own id.
  assert.deepEqual(
    found.filter((trace) => trace !== rig.clients.get('Anna')),
    [],
  )
}

async function daysLater(rig: Rig, check: Check): Promise<void> {
  const page = await open(rig, rig.thea, '/account')
  await page.route('**/batches', (route) => route.abort())
  const { run, runners, rows } = aRun(rig, 2 * DAY_MS, null)
  const [, bram] = runners
  const unsent = rows.map((row) => (row.participationId === bram?.id ? { ...row, state: 'sealed' as const } : row))
  await putOnDisk(page, { run, runners, rows: unsent })
  await page.close()
  await check('two days later a client sees that a recording waits, and nothing of it', async () => {
    const client = await open(rig, rig.anna, '/this-phone')
    await client.getByText(/Er staat nog 1 opname van een groepsloop op dit apparaat/).waitFor()
    await picture(client, 'client')
    assert.doesNotMatch(await client.locator('body').innerText(), /Bram|Gijs|Weken/)
    assert.equal(await client.getByRole('main').getByRole('button').count(), 0)
    const { text } = await readEverything(client)
    // What the clinic has, and whoever never goes there, left a day after the run.
    assert.ok(!text.includes('Gijs') && !text.includes('"alias":"Anna"'), 'a day after the run')
    await client.close()
  })
  await check(
    '… and once staff sign in it is sent, ended by itself as of the last beat, and leaves the phone',
    async () => {
      const staff = await open(rig, rig.thea, '/')
      await until(
        async () => !/"state":"(?:sealed|open)"/.test((await readEverything(staff)).text),
        'all of it was sent',
        20_000,
      )
      const answer = await staff.request.get(`${rig.house.url}/api/group-runs/${run.id}`)
      const { participations } = (await answer.json()) as { participations: { id: string; state: string }[] }
      assert.deepEqual(
        participations.map(({ id }) => id),
        [bram?.id],
      )
      await staff.close()
      const next = await open(rig, rig.thea, '/')
      await until(async () => (await readEverything(next)).batches === 0, 'all of it left')
      const { text } = await readEverything(next)
      assert.ok(!text.includes('"alias"') && !text.includes(run.id), 'nor is the run there')
      await next.close()
    },
  )
}

async function screen(rig: Rig, check: Check): Promise<void> {
  const page = await open(rig, rig.thea, '/account')
  const { run, runners, rows } = aRun(rig, 2 * HOUR_MS, HOUR_MS)
  const [anna, bram, gijs] = runners
  assert.ok(anna !== undefined && bram !== undefined && gijs !== undefined)
  const refusedAtMs = Date.now() - HOUR_MS
  const cem = { ...bram, id: crypto.randomUUID(), clientId: rig.clients.get('Cem') ?? '', alias: 'Cem' }
  const refused = { ...cem, refused: 'NOT_FOUND', refusedAtMs }
  const cems = rows.filter(({ participationId }) => participationId === bram.id)
  await putOnDisk(page, {
    run,
    runners: [{ ...anna, arrival: 'composed' }, bram, refused, gijs],
    rows: [...rows, ...cems.map((row) => ({ ...row, participationId: cem.id }))],
  })
  await putOnDisk(page, aRun(rig, 40 * 60_000, null))
  await putOnDisk(page, aRun(rig, 5 * HOUR_MS, 4 * HOUR_MS, COLLEAGUE))
  await page.close()
  const context = rig.context
  await context.route('**/batches', (route) => route.abort())
  const staff = await open(rig, rig.thea, '/account')
  await check(
    'the screen of what is on this phone is reached from the account, and says of each runner where it is',
    async () => {
      await staff
        .getByRole('main')
        .locator('section')
        .getByRole('link', { name: 'Wat er op dit apparaat staat' })
        .click()
      const card = staff.locator('.phone-run').filter({ hasText: 'Gijs' }).filter({ hasText: 'Cem' })
      const lineOf = (alias: string) => card.getByRole('listitem').filter({ hasText: alias })
      await lineOf('Anna').getByText('De praktijk heeft alles.').waitFor()
      await lineOf('Bram').getByText('3 stukjes wachten op versturen.').waitFor()
      await lineOf('Cem')
        .getByText(/niet \(meer\) van jouw groep/)
        .waitFor()
      await lineOf('Gijs').getByText('Gaat niet naar de praktijk.').waitFor()
      for (const alias of ['Anna', 'Bram', 'Cem', 'Gijs'])
        await lineOf(alias)
          .getByText(/Staat tot \d+ \w+/)
          .waitFor()
    },
  )
  await check('it has no barrier, on a phone and on a desk, in light and dark, in both languages', async () => {
    for (const language of ['nl', 'en'] as const)
      for (const colorScheme of ['light', 'dark'] as const)
        for (const width of [360, 1200]) {
          await staff.setViewportSize({ width, height: 800 })
          await staff.emulateMedia({ colorScheme })
          await staff.getByRole('button', { name: language === 'nl' ? 'Nederlands' : 'English' }).click()
          await assertNoBarrier(staff)
          await picture(staff, `staff-${language}-${colorScheme}-${width}`)
        }
    await staff.getByRole('button', { name: 'Nederlands' }).click()
  })
  await check(
    'removing says what is lost, takes no for an answer, and then leaves a note and nothing else',
    async () => {
      const card = staff.locator('.phone-run').filter({ hasText: 'Cem' })
      await card.getByRole('button', { name: 'Wis van dit apparaat' }).click()
      const sure = card.getByRole('group', { name: /heeft nog niet alles van Bram en Cem\..* van Gijs / })
      await sure.waitFor()
      await picture(staff, 'sure')
      await sure.getByRole('button', { name: 'Nee' }).click()
      await card.getByRole('button', { name: 'Wis van dit apparaat' }).click()
      await sure.getByRole('button', { name: 'Ja, doe dat' }).click()
      await card.waitFor({ state: 'detached' })
      await staff
        .getByText(/door iemand op dit scherm/)
        .first()
        .waitFor()
      const { text } = await readEverything(staff)
      assert.ok(!text.includes('Cem') && !text.includes(cem.id), 'nothing of it is on the disk')
    },
  )
  await check("a colleague's run is said without a name of a runner, and cannot be removed", async () => {
    const card = staff.locator('.phone-run').filter({ hasText: 'Groepsloop van Cor' })
    await card.getByText('Loper 2').waitFor()
    assert.doesNotMatch(await card.innerText(), /Anna|Bram|Gijs|Weken/)
    assert.equal(await card.getByRole('button').count(), 0)
  })
  await check('a run that is recorded is said, and cannot be removed', async () => {
    const card = staff.locator('.phone-run').filter({ hasText: 'bezig' })
    await card.getByRole('link', { name: 'Naar de loop' }).waitFor()
    assert.equal(await card.getByRole('button').count(), 0)
  })
  await staff.close()
}

/** `PICTURES=folder` keeps what the screen looks like. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['PICTURES']
  if (folder === undefined) return
  mkdirSync(join(root, folder), { recursive: true })
  await page.screenshot({ path: join(root, folder, `${name}.png`), fullPage: true })
}
