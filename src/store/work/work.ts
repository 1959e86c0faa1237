// Runs slow work without blocking others: on Node in a thread; in a Durable Object, which has no threads, in place. A
// transaction blocks everybody who reads or writes, so no transaction contains such work (`withWork`).
import type { Database, Store } from '../database.ts'
import { sameValue } from './same-value.ts'
import { isShort, tasks, type TaskInput, type TaskName, type TaskOutput } from './tasks.ts'

/** By code; what happened, for people. */
export const workProblems = {
  WORK_OUT_OF_MEMORY: 'it needed more memory than one piece of work is given',
  WORK_TOO_LONG: 'it took longer than one piece of work is given',
  WORK_DIED: 'what worked on it ended before it was done',
  WORK_QUEUE_FULL: 'too much work waits already',
  WORK_STOPPED: 'calmpace was ended meanwhile',
} as const
export type WorkProblem = keyof typeof workProblems

/** A piece of work that came to no end: no fault of its own is told by this, and nothing of it was kept. */
export class WorkError extends Error {
  readonly code: WorkProblem

  constructor(code: WorkProblem) {
    super(workProblems[code])
    this.name = 'WorkError'
    this.code = code
  }
}

/** Whether a piece of work was more than one is given, wherever and whenever it is done. */
export const isTooHeavy = (error: unknown): boolean =>
  error instanceof WorkError && error.code !== 'WORK_QUEUE_FULL' && error.code !== 'WORK_STOPPED'

/** @throws WorkError */
export type Work = <Name extends TaskName>(name: Name, input: TaskInput<Name>) => Promise<TaskOutput<Name>>

/** Where nobody brought another way: at once, here. */
const workHere: Work = async (name, input) => doTask(name, input)

/** One task, wherever this is called. */
export const doTask = <Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskOutput<Name> =>
  (tasks[name] as (input: TaskInput<Name>) => TaskOutput<Name>)(input)

const waysOf = new WeakMap<Database, Work>()

/** Have a task done for whoever holds this database, or this transaction.
 *  @throws WorkError */
export const work = <Name extends TaskName>(
  db: Database,
  name: Name,
  input: TaskInput<Name>,
): Promise<TaskOutput<Name>> => ((!isShort(name, input) && waysOf.get(db)) || workHere)(name, input)

interface Task {
  readonly name: TaskName
  readonly input: unknown
}
interface Done extends Task {
  readonly output: unknown
}

/** A transaction asked for work that is not done yet: it is undone, and made again once that is there. */
class NotDone extends Error {
  readonly task: Task

  constructor(task: Task) {
    super(task.name)
    this.task = task
  }
}

/** product choice: far more than any transaction asks for. What asks for more waits inside of one. */
const MOST_AHEAD = 200

/** A store whose long work is done elsewhere, and never while a transaction is open: one that asks for work is undone, the work
 *  is done, and the same is written again by what holds then. What it asks for then is the same, or is done anew. */
export function withWork<S extends Store>(store: S, elsewhere: Work): S {
  waysOf.set(store.db, elsewhere)
  const inside =
    (transaction: Store['atomically']): Store['atomically'] =>
    async (write) => {
      const done: Done[] = []
      for (;;)
        try {
          return await attempt(transaction, write, done, elsewhere)
        } catch (error) {
          if (!(error instanceof NotDone)) throw error
          const { name, input } = error.task
          done.push({ name, input, output: await elsewhere(name, input as TaskInput<TaskName>) })
        }
    }
  return { ...store, atomically: inside(store.atomically), shortly: inside(store.shortly) }
}

function attempt<T>(
  transaction: Store['atomically'],
  write: (db: Database) => Promise<T>,
  done: readonly Done[],
  elsewhere: Work,
): Promise<T> {
  let missing: NotDone | null = null
  const find: Work = async (name, input) => {
    const found = done.find((one) => one.name === name && sameValue(one.input, input))
    if (found !== undefined) return found.output as TaskOutput<typeof name>
    if (done.length >= MOST_AHEAD) return elsewhere(name, input)
    throw (missing ??= new NotDone({ name, input }))
  }
  const orMissing = (error: unknown) => missing ?? error
  return transaction(async (db) => {
    waysOf.set(db, find)
    // What is missing also undoes a transaction that took it for a trouble of its own and went on, or failed of it.
    const written = await write(db).catch((error: unknown) => {
      throw orMissing(error)
    })
    if (missing !== null) throw missing
    return written
  })
}
