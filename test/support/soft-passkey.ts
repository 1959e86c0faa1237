// A passkey in software: answers the challenges of WebAuthn (Level 3, §6.1 and §6.5) as a phone would, or says that it did
// not verify its holder.
const base64url = (value: Uint8Array): string => Buffer.from(value).toString('base64url')

const UP = 1
const UV = 4
const AT = 0x40

export interface Challenge {
  readonly challenge: string
  readonly rpId: string
  readonly origin: string
}

export async function makePasskey() {
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign'])
  const credentialId = crypto.getRandomValues(new Uint8Array(16))
  const id = base64url(credentialId)
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', keys.publicKey)
  return {
    /** The answer to `generate-register-options`. */
    register: async ({ challenge, rpId, origin }: Challenge) => {
      const cose = map(
        [1, int(2)],
        [3, int(-7)],
        [-1, int(1)],
        [-2, bytes(fromBase64url(x))],
        [-3, bytes(fromBase64url(y))],
      )
      const data = concat(
        await rpHash(rpId),
        [UP | UV | AT, 0, 0, 0, 0],
        new Uint8Array(16),
        [0, 16],
        credentialId,
        cose,
      )
      const attestation = concat(
        [0xa3],
        text('fmt'),
        text('none'),
        text('attStmt'),
        [0xa0],
        text('authData'),
        bytes(data),
      )
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, origin)),
          attestationObject: base64url(attestation),
          transports: ['internal'],
        },
      }
    },
    /** The answer to `generate-authenticate-options`. */
    sign: async ({ challenge, rpId, origin }: Challenge, verified: boolean) => {
      const data = concat(await rpHash(rpId), [verified ? UP | UV : UP, 0, 0, 0, 0])
      const client = clientData('webauthn.get', challenge, origin)
      const signed = concat(data, new Uint8Array(await crypto.subtle.digest('SHA-256', client)))
      const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, signed)
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(toDer(new Uint8Array(raw))),
        },
      }
    },
  }
}

const rpHash = async (rpId: string) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(rpId)))
const clientData = (type: string, challenge: string, origin: string) =>
  new TextEncoder().encode(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

// CBOR, as far as a key needs it.
const head = (major: number, value: number): number[] =>
  value < 24
    ? [(major << 5) | value]
    : value < 256
      ? [(major << 5) | 24, value]
      : [(major << 5) | 25, value >> 8, value & 255]
const int = (value: number): number[] => (value >= 0 ? head(0, value) : head(1, -1 - value))
const bytes = (value: Uint8Array) => concat(head(2, value.length), value)
const text = (value: string) => concat(head(3, value.length), new TextEncoder().encode(value))
const map = (...entries: (readonly [number, ArrayLike<number>])[]) =>
  concat(head(5, entries.length), ...entries.map(([key, value]) => concat(int(key), value)))

function concat(...parts: ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)))
}
const fromBase64url = (value: string) =>
  Uint8Array.from(atob(value.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))

/** Two 32-byte numbers as an ASN.1 sequence of two integers. */
function toDer(raw: Uint8Array): Uint8Array {
  const integer = (value: Uint8Array) => {
    const from = value.findIndex((byte) => byte !== 0)
    const short = value.slice(from)
    const positive = (short[0] ?? 0) > 127 ? concat([0], short) : short
    return concat([2, positive.length], positive)
  }
  const body = concat(integer(raw.slice(0, 32)), integer(raw.slice(32)))
  return concat([0x30, body.length], body)
}
