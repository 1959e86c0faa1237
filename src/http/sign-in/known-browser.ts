// The cookie that marks a browser in which a person signed in before. It is a random word and opens nothing. Wrong
// passwords from elsewhere do not lock the person out of this browser.
import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { AppContext } from '../app-context.ts'
import { isKnownBrowser, KNOWN_FOR_MS, rememberBrowser } from '../../store/sign-in/known-browsers.ts'
import { newToken, TOKEN } from '../../store/sign-in/tokens.ts'
import { plainName } from '../../store/people/people.ts'

const nameOf = (origin: string): string => (origin.startsWith('https:') ? '__Host-calmpace.known' : 'calmpace.known')

/** @returns the browser's token where this name signed in there before */
export async function findKnownBrowser(
  { store, nowMs }: AppContext,
  c: Context,
  origin: string,
  name: string,
): Promise<string | null> {
  const token = getCookie(c, nameOf(origin))
  if (token === undefined) return null
  return (await isKnownBrowser(store.db, token, plainName(name), nowMs())) ? token : null
}

/** Somebody signed in here.
 *  @param renew what the browser was known by before is worth nothing: others may have it
 *  @returns the cookie to send along */
export async function keepKnownBrowser(
  { store, nowMs }: AppContext,
  c: Context,
  origin: string,
  personId: string,
  renew: boolean,
): Promise<string> {
  const held = renew ? undefined : getCookie(c, nameOf(origin))
  const token = held !== undefined && TOKEN.test(held) ? held : newToken()
  await store.atomically((db) => rememberBrowser(db, token, personId, nowMs()))
  const secure = origin.startsWith('https:')
  const cookie = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
  return generateCookie(nameOf(origin), token, { ...cookie, maxAge: KNOWN_FOR_MS / 1000 })
}
