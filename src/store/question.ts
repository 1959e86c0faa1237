// Questions that come with nearly each request: put into SQL once, and asked with other values each time. Building one with Kysely
// costs several times what SQLite takes to answer it.
import { sql, type Compilable, type CompiledQuery } from 'kysely'
import type { Database } from './database.ts'

type Value = string | number | null

/** Stands for a value while the question is built. */
class Slot {
  readonly index: number

  constructor(index: number) {
    this.index = index
  }

  /** A value that goes into the text of the SQL would stay the first one for ever. */
  [Symbol.toPrimitive](): never {
    throw new Error('a question holds its values as parameters alone')
  }
}

/** @param build called once, with something in the place of each value: it may put them into the query and do nothing else with
 *               them. What is not the same each time is another question.
 *  @throws at the first call, where a value does not stand in the query as a parameter */
export function question<Values extends readonly Value[], Row>(
  build: (db: Database, ...values: Values) => Compilable<Row>,
): (db: Database, ...values: Values) => Promise<Row[]> {
  let built: CompiledQuery<Row> | null = null
  return async (db, ...values) => {
    built ??= buildOnce(build.length - 1, (slots) => build(db, ...(slots as Values)))
    const parameters = built.parameters.map((one) => (one instanceof Slot ? values[one.index] : one))
    return (await db.executeQuery<Row>({ ...built, parameters })).rows
  }
}

function buildOnce<Row>(values: number, build: (slots: readonly unknown[]) => Compilable<Row>): CompiledQuery<Row> {
  const slots = Array.from({ length: values }, (_, index) => new Slot(index))
  const built = build(slots).compile()
  if (!slots.every((slot) => built.parameters.includes(slot))) throw new Error('a question asks for all of its values')
  return built
}

/** Any number of ids as one value: `where('id', 'in', among(ids))` with `toAmong(ids)`. A Durable Object binds at most 100, and each
 *  length would be another question. */
export const among = (ids: string) => sql<string>`(select value from json_each(${ids}))`
export const toAmong = (ids: readonly string[]): string => JSON.stringify(ids)

/** A column that is only compared: whatever index it has, rows are looked for by something narrower beside it. */
export const compared = (column: string) => sql<string>`+${sql.ref(column)}`
