// One worker thread: asks a question, returns the answer, and fails the question if the thread dies.
import { Worker, type Transferable } from 'node:worker_threads'
import { ExpectedError } from '../../store/expected-error.ts'
import { WorkError, type WorkProblem } from '../../store/work/work.ts'
import type { Answer } from './answer.ts'

export interface ThreadOptions {
  /** The file that each thread runs. */
  readonly script: string
  /** Data that each thread gets at its start. */
  readonly knows?: unknown
  /** The most that a thread's own values may take; what it holds as bytes is not counted by V8. */
  readonly memoryMb: number
  /** Of what is thrown away again at once: V8 takes far more by itself before it looks. Absent leaves it to V8. */
  readonly youngMb?: number
  /** The most that one question may take, the start of the thread included. */
  readonly limitMs: number
}

export interface Thread {
  readonly ask: (message: unknown, move?: readonly Transferable[]) => Promise<unknown>
  /** @returns once it has ended: from then on it reads and writes nothing any more */
  readonly end: (why: WorkProblem) => Promise<void>
}

interface Question {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** @param onEnd called when the thread has ended, for any reason */
export function startThread({ script, knows, memoryMb, youngMb, limitMs }: ThreadOptions, onEnd: () => void): Thread {
  const worker = new Worker(script, {
    workerData: knows,
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMb,
      ...(youngMb === undefined ? {} : { maxYoungGenerationSizeMb: youngMb }),
    },
    // Work needs none of the process's environment, and not its secret.
    env: {},
  })
  let question: Question | null = null
  let why: WorkProblem = 'WORK_DIED'
  let hasEnded = false
  let timer: NodeJS.Timeout | undefined
  const settle = (how: (asked: Question) => void) => {
    clearTimeout(timer)
    // A thread that nobody waits for keeps no process alive.
    worker.unref()
    const asked = question
    question = null
    if (asked !== null) how(asked)
  }
  const end = async (reason: WorkProblem) => {
    why = reason
    await worker.terminate()
  }
  worker.unref()
  worker.on('message', (answer: Answer) => settle((asked) => hear(answer, asked)))
  worker.on('messageerror', () => void end('WORK_DIED'))
  worker.on('error', (error) => {
    if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') why = 'WORK_OUT_OF_MEMORY'
  })
  worker.once('exit', () => {
    hasEnded = true
    onEnd()
    // Only now may the caller close the file that the thread read.
    settle(({ reject }) => reject(new WorkError(why)))
  })
  return {
    ask: (message, move = []) =>
      new Promise((resolve, reject) => {
        if (hasEnded) return reject(new WorkError(why))
        question = { resolve, reject }
        worker.ref()
        timer = setTimeout(() => void end('WORK_TOO_LONG'), limitMs)
        try {
          worker.postMessage(message, move)
        } catch (error) {
          settle((asked) => asked.reject(error instanceof Error ? error : new Error(String(error))))
        }
      }),
    end,
  }
}

function hear(answer: Answer, { resolve, reject }: Question): void {
  if (answer.ok) return resolve(answer.value)
  const error = answer.code === null ? new Error(answer.message) : new ExpectedError(answer.code, answer.message)
  error.stack = answer.stack
  reject(error)
}
