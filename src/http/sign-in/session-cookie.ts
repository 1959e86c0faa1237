// Reads the session's token from the cookie exactly as the library does (`test/http/sign-in/session-cookie.test.ts`
// compares both). Every request needs it, and the library's own way is slower: it waits for the threads of
// `crypto.subtle`.
import { hmacBase64 } from '../../store/sha256.ts'

/** Base64 of a SHA-256. */
const SIGNATURE_LENGTH = 44

/** @param cookies the header
 *  @param name of the session's cookie
 *  @returns null where there is none, or its signature is not ours */
export async function readSessionToken(cookies: string, name: string, secret: string): Promise<string | null> {
  const value = findCookie(cookies, name) ?? ''
  const end = value.lastIndexOf('.')
  const [token, signature] = [value.slice(0, Math.max(end, 0)), value.slice(end + 1)]
  if (token === '' || signature.length !== SIGNATURE_LENGTH) return null
  return isSame(await hmacBase64(secret, token), signature) ? token : null
}

/** The first of this name counts. */
function findCookie(cookies: string, name: string): string | null {
  for (const one of cookies.split(';')) {
    const at = one.indexOf('=')
    if (at === -1 || one.slice(0, at).trim() !== name) continue
    const value = one.slice(at + 1).trim()
    return decode(value.startsWith('"') ? value.slice(1, -1) : value)
  }
  return null
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** In a time that says nothing of where they differ. */
function isSame(one: string, other: string): boolean {
  let differs = one.length ^ other.length
  for (let i = 0; i < one.length; i++) differs |= one.charCodeAt(i) ^ other.charCodeAt(i)
  return differs === 0
}
