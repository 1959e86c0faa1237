// Work that takes long, done where it holds up nobody who is answered meanwhile: what may go wrong with it, whatever it is.

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
