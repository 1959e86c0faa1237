// The original files of runs, byte for byte, without their zip or gzip.
import { sql } from 'kysely'
import type { ClientAccess } from '../people/access.ts'
import { cutIntoParts, joinParts, type Database } from '../database.ts'

export interface RunFile {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly createdAtMs: number
}

/** A stored file as a list shows it. */
export interface StoredRunFile extends RunFile {
  readonly sizeBytes: number
  /** False where its bytes were deleted. */
  readonly hasBytes: boolean
}

export async function insertRunFile(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'data.import'>,
  file: RunFile,
  bytes: Uint8Array,
): Promise<void> {
  await restoreRunFile(db, access, { ...file, sizeBytes: bytes.length }, bytes)
}

/** A file whose bytes may have been deleted since it came in. */
export async function restoreRunFile(
  db: Database,
  access: ClientAccess<'run.add' | 'run.record' | 'data.import'>,
  file: RunFile & { readonly sizeBytes: number },
  bytes: Uint8Array | null,
): Promise<void> {
  await db
    .insertInto('run_file')
    .values({
      id: file.id,
      client_id: access.clientId,
      sha256: file.sha256,
      name: file.name,
      size_bytes: file.sizeBytes,
      created_at_ms: file.createdAtMs,
    })
    .execute()
  await insertParts(db, file.id, bytes ?? new Uint8Array())
}

async function insertParts(db: Database, fileId: string, bytes: Uint8Array): Promise<void> {
  for (const part of cutIntoParts(bytes))
    await db
      .insertInto('run_file_part')
      .values({ file_id: fileId, ...part })
      .execute()
}

/** A file of which more has come. */
export async function replaceRunFile(
  db: Database,
  { clientId }: ClientAccess<'run.add' | 'run.record'>,
  fileId: string,
  sha256: string,
  bytes: Uint8Array,
): Promise<void> {
  const own = await db
    .updateTable('run_file')
    .set({ sha256, size_bytes: bytes.length })
    .where('id', '=', fileId)
    .where('client_id', '=', clientId)
    .returning('id')
    .executeTakeFirst()
  if (own === undefined) throw new Error('not a file of this client')
  await db.deleteFrom('run_file_part').where('file_id', '=', fileId).execute()
  await insertParts(db, fileId, bytes)
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

export async function findSha256(db: Database, { clientId }: ClientAccess, fileId: string): Promise<string> {
  const file = db.selectFrom('run_file').select('sha256').where('id', '=', fileId).where('client_id', '=', clientId)
  return (await file.executeTakeFirstOrThrow()).sha256
}

/** All of a client's, in the order in which they came in. */
export async function listRunFiles(db: Database, { clientId }: ClientAccess): Promise<StoredRunFile[]> {
  const rows = await db
    .selectFrom('run_file')
    .selectAll()
    .select((eb) =>
      eb
        .exists(eb.selectFrom('run_file_part').select('part').whereRef('run_file_part.file_id', '=', 'run_file.id'))
        .as('has_bytes'),
    )
    .where('client_id', '=', clientId)
    .orderBy(sql`rowid`)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    sha256: row.sha256,
    name: row.name,
    sizeBytes: row.size_bytes,
    createdAtMs: row.created_at_ms,
    hasBytes: Boolean(row.has_bytes),
  }))
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
