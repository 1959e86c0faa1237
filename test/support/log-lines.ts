// What a served process printed, as the lines of its log. Anything in it that is no line of the log throws.
import { events, type EventName, type Facts } from '../../src/live/server-log.ts'

export interface LogLine extends Facts {
  readonly time: string
  readonly level: string
  readonly event: EventName
  readonly message: string
}

export const readLog = (printed: string): LogLine[] =>
  printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const read = JSON.parse(line) as LogLine
      const isKnown = Object.hasOwn(events, read.event) && read.level === events[read.event]
      if (!isKnown || new Date(read.time).toISOString() !== read.time || typeof read.message !== 'string')
        throw new Error(`no line of the log: ${line}`)
      return read
    })

/** Of a process that printed one line on its standard error: why it did not start. */
export function refusedBy(printed: string): string {
  const [line, ...others] = readLog(printed)
  if (line?.event !== 'server.not_started' || others.length > 0) throw new Error(`no refusal: ${printed}`)
  return line.message
}
