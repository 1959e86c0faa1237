// The code of a worker thread: it does one task after the other.
import { parentPort } from 'node:worker_threads'
import { doTask } from '../../store/work/work.ts'
import type { TaskInput, TaskName } from '../../store/work/tasks.ts'
import { failed, type Answer } from './answer.ts'

/** A message to a thread. */
export interface Question {
  readonly name: TaskName
  readonly input: TaskInput<TaskName>
}

parentPort?.on('message', ({ name, input }: Question) => {
  const answered = answer(name, input)
  parentPort?.postMessage(answered, answered.ok ? bytesOf(answered.value) : [])
})

/** Large bytes of a result go over without a copy: a task that is done touches them no more. */
const MOVED_BYTES = 65_536

function bytesOf(value: unknown): ArrayBuffer[] {
  const members: readonly unknown[] =
    value instanceof Uint8Array ? [value] : typeof value === 'object' && value !== null ? Object.values(value) : []
  const buffers = members.flatMap((member) =>
    member instanceof Uint8Array && member.buffer instanceof ArrayBuffer && member.byteLength >= MOVED_BYTES
      ? [member.buffer]
      : [],
  )
  return [...new Set(buffers)]
}

function answer(name: TaskName, input: TaskInput<TaskName>): Answer {
  try {
    return { ok: true, value: doTask(name, input) }
  } catch (error) {
    return failed(error)
  }
}
