// The secret that signs sessions: made once and kept beside the database, readable by its owner alone.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** @param folder the data folder, which is there */
export async function findOrMakeSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret')
  const there = await readFile(path, 'utf8').catch(() => null)
  if (there !== null && there.trim().length >= 32) return there.trim()
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
  await writeFile(path, `${secret}\n`, { mode: 0o600 })
  return secret
}
