// The little that Kysely's SqliteDialect asks of a database, from the little that both runtimes offer.
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely'
import type { Database } from './database.ts'

/** One statement's way to run: rows for a reader, counts for a writer. */
export interface Statement {
  readonly reader: boolean
  readonly all: (parameters: readonly unknown[]) => unknown[]
  readonly run: (parameters: readonly unknown[]) => { changes: number | bigint; lastInsertRowid: number | bigint }
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
  return new Kysely({ dialect: new SqliteDialect({ database }) })
}
