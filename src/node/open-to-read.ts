// Opens a database file of Node for reading, and Kysely over Node's own driver.
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import type { Database } from '../store/database.ts'
import { openKysely, type Statement } from '../store/sqlite.ts'

interface Reader {
  readonly db: Database
  readonly close: () => Promise<void>
}

/** Open what is there, change nothing, migrate nothing, and see it as it is at this moment.
 *  @throws where there is no database, or none of SQLite's */
export const openToRead = (path: string): Reader => openReader(path, 'begin; select count(*) from sqlite_master')

/** The same, but see what is written meanwhile: each question is asked of the moment in which it is asked. */
export const openToWatch = (path: string): Reader => openReader(path, 'select count(*) from sqlite_master')

function openReader(path: string, first: string): Reader {
  const sqlite = new DatabaseSync(path, { readOnly: true })
  sqlite.exec(`pragma busy_timeout = 5000; ${first}`)
  const db = toKysely(sqlite)
  return { db, close: () => db.destroy() }
}

/** Statements that are kept prepared: the same few come again and again, and preparing one costs more than running it. */
const KEPT_STATEMENTS = 300

export const toKysely = (sqlite: DatabaseSync): Database => openKysely(prepareOn(sqlite), () => sqlite.close())

export function prepareOn(sqlite: DatabaseSync): (query: string) => Statement {
  const kept = new Map<string, Statement>()
  const prepare = (query: string): Statement => {
    const statement = sqlite.prepare(query)
    const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
    let columns = namesOf(statement)
    statement.setReturnArrays(true)
    return {
      reader: columns.length > 0,
      all: (parameters) => {
        const rows = statement.all(...values(parameters)) as unknown as SQLOutputValue[][]
        if (rows[0] !== undefined && rows[0].length !== columns.length) columns = namesOf(statement)
        return rows.map((row) => toObject(columns, row))
      },
      run: (parameters) => statement.run(...values(parameters)),
    }
  }
  return (query) => {
    const known = kept.get(query)
    if (known !== undefined) return known
    const statement = prepare(query)
    if (kept.size >= KEPT_STATEMENTS) kept.clear()
    kept.set(query, statement)
    return statement
  }
}

/** They change where a column is added to a table while `select *` of it is kept. */
const namesOf = (statement: StatementSync): readonly string[] => statement.columns().map(({ name }) => name)

/** Node's own row objects are dictionaries: reading one costs twice what making it of a list and reading it then costs. */
function toObject(
  columns: readonly string[],
  row: readonly SQLOutputValue[],
): Record<string, SQLOutputValue | undefined> {
  const object: Record<string, SQLOutputValue | undefined> = {}
  for (let i = 0; i < columns.length; i++) object[columns[i] ?? ''] = row[i]
  return object
}
