// Replaces outside words (names, addresses) in tables and log lines by keyed hashes. With the database alone, nobody
// can tell the original words.
import { toBase64 } from '../../live/base64.ts'
import { plainName } from '../../store/people/people.ts'

const text = new TextEncoder()

/** The same word for the same text, as long as the secret is the same. */
export const keyed = (secret: string, use: string, of: string): Promise<string> =>
  sign(new Uint8Array(text.encode(`${use} ${secret}`)), of)

/** For lines, which stay: a word for each name of one day by a key that is forgotten with the day, so that tries of one name
 *  are seen to be of one name, and nobody who learns the name later finds them. */
export function makeNameKeys(nowMs: () => number): (name: string) => Promise<string> {
  let day = Number.NaN
  let key: Uint8Array<ArrayBuffer> = new Uint8Array(32)
  return async (name) => {
    const today = Math.floor(nowMs() / 86_400_000)
    if (today !== day) {
      key = crypto.getRandomValues(new Uint8Array(32))
      day = today
    }
    return (await sign(key, plainName(name))).slice(0, 12)
  }
}

async function sign(key: Uint8Array<ArrayBuffer>, of: string): Promise<string> {
  const use = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, use, false, ['sign'])
  return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', imported, text.encode(of))))
}
