/** Node's own, which answers at once: each line of the log takes three, and a turn through the threads of `crypto.subtle` costs
 *  ten times what the hash itself does. Absent on workerd. */
const { process } = globalThis as {
  readonly process?: { readonly getBuiltinModule?: (id: string) => object | undefined }
}
const builtIn = process?.getBuiltinModule?.('node:crypto') as
  | {
      readonly hash: (name: string, of: Uint8Array | string) => string
      readonly createSecretKey: (key: string, encoding: 'utf8') => object
      readonly createHmac: (
        name: string,
        key: object,
      ) => { update: (of: string) => { digest: (as: 'base64') => string } }
    }
  | undefined

/** SHA-256 of bytes or of a text in UTF-8, as hexadecimal. */
export function sha256Hex(of: Uint8Array | string): string | Promise<string> {
  return builtIn === undefined ? sha256Everywhere(of) : builtIn.hash('sha256', of)
}

/** The same where there is Web Crypto alone. */
export async function sha256Everywhere(of: Uint8Array | string): Promise<string> {
  const bytes = typeof of === 'string' ? new TextEncoder().encode(of) : Uint8Array.from(of)
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += digits[byte]
  return text
}

/** HMAC by SHA-256 of a text, as base64. */
export function hmacBase64(key: string, of: string): string | Promise<string> {
  if (builtIn === undefined) return hmacEverywhere(key, of)
  // Every request asks with the same key: to make one of a text takes longer than to use it.
  if (made?.key !== key) made = { key, object: builtIn.createSecretKey(key, 'utf8') }
  return builtIn.createHmac('sha256', made.object).update(of).digest('base64')
}
let made: { readonly key: string; readonly object: object } | null = null

/** The same where there is Web Crypto alone. */
export async function hmacEverywhere(key: string, of: string): Promise<string> {
  const text = new TextEncoder()
  const use = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', text.encode(key), use, false, ['sign'])
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', imported, text.encode(of)))
  return btoa(String.fromCharCode(...signed))
}
