// Queries outside a transaction that only read use their own connection. They see what is on disk and wait for no
// running transaction. Everything else waits for the connection that writes.
import {
  Kysely,
  SelectQueryNode,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Driver,
} from 'kysely'
import type { Database } from '../store/database.ts'
import type { Statement } from '../store/sqlite.ts'

/** @param prepareRead on a connection that only reads
 *  @param close both */
export function openTwo(
  writer: Database,
  prepareRead: (query: string) => Statement,
  close: () => Promise<void>,
): Database {
  const connection: DatabaseConnection = {
    executeQuery: async <R>(compiled: Parameters<DatabaseConnection['executeQuery']>[0]) =>
      SelectQueryNode.is(compiled.query)
        ? { rows: prepareRead(compiled.sql).all(compiled.parameters) as R[] }
        : writer.executeQuery<R>(compiled),
    streamQuery: refuse,
  }
  const driver: Driver = {
    init: async () => undefined,
    acquireConnection: async () => connection,
    releaseConnection: async () => undefined,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: close,
  }
  return new Kysely({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createDriver: () => driver,
    },
  })
}

function refuse(): never {
  throw new Error('transactions are those of `atomically`')
}
