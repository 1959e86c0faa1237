// The server's own console log, and the only way to write to it. One event is one line: a JSON object, or words where a person reads it
// on a terminal. It is for the person who runs the server. It holds no health data, no names and no e-mail addresses.
import { oneLine } from '../domain/one-line.ts'
import type { Cause } from './cause.ts'

type Level = 'info' | 'warn' | 'error'

/** Stable codes with their level. docs/operations.md lists what each of them says (checked by a test). */
export const events = {
  'server.starting': 'info',
  'server.started': 'info',
  'server.first_administrator': 'info',
  'server.stopping': 'info',
  'server.stopped': 'info',
  'server.stopped_at_once': 'warn',
  'server.not_started': 'error',
  'server.fault': 'error',
  'server.warning': 'warn',
  'job.begun': 'info',
  'job.done': 'info',
  'job.failed': 'error',
  'retention.waits': 'warn',
  'files.not_rewritten': 'warn',
  'disk.full': 'error',
  'database.not_ready': 'error',
  'request.failed': 'error',
  'request.refused': 'warn',
  'host.refused': 'warn',
  'upload.file_failed': 'error',
  'import.goes_on': 'info',
  'import.failed': 'error',
  'batch.not_taken': 'error',
  'recording.not_composed': 'error',
  'recording.unknown': 'error',
  'sign_in.library': 'error',
  'log.left_out': 'warn',
} as const satisfies Readonly<Record<string, Level>>
export type EventName = keyof typeof events

/** What a line may hold beside its words. Nothing that a person typed. */
export interface Facts {
  readonly requestId?: string
  readonly method?: string
  /** The pattern, e.g. `/api/clients/:clientId`: a path holds ids. */
  readonly route?: string
  readonly status?: number
  readonly durationMs?: number
  readonly cause?: Cause
  /** Where in the code. */
  readonly at?: readonly string[]
  readonly code?: string
  readonly job?: string
  readonly counts?: Readonly<Record<string, number>>
  readonly reason?: string
  readonly url?: string
  readonly dataFolder?: string
  readonly version?: string
  readonly host?: string
  readonly expectedHost?: string
  readonly leftOut?: string
}

/** product choice: some twelve rows of a terminal. */
const MOST = 1000

let asWords: Readonly<Record<'out' | 'err', boolean>> = { out: false, err: false }

/** For a person at a terminal: words alone. */
export function logInWords(streams: typeof asWords): void {
  asWords = streams
}

/** One line: on standard output how it goes, on standard error what is wrong.
 *  @param message plain words */
export function logEvent(event: EventName, message: string, facts: Facts = {}): void {
  const level = events[event]
  const isWords = level === 'info' ? asWords.out : asWords.err
  const line = isWords ? wordsOf(message, facts) : jsonOf(event, level, message, facts)
  if (level === 'info') console.log(line)
  else console.error(line)
}

/** Cut first, escaped at last: a line of JSON stays one. */
const jsonOf = (event: EventName, level: Level, message: string, facts: Facts): string =>
  oneLine(
    JSON.stringify({ time: new Date().toISOString(), level, event, message: cut(message), ...facts }, (_name, value) =>
      typeof value === 'string' ? cut(value) : (value as unknown),
    ),
  )

const wordsOf = (message: string, { requestId, cause }: Facts): string => {
  const more = [cause?.name, cause?.code, cause?.sqlite?.message].filter((one) => one !== undefined)
  const request = requestId === undefined ? [] : [`request ${requestId}`]
  const behind = [...more, ...request]
  const words = `calmpace: ${message.replace(/^calmpace: /, '')}`
  return oneLine(behind.length === 0 ? words : `${words} (${behind.join(', ')})`, MOST)
}

const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text)

const MINUTE_MS = 60_000

/** Lines that a caller can bring about: so many a minute, and then one that says how many were left out.
 *  @returns a `logEvent` for them */
export function pacedLog(mostAMinute: number): typeof logEvent {
  let [sinceMs, written, leftOut] = [Number.NEGATIVE_INFINITY, 0, 0]
  return (event, message, facts) => {
    if (performance.now() - sinceMs >= MINUTE_MS) {
      if (leftOut > 0)
        logEvent(
          'log.left_out',
          `${leftOut} more lines like "${event}" were left out: there were too many in one minute`,
          {
            leftOut: event,
            counts: { lines: leftOut },
          },
        )
      ;[sinceMs, written, leftOut] = [performance.now(), 0, 0]
    }
    if (written >= mostAMinute) {
      leftOut++
      return
    }
    written++
    logEvent(event, message, facts)
  }
}
