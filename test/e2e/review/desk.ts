// The demo's clinic with its seeded stories, and the people who review it in a browser each.
import { strict as assert } from 'node:assert'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { demoPeople, fillClinic } from '../../../src/cli/demo/fill-clinic.ts'
import type { House } from '../house.ts'

export interface Reviewer {
  readonly page: Page
  readonly complaints: string[]
}

/** Fill an empty house. @returns Thea at the list of flags */
export async function openDesk(house: House, options: BrowserContextOptions = {}): Promise<Reviewer> {
  const thea = await house.newPage(options)
  await fillClinic(house, Date.now())
  await signIn(house, thea.page, demoPeople[0])
  return thea
}

/** With a password; the grace is enough for a test. */
export async function signIn(
  { url }: House,
  page: Page,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin: url },
  })
  assert.ok(answer.ok(), await answer.text())
}

/** Somebody more who supervises the same group. @param asked by Thea */
export async function addReviewer(
  house: House,
  thea: Page,
  name: string,
  options: BrowserContextOptions = {},
): Promise<Reviewer> {
  const ask = thea.request
  const { items } = (await (await ask.get(`${house.url}/api/groups`)).json()) as { items: { id: string }[] }
  const invited = await ask.post(`${house.url}/api/invitations`, {
    data: { roles: ['supervisor'], groupIds: items.map(({ id }) => id) },
    headers: { origin: house.url },
  })
  const { token } = (await invited.json()) as { token: string }
  const one = await house.newPage(options)
  const joined = await one.page.request.post(`${house.url}/api/join`, {
    data: { token, name, email: `${name.toLowerCase()}@demo.example`, password: 'nog een lang wachtwoord' },
    headers: { origin: house.url },
  })
  assert.ok(joined.ok(), await joined.text())
  return one
}

export interface SeenFlag {
  readonly id: string
  readonly kind: string
  readonly level: string
  readonly state: string
  readonly clientId: string
  readonly firstName: string
  readonly aboutMs: number
  readonly runId: string | null
  readonly version: number
}

/** What the server has of all flags. */
export async function flagsOf(house: House, page: Page, query = '?state=all'): Promise<readonly SeenFlag[]> {
  const answer = await page.request.get(`${house.url}/api/flags${query}&limit=200`)
  return ((await answer.json()) as { items: SeenFlag[] }).items
}
