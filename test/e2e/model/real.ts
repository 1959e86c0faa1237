// The real thing that a script is done to: the page as it is shipped in a browser with a disk of its own, the simulated
// radio, and the served process. What a step does not allow at that moment is left out.
import { strict as assert } from 'node:assert'
import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { sleep } from '../../support/fake-strap.ts'
import { answerChooser, type StrapChooser } from '../../support/strap-chooser.ts'
import { makeGroup } from '../group-run/people.ts'
import { chooseGroup, endAll, isHere, pair, startAll, stopRunner, tileOf } from '../group-run/steps.ts'
import type { House } from '../house.ts'
import type { MortalBrowser } from '../outbox/mortal-browser.ts'
import { until } from '../straps/rig.ts'
import { Air, type AirRunner } from './air.ts'
import { readOutbox } from './phone-disk.ts'
import type { RunnerStep, Script, Step } from './script.ts'

const ALIASES = ['Anna', 'Bram', 'Cem'] as const
/** What the sending may take once everything is well again: its longest wait is a minute. */
const SENT_WITHIN_MS = 120_000

export interface Real {
  readonly house: House
  readonly profile: string
  readonly groupName: string
  readonly air: Air
  /** No strap is used twice. */
  readonly nextStrap: () => ReturnType<NonNullable<House['bluez']>['addStrap']>
  browser: MortalBrowser
  page: Page
  chooser: StrapChooser
  networkIsThere: boolean
  serverIsThere: boolean
  /** How many of the next answers do not arrive. */
  answersToLose: number
  readonly paused: Set<AirRunner>
  /** What the phone sent, as far as it came to the network. */
  readonly requests: { given: number; answersLost: number }
}

let strapsMade = 0

/** A group of its own, everybody with a strap, and started. */
export async function beginReal(house: House, profile: string, name: string): Promise<Real> {
  const { bluez } = house
  assert.ok(bluez !== null)
  const nextStrap = () => {
    const number = String(++strapsMade).padStart(3, '0')
    return bluez.addStrap({ address: `C0:00:00:07:${number[0]}0:${number.slice(1)}`, name: `Model ${number}` })
  }
  const browser = await house.openProfile(profile)
  const { page } = browser
  const group = await makeGroup(page, house.url, name, Object.fromEntries(ALIASES.map((alias) => [alias, 150])))
  const air = new Air(ALIASES.map((alias) => [alias, group.clients.get(alias) ?? '', nextStrap()] as const))
  const real: Real = {
    house,
    profile,
    groupName: name,
    air,
    nextStrap,
    browser,
    page,
    chooser: await answerChooser(page),
    networkIsThere: true,
    serverIsThere: true,
    answersToLose: 0,
    paused: new Set(),
    requests: { given: 0, answersLost: 0 },
  }
  await loseAnswers(real)
  await air.listenIn(page)
  await page.goto(`${house.url}/group-run`)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await chooseGroup(page, house.url, name)
  for (const { wearer } of air.runners) {
    await isHere(page, wearer.alias)
    await pair(page, real.chooser, wearer)
  }
  air.startedAtMs = Date.now()
  await startAll(page)
  for (const { wearer } of air.runners) wearer.begin()
  return real
}

/** Where answers do not arrive the server is given what is sent all the same. */
async function loseAnswers(real: Real): Promise<void> {
  await real.page.route('**/api/group-runs/*/batches', async (route) => {
    real.requests.given++
    if (real.answersToLose === 0) return route.continue()
    real.answersToLose--
    real.requests.answersLost++
    await route.fetch().catch(() => undefined)
    await route.abort().catch(() => undefined)
  })
}

/** Do one step. */
export async function doStep(real: Real, step: Step): Promise<void> {
  const { air, house, page } = real
  if ('runner' in step) {
    const runner = air.runners[step.runner]
    assert.ok(runner !== undefined)
    return runner.stoppedAtMs === Number.POSITIVE_INFINITY ? doToRunner(real, runner, step.kind) : undefined
  }
  switch (step.kind) {
    case 'wait':
      return sleep(step.ms)
    case 'hidden':
      return lookElsewhere(real, step.ms)
    case 'network_goes':
    case 'network_returns':
      real.networkIsThere = step.kind === 'network_returns'
      return page.context().setOffline(!real.networkIsThere)
    case 'answers_lost':
    case 'answers_arrive':
      real.answersToLose = step.kind === 'answers_lost' ? Number.POSITIVE_INFINITY : 0
      return
    case 'server_killed':
      if (real.serverIsThere) await house.goDown('SIGKILL')
      real.serverIsThere = false
      return
    case 'server_returns':
      if (!real.serverIsThere) await house.comeBack()
      real.serverIsThere = true
      return
    case 'reload':
      air.loseAll()
      await page.reload()
      return backOnLive(real)
    case 'browser_killed':
      await killBrowser(real)
      return backOnLive(real)
  }
}

async function doToRunner(real: Real, runner: AirRunner, kind: RunnerStep['kind']): Promise<void> {
  const { page, air, paused } = real
  const { wearer } = runner
  switch (kind) {
    case 'strap_drops':
    case 'strap_leaves':
      runner.faultsAtMs.push(Date.now())
      return kind === 'strap_drops' ? wearer.strap.dropLink() : wearer.strap.leave()
    case 'strap_returns':
      return wearer.strap.back()
    case 'hand_over':
      await air.quiet(runner)
      wearer.strap = real.nextStrap()
      await tileOf(page, wearer.alias).click()
      await page.getByRole('button', { name: 'Andere band' }).click()
      real.chooser.want(wearer.strap.address)
      await page.getByRole('button', { name: 'Nieuwe band zoeken' }).click()
      await until(() => wearer.strap.notifying, `${wearer.alias} has another strap`, 20_000)
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      runner.beats = true
      return
    case 'pause':
    case 'resume':
      if (paused.has(runner) === (kind === 'pause')) return
      await tileOf(page, wearer.alias).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: kind === 'pause' ? 'Pauze' : 'Verder' })
        .click()
      if (kind === 'pause') paused.add(runner)
      else paused.delete(runner)
      if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape')
      return
    case 'stop':
      runner.stoppedAtMs = Date.now()
      return stopRunner(page, wearer.alias)
  }
}

async function lookElsewhere({ page, browser }: Real, ms: number): Promise<void> {
  const other = await browser.newTab()
  await other.bringToFront()
  await sleep(ms)
  await other.close()
  await page.bringToFront()
}

/** SIGKILL to all of it, and a new one over the same disk. */
async function killBrowser(real: Real): Promise<void> {
  const { air, house, profile } = real
  air.loseAll()
  await real.browser.kill()
  // What the phone's own Bluetooth does once nobody wants a link.
  for (const strap of house.bluez?.straps ?? []) strap.dropLink()
  air.loseAll()
  real.browser = await house.openProfile(profile)
  real.page = real.browser.page
  await real.page.context().setOffline(!real.networkIsThere)
  real.chooser = await answerChooser(real.page)
  await loseAnswers(real)
  await air.listenIn(real.page)
  await real.page.goto(`${house.url}/group-run`)
}

/** The live screen is there, and every strap that is in range beats again, with a tap where the browser asks for one. */
async function backOnLive(real: Real): Promise<void> {
  const { page, air, chooser } = real
  await page.locator('.tiles').waitFor({ timeout: 30_000 })
  const tap = page.getByRole('button', { name: /^Tik om de band van/ })
  const away = () =>
    air.runners.filter(
      ({ wearer: { strap }, stoppedAtMs }) =>
        strap.inRange && !strap.notifying && stoppedAtMs === Number.POSITIVE_INFINITY,
    )
  const endMs = Date.now() + 60_000
  while (away().length > 0) {
    assert.ok(Date.now() < endMs, `${away()[0]?.wearer.alias} did not come back after the page`)
    const words = (await tap.count()) > 0 ? ((await tap.textContent()) ?? '') : ''
    const asked = air.runners.find(({ wearer }) => words.includes(` ${wearer.alias} `))
    if (asked === undefined) {
      await sleep(50)
      continue
    }
    const { strap } = asked.wearer
    if (strap.notifying) continue
    // Whoever is out of range is not in the list: it is closed, and the next one is asked for.
    chooser.want(strap.inRange ? strap.address : null)
    await tap.click()
    await until(() => strap.notifying || !strap.inRange, `${asked.wearer.alias} is back`, 20_000)
    await sleep(100)
  }
}

/** Everything is well again, everybody stops, and what is left travels, through what the script does to that as well.
 *  @returns once the phone holds nothing that the server has not acknowledged */
export async function endReal(real: Real, script: Script): Promise<void> {
  const { house, air } = real
  for (const kind of ['network_returns', 'server_returns', 'answers_arrive'] as const) await doStep(real, { kind })
  for (const runner of air.runners) await air.quiet(runner)
  const stopAtMs = Date.now()
  for (const runner of air.runners) runner.stoppedAtMs = Math.min(runner.stoppedAtMs, stopAtMs)
  real.answersToLose = script.answersLostAfterStop
  await endAll(real.page)
  for (const afterMs of script.serverKilledAfterStopMs) {
    await sleep(afterMs)
    await house.goDown('SIGKILL')
    await house.comeBack()
  }
  if (script.browserKilledAfterStopMs !== null) {
    await sleep(script.browserKilledAfterStopMs)
    await killBrowser(real)
  } else await real.page.getByText('Alles is verstuurd.').waitFor({ timeout: SENT_WITHIN_MS })
  await until(
    async () => {
      const { participations, batches } = await readOutbox(real.page)
      return (
        batches.every(({ state }) => state === 'acknowledged') &&
        participations.every(({ arrival }) => arrival !== null && arrival !== 'arriving')
      )
    },
    'the phone holds nothing that is not at the server',
    SENT_WITHIN_MS,
  )
}

export async function closeReal({ browser, air, profile, house, serverIsThere }: Real): Promise<void> {
  air.end()
  await browser.kill()
  for (const strap of house.bluez?.straps ?? []) strap.dropLink()
  if (!serverIsThere) await house.comeBack()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
