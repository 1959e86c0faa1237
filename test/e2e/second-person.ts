// A second person on the phone: whoever signs in while another's run goes is shown nothing of it, and it goes on.
import { strict as assert } from 'node:assert'
import type { Locator, Page } from 'playwright-core'
import { handsRun, type HandsRun } from './group-run/hands.ts'
import { tileOf } from './group-run/steps.ts'
import type { House } from './house.ts'
import type { Check } from '../support/check.ts'

interface Cookie {
  readonly name: string
  readonly value: string
}
type Who = readonly Cookie[]

/** What of Thea's run must not be on the page of anybody else. */
const ofTheRun = /Anna|Bram|Dinsdag|\b(10[89]|110|130|176)\b/

export async function secondPersonSuite(house: House, check: Check): Promise<void> {
  const run = await handsRun(house, { name: 'Dinsdag', aliases: ['Anna', 'Bram'], from: 181 })
  const { page, pass } = run
  page.on('dialog', (dialog) => void dialog.accept())
  await pass(3)
  const thea = await page.context().cookies(house.url)
  const ask = <T>(method: string, path: string, data?: object) => asked<T>(house, thea, method, path, data)
  const { id: boGroup } = await ask<{ id: string }>('POST', '/api/groups', { name: 'Van Bo' })
  const invited = { roles: ['therapist'], groupIds: [boGroup] }
  const bo = await joinAs(house, 'Bo', await ask('POST', '/api/invitations', invited))
  const annaId = run.group.clients.get('Anna') ?? ''
  const anna = await joinAs(house, 'Anna', await ask('POST', `/api/clients/${annaId}/invitations`, {}))
  await anotherTherapist(house, check, run, bo)
  await takesOver(house, check, run, thea, bo)
  await theClient(house, check, run, anna)
  await inNeed(house, check, run, thea)
}

async function anotherTherapist(house: House, check: Check, run: HandsRun, bo: Who): Promise<void> {
  const { page, bpm, pass, passUntil } = run
  await check('another therapist reads that a run of Thea goes on, and nothing of it', async () => {
    await comeAs(house, page, bo)
    const says = page.getByText('Op deze telefoon loopt een groepsloop van Thea')
    await passUntil(async () => (await says.count()) === 1, 'the page says whose it is')
    await showsNothing(page)
    await page.goto(house.url)
    await passUntil(async () => (await page.locator('.run-bar').filter({ has: says }).count()) === 1, 'the bar says so')
    await pass(3)
    await showsNothing(page)
  })
  await check('who is in trouble still sounds, without a name', async () => {
    bpm['Bram'] = 176
    const bar = page.locator('.run-bar')
    await passUntil(async () => /over de harde grens/.test((await bar.textContent()) ?? ''), 'the bar tells of it')
    await bar.getByRole('button').click()
    await page.getByText('Kijk om je heen: wie heeft hulp nodig?').waitFor()
    await showsNothing(page)
    bpm['Bram'] = 109
    await pass(30)
  })
}

async function takesOver(house: House, check: Check, run: HandsRun, thea: Who, bo: Who): Promise<void> {
  const { page, group, passUntil } = run
  await check('who does not guide everybody in it may not take it over, and the log says who tried', async () => {
    await askToTake(run)
    await passUntil(() => isThere(page.getByText('Dat mag niet')), 'it is refused')
    await showsNothing(page)
    const tried = (await logOf(house, thea, 'refused')).filter(({ detail }) => detail['asked'] === 'run.take_over')
    assert.deepEqual(new Set(tried.map(({ clientId }) => clientId)), new Set(group.clients.values()))
  })
  await check('who does takes it over: one touch more, and a line about each runner', async () => {
    const idOf = async (who: Who) => (await asked<{ personId: string }>(house, who, 'GET', '/api/me')).personId
    const [theaId, boId] = [await idOf(thea), await idOf(bo)]
    const staff = [theaId, boId].map((personId) => ({ personId, role: 'therapist' }))
    await asked(house, thea, 'PUT', `/api/groups/${group.groupId}/staff`, { staff })
    await askToTake(run)
    await passUntil(() => isThere(beatsOf(page, 'Anna')), 'the runners are there')
    const lines = await logOf(house, thea, 'run.take_over')
    assert.deepEqual(new Set(lines.map(({ clientId }) => clientId)), new Set(group.clients.values()))
    for (const { personName, detail } of lines) {
      assert.deepEqual([personName, detail['fromPersonId'], detail['withoutNetwork']], ['Bo', theaId, false])
      assert.ok(typeof detail['groupRunId'] === 'string' && typeof detail['happenedAtMs'] === 'number')
    }
  })
}

async function inNeed(house: House, check: Check, run: HandsRun, thea: Who): Promise<void> {
  const { page, pass, passUntil } = run
  await check(
    'who began it reads whose it is now, and is needed where no network is: told as soon as there is one',
    async () => {
      await comeAs(house, page, thea)
      await passUntil(() => isThere(page.getByText('Op deze telefoon loopt een groepsloop van Bo')), 'it is of Bo now')
      await showsNothing(page)
      await page.context().setOffline(true)
      await page.getByRole('button', { name: 'Overnemen', exact: true }).click()
      await page.getByRole('button', { name: 'Ja, doe dat' }).click()
      const now = page.getByRole('button', { name: 'Nu overnemen, zonder netwerk' })
      await passUntil(() => isThere(now), 'nobody answers')
      await now.click()
      await passUntil(() => isThere(beatsOf(page, 'Anna')), 'her runners are there')
      await pass(5)
      assert.equal((await logOf(house, thea, 'run.take_over')).length, 2)
      await page.context().setOffline(false)
      const later = async () =>
        (await logOf(house, thea, 'run.take_over')).filter(({ detail }) => detail['withoutNetwork'] === true)
      await passUntil(async () => (await later()).length === 2, 'the log tells of it')
      assert.deepEqual(new Set((await later()).map(({ personName }) => personName)), new Set(['Thea']))
    },
  )
}

/** What has just moved takes no press: one waits a moment. */
async function askToTake({ page, pass }: HandsRun): Promise<void> {
  await pass(3)
  await page.getByRole('button', { name: 'Overnemen', exact: true }).click()
  await pass(2)
  await page.getByRole('button', { name: 'Ja, doe dat' }).click()
}

const isThere = async (locator: Locator): Promise<boolean> => (await locator.count()) > 0
const beatsOf = (page: Page, alias: string) => tileOf(page, alias).locator('.bpm', { hasText: /^1\d\d/ })

async function theClient(house: House, check: Check, { page, pass }: HandsRun, anna: Who): Promise<void> {
  await check('a client on that phone sees nothing of it, and nothing is sent as them', async () => {
    const sent: string[] = []
    page.on('request', (request) => void (/batches|hand-overs/.test(request.url()) && sent.push(request.url())))
    await comeAs(house, page, anna)
    await pass(65)
    await page.getByRole('heading', { level: 1, name: 'Anna' }).waitFor()
    assert.equal(await page.locator('.run-bar').count(), 0)
    assert.doesNotMatch(await page.locator('body').innerText(), /Bram|Dinsdag|groepsloop van|\b(10[89]|110|176)\b/)
    assert.deepEqual(sent, [])
    await page.getByRole('button', { name: 'Afmelden' }).click()
    await page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor()
  })
}

/** Another session in the same browser, as after signing in. */
async function comeAs({ url }: House, page: Page, who: Who): Promise<void> {
  await page.context().clearCookies()
  await page.context().addCookies(who.map(({ name, value }) => ({ name, value, url })))
  await page.goto(`${url}/group-run`)
}

const showsNothing = async (page: Page): Promise<void> =>
  assert.doesNotMatch(await page.locator('body').innerText(), ofTheRun)

/** Over HTTP, whoever is at the page. */
async function asked<T>({ url }: House, who: Who, method: string, path: string, data?: object): Promise<T> {
  const cookie = who.map(({ name, value }) => `${name}=${value}`).join('; ')
  const headers = { 'content-type': 'application/json', origin: url, cookie }
  const body = data === undefined ? {} : { body: JSON.stringify(data) }
  const answer = await fetch(`${url}${path}`, { method, headers, ...body })
  const text = await answer.text()
  assert.ok(answer.ok, text)
  return JSON.parse(text) as T
}

interface Line {
  readonly personName: string | null
  readonly clientId: string | null
  readonly detail: Readonly<Record<string, unknown>>
}
const logOf = async (house: House, thea: Who, action: string): Promise<Line[]> =>
  (await asked<{ items: Line[] }>(house, thea, 'GET', `/api/audit?action=${action}&limit=20`)).items

/** Join by an invitation of Thea's, who is at the page. @returns their session */
async function joinAs({ url }: House, name: string, { token = '' }: Record<string, string>): Promise<Who> {
  const person = { token, name, email: `${name.toLowerCase()}@example.org`, password: 'nog een lang wachtwoord' }
  const headers = { 'content-type': 'application/json', origin: url }
  const joined = await fetch(`${url}/api/join`, { method: 'POST', headers, body: JSON.stringify(person) })
  assert.equal(joined.status, 200, await joined.clone().text())
  return joined.headers.getSetCookie().map((cookie) => {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=', 2)
    return { name, value }
  })
}
