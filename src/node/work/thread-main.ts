// In a worker thread: does one task after the other, as it is asked.
import { parentPort } from 'node:worker_threads'
import { doTask } from '../../store/work/work.ts'
import type { TaskInput, TaskName } from '../../store/work/tasks.ts'
import type { Answer } from './thread.ts'

/** What goes to a thread. */
export interface Question {
  readonly name: TaskName
  readonly input: TaskInput<TaskName>
}

parentPort?.on('message', ({ name, input }: Question) => parentPort?.postMessage(answer(name, input), []))

function answer(name: TaskName, input: TaskInput<TaskName>): Answer {
  try {
    return { ok: true, value: doTask(name, input) }
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, code: null, message, stack }
  }
}
