// A second person on the phone: whoever signs in while another's run goes is shown nothing of it, and it goes on.
import { strict as assert } from 'node:assert'
import type { Page } from 'playwright-core'
import { handsRun, type HandsRun } from './group-run/hands.ts'
import { tileOf } from './group-run/steps.ts'
import type { House } from './house.ts'
import type { Check } from './run.ts'

interface Cookie {
  readonly name: string
  readonly value: string
}
type Who = readonly Cookie[]

/** What of Thea's run must not be on the page of anybody else. */
const ofTheRun = /Anna|Bram|Dinsdag|\b(10[89]|110|130|176)\b/

export async function secondPersonSuite(house: House, check: Check): Promise<void> {
  const run = await handsRun(house, { name: 'Dinsdag', aliases: ['Anna', 'Bram'], from: 181 })
  const { page, pass, passUntil } = run
  page.on('dialog', (dialog) => void dialog.accept())
  await pass(3)
  const thea = await page.context().cookies(house.url)
  const { id: boGroup } = await asThea(house, page, '/api/groups', { name: 'Van Bo' })
  const asked = { roles: ['therapist'], groupIds: [boGroup] }
  const bo = await joinAs(house, 'Bo', await asThea(house, page, '/api/invitations', asked))
  const annaId = run.group.clients.get('Anna') ?? ''
  const anna = await joinAs(house, 'Anna', await asThea(house, page, `/api/clients/${annaId}/invitations`))
  await anotherTherapist(house, check, run, bo)
  await theClient(house, check, run, anna)
  await check('whoever began it is shown the run again, and nothing was lost of it', async () => {
    await comeAs(house, page, thea)
    const beats = tileOf(page, 'Anna').locator('.bpm', { hasText: /^10\d/ })
    await passUntil(async () => (await beats.count()) === 1, 'her runners are there')
  })
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

const asThea = async ({ url }: House, thea: Page, path: string, data: object = {}): Promise<Record<string, string>> => {
  const answer = await thea.request.post(`${url}${path}`, { data, headers: { origin: url } })
  assert.ok(answer.ok(), await answer.text())
  return (await answer.json()) as Record<string, string>
}

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
