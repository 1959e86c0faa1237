// The files that runs came from, byte for byte as they were out of their wrapping.
import type { ClientAccess } from './access.ts'
import { cutIntoParts, joinParts, type Database } from './database.ts'

export interface RunFile {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly createdAtMs: number
}

export async function insertRunFile(
  db: Database,
  access: ClientAccess<'run.add' | 'data.import'>,
  file: RunFile,
  bytes: Uint8Array,
): Promise<void> {
  await db
    .insertInto('run_file')
    .values({
      id: file.id,
      client_id: access.clientId,
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

/** The id of the client's file with these bytes, null where there is none. */
export async function findRunFile(db: Database, access: ClientAccess, sha256: string): Promise<string | null> {
  const row = await db
    .selectFrom('run_file')
    .select('id')
    .where('client_id', '=', access.clientId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  return row?.id ?? null
}

export async function readRunFile(db: Database, access: ClientAccess, fileId: string): Promise<Uint8Array> {
  return joinParts(
    await db
      .selectFrom('run_file_part')
      .innerJoin('run_file', 'run_file.id', 'run_file_part.file_id')
      .select('bytes')
      .where('file_id', '=', fileId)
      .where('client_id', '=', access.clientId)
      .orderBy('part')
      .execute(),
  )
}
