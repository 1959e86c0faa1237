// The files that runs came from, byte for byte as they were out of their wrapping.
import { cutIntoParts, joinParts, type Database } from './database.ts'

export interface RunFile {
  readonly id: string
  readonly clientId: string
  readonly sha256: string
  readonly name: string
  readonly createdAtMs: number
}

export async function insertRunFile(db: Database, file: RunFile, bytes: Uint8Array): Promise<void> {
  await db
    .insertInto('run_file')
    .values({
      id: file.id,
      client_id: file.clientId,
      sha256: file.sha256,
      name: file.name,
      size_bytes: bytes.length,
      created_at_ms: file.createdAtMs,
    })
    .execute()
  for (const part of cutIntoParts(bytes))
    await db
      .insertInto('run_file_part')
      .values({ file_id: file.id, ...part })
      .execute()
}

/** The id of this client's file with these bytes, null where there is none. */
export async function findRunFile(db: Database, clientId: string, sha256: string): Promise<string | null> {
  const row = await db
    .selectFrom('run_file')
    .select('id')
    .where('client_id', '=', clientId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function readRunFile(db: Database, fileId: string): Promise<Uint8Array> {
  return joinParts(
    await db.selectFrom('run_file_part').select('bytes').where('file_id', '=', fileId).orderBy('part').execute(),
  )
}
