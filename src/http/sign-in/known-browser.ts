// The cookie by which a browser is known in which somebody signed in before: a random word that opens nothing, and by which
// nobody is shut out of it by those who guess elsewhere.
import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { AppContext } from '../app-context.ts'
import { isKnownBrowser, KNOWN_FOR_MS, rememberBrowser } from '../../store/known-browsers.ts'
import { plainName } from './keyed.ts'

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

/** Somebody signed in here. @returns the cookie to send along */
export async function keepKnownBrowser(
  { store, nowMs }: AppContext,
  c: Context,
  origin: string,
  personId: string,
): Promise<string> {
  const held = getCookie(c, nameOf(origin))
  const token =
    held !== undefined && /^[\w-]{32}$/.test(held)
      ? held
      : btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
          .replaceAll('+', '-')
          .replaceAll('/', '_')
  await store.atomically((db) => rememberBrowser(db, token, personId, nowMs()))
  const secure = origin.startsWith('https:')
  const cookie = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const
  return generateCookie(nameOf(origin), token, { ...cookie, maxAge: KNOWN_FOR_MS / 1000 })
}
