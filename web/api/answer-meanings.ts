// One table for the answers of the server, and for a missing answer: what it means, what the sending of recordings does
// about it, and which words a person reads. Every request uses it (request.ts).
import type { MessageKey } from '../messages/translate.ts'

/** What the sending does. `wait`: everything waits. `sign_in`: until somebody signs in. `shrink`: it is about what was sent, so
 *  less of it is tried. `access`: it is about whose it is. `apart`: it may be about one runner, so each is tried alone. */
export type SendingStep = 'wait' | 'sign_in' | 'shrink' | 'access' | 'apart'

interface Meaning {
  readonly sending: SendingStep
  /** Where a person asked for something; null: the words of the code (`problem.*`). */
  readonly words: MessageKey | null
  /** Where recordings wait. */
  readonly syncWords: MessageKey
}

export const answerMeanings = {
  /** This device has no network. */
  offline: { sending: 'wait', words: 'answer.offline', syncWords: 'sync.offline' },
  /** Nothing came back, though there is a network. */
  unreachable: { sending: 'wait', words: 'app.offline', syncWords: 'sync.unreachable' },
  timeout: { sending: 'wait', words: 'answer.timeout', syncWords: 'sync.timeout' },
  /** Somebody in between answers: a proxy, a page of a guest network. */
  away: { sending: 'wait', words: 'answer.away', syncWords: 'sync.away' },
  busy: { sending: 'wait', words: 'answer.busy', syncWords: 'sync.busy' },
  /** The server's disk is full: everything waits until somebody made room. */
  full: { sending: 'wait', words: null, syncWords: 'sync.full' },
  /** The server is there, but not open. */
  not_ready: { sending: 'wait', words: null, syncWords: 'sync.away' },
  signed_out: { sending: 'sign_in', words: null, syncWords: 'sync.signed_out' },
  second_factor: { sending: 'sign_in', words: null, syncWords: 'sync.second_factor' },
  too_large: { sending: 'shrink', words: null, syncWords: 'sync.failing' },
  not_understood: { sending: 'shrink', words: null, syncWords: 'sync.failing' },
  not_found: { sending: 'access', words: null, syncWords: 'sync.failing' },
  /** Another refusal of the server's own. */
  refused: { sending: 'apart', words: null, syncWords: 'sync.failing' },
  /** A refusal that is not the server's: a filter in between. */
  blocked: { sending: 'apart', words: 'answer.blocked', syncWords: 'sync.blocked' },
  trouble: { sending: 'apart', words: 'answer.trouble', syncWords: 'sync.failing' },
} as const satisfies Readonly<Record<string, Meaning>>
export type AnswerMeaning = keyof typeof answerMeanings

/** Codes of the server that mean something of their own; every other one is `refused`, or what its status says. */
const byCode: Readonly<Record<string, AnswerMeaning>> = {
  SIGNED_OUT: 'signed_out',
  SECOND_FACTOR_REQUIRED: 'second_factor',
  INVALID_REQUEST: 'not_understood',
  BODY_TOO_LARGE: 'too_large',
  BODY_TOO_SLOW: 'timeout',
  TOO_MANY_ITEMS: 'too_large',
  UPLOAD_TOO_LARGE: 'too_large',
  NOT_FOUND: 'not_found',
  NOT_READY: 'not_ready',
  TOO_BUSY: 'busy',
  DISK_FULL: 'full',
  CLOSED: 'not_ready',
  INTERNAL: 'trouble',
}
/** Of an answer without a code of the server's. A 401 of somebody in between signs nobody out. */
const byStatus: Readonly<Record<number, AnswerMeaning>> = {
  408: 'timeout',
  413: 'too_large',
  425: 'busy',
  429: 'busy',
  502: 'away',
  503: 'away',
  504: 'away',
  /** A guest network wants somebody to sign in to it (RFC 6585 §6). */
  511: 'away',
}
/** The code of a failure that has none of the server's: its meaning, or the server's word for the same. */
const codes: Partial<Readonly<Record<AnswerMeaning, string>>> = {
  too_large: 'BODY_TOO_LARGE',
  trouble: 'INTERNAL',
}

export interface ReadAnswer {
  readonly meaning: AnswerMeaning
  readonly code: string
}

/** @param code the server's own, null where the answer has none: somebody else's page, or nobody's */
export function readAnswer(status: number, code: string | null): ReadAnswer {
  // A proxy may copy the form of the server's problems: who is busy is busy, whoever says so.
  if (status === 429 || code === 'TOO_MANY_REQUESTS') return { meaning: 'busy', code: 'busy' }
  if (code !== null) return { meaning: byCode[code] ?? (status >= 500 ? 'trouble' : 'refused'), code }
  const meaning = byStatus[status] ?? (status >= 520 ? 'away' : status >= 500 ? 'trouble' : 'blocked')
  return { meaning, code: codes[meaning] ?? meaning }
}

/** What it means that a request came to no answer.
 *  @param errorName of what `fetch` threw */
export function readNoAnswer(errorName: string, isOnline: boolean): ReadAnswer {
  const meaning = errorName === 'TimeoutError' ? 'timeout' : isOnline ? 'unreachable' : 'offline'
  return { meaning, code: meaning }
}

/** The longest wait that the page obeys … product choice. */
const LONGEST_WAIT_MS = 15 * 60_000

/** How long the server asks to be left alone (RFC 9110 §10.2.3); null where it does not say. */
export function readRetryAfter(value: string | null, nowMs: number): number | null {
  if (value === null || value.trim() === '') return null
  const waitMs = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - nowMs
  return Number.isNaN(waitMs) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, waitMs))
}

/** The words of a code that is a meaning of this table; null where the code is the server's. */
export const wordsOfCode = (code: string): MessageKey | null => {
  if (code === 'INTERNAL') return answerMeanings.trouble.words
  return isMeaning(code) ? answerMeanings[code].words : null
}
const isMeaning = (code: string): code is AnswerMeaning => Object.hasOwn(answerMeanings, code)

/** Whether nothing was heard of the server itself: what a device knows by itself goes on. */
export const isSilence = (meaning: AnswerMeaning): boolean =>
  answerMeanings[meaning].sending === 'wait' || meaning === 'trouble' || meaning === 'blocked'
