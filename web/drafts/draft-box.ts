// Unsaved text on this browser's disk. It is encrypted with a key that only the writer's own session gets. So it
// outlives a sign-out, and nobody else can read it, or see which client it is about. A draft is deleted when it is
// saved or thrown away, when the client is erased or no longer theirs, and after a week.

export interface DraftDisk {
  readonly read: (name: string) => Promise<unknown>
  /** null removes it. */
  readonly write: (name: string, row: unknown) => Promise<void>
  readonly names: () => Promise<readonly string[]>
}

/** The client and the subject; together they are the draft's name. */
export interface DraftOf {
  /** For example `note`, with any part that makes it a different draft. */
  readonly what: string
  /** Null where it is about no client. */
  readonly clientId: string | null
}

export interface DraftBox {
  readonly load: (of: DraftOf) => Promise<unknown>
  readonly save: (of: DraftOf, value: unknown) => Promise<void>
  readonly drop: (of: DraftOf) => Promise<void>
  /** Deletes this person's drafts about the clients for which the function returns true. */
  readonly removeAbout: (isGone: (clientId: string) => boolean) => Promise<void>
}

interface Row {
  readonly atMs: number
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}
interface Content {
  readonly of: DraftOf
  readonly value: unknown
}

/** product choice */
export const DRAFT_KEPT_MS = 7 * 86_400_000

/** @param draftKey 32 bytes in base64, as the server gives them to the signed-in person */
export async function openDraftBox(draftKey: string, disk: DraftDisk, nowMs: () => number): Promise<DraftBox> {
  const { names: nameKey, texts: textKey } = await keysOf(draftKey)
  const nameOf = async (of: DraftOf): Promise<string> => {
    const made = await crypto.subtle.sign('HMAC', nameKey, bytesOf(JSON.stringify([of.what, of.clientId])))
    return Array.from(new Uint8Array(made), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  /** Null where it is none of this person's. */
  const open = async (row: unknown): Promise<Content | null> => {
    if (!isRow(row)) return null
    try {
      const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, textKey, row.sealed)
      return JSON.parse(new TextDecoder().decode(text)) as Content
    } catch {
      return null
    }
  }
  return {
    load: async (of) => (await open(await disk.read(await nameOf(of))))?.value ?? null,
    save: async (of, value) => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const text = bytesOf(JSON.stringify({ of, value } satisfies Content))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, textKey, text)
      await disk.write(await nameOf(of), { atMs: nowMs(), iv, sealed } satisfies Row)
    },
    drop: async (of) => disk.write(await nameOf(of), null),
    removeAbout: async (isGone) => {
      for (const name of await disk.names()) {
        const content = await open(await disk.read(name))
        const about = content?.of.clientId ?? null
        if (about !== null && isGone(about)) await disk.write(name, null)
      }
    },
  }
}

/** Deletes drafts of all people that are past their term, also if their writer never comes back. */
export async function removeOldDrafts(disk: DraftDisk, nowMs: number): Promise<void> {
  for (const name of await disk.names()) {
    const row = await disk.read(name)
    if (!isRow(row) || Math.abs(nowMs - row.atMs) > DRAFT_KEPT_MS) await disk.write(name, null)
  }
}

async function keysOf(draftKey: string): Promise<{ names: CryptoKey; texts: CryptoKey }> {
  const raw = Uint8Array.from(atob(draftKey), (letter) => letter.charCodeAt(0))
  const root = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveKey'])
  const by = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(info) })
  return {
    names: await crypto.subtle.deriveKey(by('names'), root, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
      'sign',
    ]),
    texts: await crypto.subtle.deriveKey(by('texts'), root, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  }
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const isRow = (row: unknown): row is Row =>
  typeof row === 'object' && row !== null && 'atMs' in row && 'iv' in row && 'sealed' in row
