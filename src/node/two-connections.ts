// What is asked outside a transaction goes over a connection of its own where it only reads: it sees what is on disk, and waits for no
// transaction that is under way. Everything else waits its turn at the one that writes.
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
