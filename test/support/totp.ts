// Codes of an authenticator app, computed as one does. @source RFC 6238 (SHA-1, 6 digits, 30 s), RFC 4648 §6 (base32)

/** @param scanned the `otpauth:` address that the app scanned, or the secret that a person typed */
export async function totpCode(scanned: string, nowMs = Date.now()): Promise<string> {
  const typed = scanned.startsWith('otpauth:') ? new URL(scanned).searchParams.get('secret') : scanned
  const secret = fromBase32(typed ?? '')
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setUint32(4, Math.floor(nowMs / 30_000))
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const at = mac.getUint8(19) & 15
  return String((mac.getUint32(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The newest half minute of each app that a code was taken of. */
const taken = new Map<string, number>()

/** A code that was not used yet, as somebody gives it who waits for the next one; twice within a half minute at most. */
export async function nextCode(scanned: string): Promise<string> {
  const counter = Math.max(Math.floor(Date.now() / 30_000), (taken.get(scanned) ?? 0) + 1)
  taken.set(scanned, counter)
  return totpCode(scanned, counter * 30_000)
}

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text.replaceAll('=', ''))
    .map((char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
