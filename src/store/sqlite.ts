// The small interface that Kysely's SqliteDialect needs, built from what both runtimes offer.
import {
  CompiledQuery,
  Kysely,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely'
import type { Database } from './database.ts'

/** One statement's way to run: rows for a reader, counts for a writer. */
export interface Statement {
  readonly reader: boolean
  readonly all: (parameters: readonly unknown[]) => unknown[]
  readonly run: (parameters: readonly unknown[]) => { changes: number | bigint; lastInsertRowid: number | bigint }
}

/** A transaction that will write is a writer from its beginning: one that reads first and finds another writer in its way later cannot
 *  wait for it, and fails ("database is locked"). */
class WriterDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk undoes a transaction by itself. What ended it is told then, not that there is none to undo. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection)
    } catch (error) {
      if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error
    }
  }
}

/** A Kysely database over a function that prepares statements. */
export function openKysely(prepare: (query: string) => Statement, close: () => void): Database {
  const database: SqliteDatabase = {
    close,
    prepare: (query): SqliteStatement => {
      const statement = prepare(query)
      return { ...statement, iterate: (parameters) => statement.all(parameters).values() }
    },
  }
  const dialect = new SqliteDialect({ database })
  dialect.createDriver = () => new WriterDriver({ database })
  return new Kysely({ dialect })
}
