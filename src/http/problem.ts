// Every error that leaves the service: RFC 9457 problem details with a stable code. Routes throw a ProblemError, and
// only this file renders it. Unknown errors show no details, and no health data reaches a log.
import type { Context, MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { matchedRoutes } from 'hono/route'
import { causeOf, whereFrom } from '../live/cause.ts'
import { pacedLog, type Facts } from '../live/server-log.ts'
import { isDiskFull } from '../store/disk-full.ts'
import { WorkError, isTooHeavy } from '../store/work/work.ts'

/** Stable codes with their status and title. */
export const problems = {
  INVALID_REQUEST: { status: 400, title: 'The request is not understood.' },
  SIGNED_OUT: { status: 401, title: 'Sign in first.' },
  SIGN_IN_REFUSED: { status: 401, title: 'Name and password do not go together, or this was tried too often.' },
  CODE_USED: { status: 401, title: 'This code was used already. Wait for the next one.' },
  INVALID_PASSWORD: { status: 400, title: 'This is not your password; nothing was changed.' },
  PASSWORD_TOO_SHORT: { status: 400, title: 'A password has 12 signs or more; nothing was changed.' },
  PASSWORD_TOO_LONG: { status: 400, title: 'A password has 200 signs at most; nothing was changed.' },
  INVALID_CODE: { status: 401, title: 'This is not the code of now. Look at the app again.' },
  INVALID_BACKUP_CODE: { status: 401, title: 'This is none of your backup codes, or it was used.' },
  INVALID_TWO_FACTOR_COOKIE: { status: 401, title: 'Give name and password first, and the code within ten minutes.' },
  TWO_FACTOR_NOT_ENABLED: { status: 400, title: 'There is no app with codes on this account; nothing was changed.' },
  TOTP_ALREADY_ENABLED: { status: 400, title: 'There is an app with codes on this account already.' },
  CHALLENGE_NOT_FOUND: {
    status: 400,
    title: 'This took too long, went wrong too often, or was begun elsewhere. Begin again.',
  },
  PASSKEY_REFUSED: { status: 400, title: 'This passkey cannot be added; nothing was changed.' },
  PASSKEY_NOT_FOUND: { status: 401, title: 'This passkey is none of this account.' },
  SECOND_FACTOR_UNREADABLE: {
    status: 409,
    title:
      'The server was given another secret since this second factor was set up. Ask an administrator for a new way in.',
  },
  SECOND_FACTOR_REQUIRED: { status: 403, title: 'Set up a second factor first, or sign in with it.' },
  FRESH_SIGN_IN_REQUIRED: {
    status: 403,
    title: 'Show once more who you are: you signed in more than ten minutes ago. Nothing was changed; then ask again.',
  },
  INVITATION_GONE: {
    status: 410,
    title: 'This invitation was used, opened elsewhere or taken back, or is over; nothing was made. Ask for a new one.',
  },
  RESET_GONE: {
    status: 410,
    title: 'This link was used, opened elsewhere or taken back, or is over; nothing was changed. Ask for a new one.',
  },
  RESET_OF_ONESELF: {
    status: 422,
    title: 'Another administrator makes this for you, or whoever keeps the machine; nothing was changed.',
  },
  ACCOUNT_REFUSED: {
    status: 422,
    title: 'This account cannot be made; nothing was changed. Choose another address or password.',
  },
  PASSWORD_COMMON: { status: 422, title: 'Many people choose this password; nothing was changed. Choose another one.' },
  PASSWORD_REPEATS: { status: 422, title: 'This password repeats itself; nothing was changed. Choose another one.' },
  PASSWORD_SEQUENCE: { status: 422, title: 'This password is a row of keys; nothing was changed. Choose another one.' },
  PASSWORD_PERSONAL: {
    status: 422,
    title: 'This password is your name or address; nothing was changed. Choose another one.',
  },
  NAME_UNREADABLE: {
    status: 422,
    title: 'A name has letters, and no signs that cannot be seen; nothing was changed. Type it once more.',
  },
  EMAIL_REFUSED: {
    status: 422,
    title:
      'Nobody can sign in by this e-mail address: letters, digits and . _ + - alone; nothing was changed. Choose another one.',
  },
  LAST_ADMINISTRATOR: { status: 422, title: 'Somebody must remain who can manage people.' },
  FOREIGN_ORIGIN: { status: 403, title: 'This request comes from another site.' },
  NOT_FOUND: { status: 404, title: 'This does not exist, or it is not yours to see.' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address takes other methods; the header Allow names them.' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'This takes a body of another content type; nothing of it was read.' },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The request is larger than it may be: 1 MB, and 16 kB before signing in. Nothing of it was kept.',
  },
  BODY_TOO_SLOW: { status: 408, title: 'The request did not come to its end in time; nothing of it was kept.' },
  TOO_FAST: {
    status: 429,
    title: 'Too many requests of this kind came from this address; this one was not looked at. Wait a minute.',
  },
  TRIED_TOO_OFTEN: {
    status: 403,
    title: 'The password was wrong too often; nothing was changed. Wait up to a quarter of an hour, then try again.',
  },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too much of yours waits already. Try again in a while.' },
  LIST_FULL: { status: 422, title: 'As many of these are kept as there may be; nothing was added.' },
  TOO_MANY_ITEMS: { status: 413, title: 'The request brings more of one kind than one may; nothing of it was kept.' },
  UPLOAD_TOO_LARGE: { status: 413, title: 'The upload is larger than 600 MB; nothing of it was kept.' },
  NOT_CONFIRMED: { status: 422, title: "What was typed is not the client's first name; nothing was erased." },
  REASON_REQUIRED: { status: 422, title: 'A ceiling that a person sets needs a reason.' },
  ZONE_REJECTED: { status: 422, title: 'This cannot be a calm zone; the earlier zone stays.' },
  ZONE_UNCONFIRMED: {
    status: 409,
    title: 'A limit would rise, or a number asks for caution: confirm it, or change it. Nothing was saved.',
  },
  RULE_SET_OFF: { status: 422, title: 'The clinic has not switched on the rule set that this belongs to.' },
  SETTINGS_REJECTED: { status: 422, title: 'These settings cannot be; the earlier ones stay.' },
  CHANGED_MEANWHILE: {
    status: 409,
    title: 'Somebody else changed this meanwhile; nothing was overwritten. Look again.',
  },
  STEP_REFUSED: {
    status: 422,
    title: 'This step lacks something, or the flag is not in a state for it; it stays as it is.',
  },
  NOT_AGREED: { status: 422, title: 'This is only kept once the client says that they share it; nothing was kept.' },
  DATE_REFUSED: {
    status: 422,
    title: 'A run is over by now and was not before 2010; or its date is not asked. Nothing was changed.',
  },
  DATE_UNKNOWN: { status: 409, title: 'Nobody knows yet when this run was. Say it first, or take the original file.' },
  NOT_ONE_RUN: { status: 422, title: 'These two do not lie over each other in time for more than half.' },
  ALREADY_COMBINED: { status: 409, title: 'One of these is already put together with another; take that apart first.' },
  NO_READINGS: {
    status: 409,
    title: 'This run is a summary without readings, and this format is made of readings. Take the original file.',
  },
  SAMPLES_GONE: { status: 410, title: 'The samples of this run are deleted; its assessment is kept.' },
  ARCHIVE_FOREIGN: { status: 422, title: 'This is no zip of one client from calmpace; nothing was changed.' },
  ARCHIVE_TOO_NEW: { status: 422, title: 'This zip is from a newer calmpace than this one; nothing was changed.' },
  ARCHIVE_DAMAGED: { status: 422, title: 'This zip is damaged or was changed; nothing was taken from it.' },
  TOO_HEAVY: {
    status: 422,
    title: 'This needs more time or memory than one request is given; nothing was changed. Try it with less at a time.',
  },
  TOO_BUSY: {
    status: 503,
    title: 'The server has too much to do at this moment; nothing was changed. Try again in a minute.',
  },
  IMPORT_INTERRUPTED: {
    status: 500,
    title:
      'The server stopped in the middle of this import. What it had read is kept. Send the same files again for the rest.',
  },
  DISK_FULL: {
    status: 507,
    title:
      "The server's disk is full, so this could not be kept. What was kept before is not lost. Tell whoever keeps the server, and try again.",
  },
  CLOSED: { status: 503, title: 'This server has no secret yet, so it shows nothing but its health.' },
  NOT_READY: { status: 503, title: 'The database is not ready.' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side. Nothing was changed.' },
} as const
export type ProblemCode = keyof typeof problems

export class ProblemError extends Error {
  readonly code: ProblemCode
  readonly detail: string | null
  readonly extra: Readonly<Record<string, unknown>>

  /** @param extra members beside the standard ones, e.g. `errors` */
  constructor(code: ProblemCode, detail: string | null = null, extra: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.code = code
    this.detail = detail
    this.extra = extra
  }
}

/** The code of the answer that an error becomes; null of a fault of ours. */
export const findCode = (error: unknown): ProblemCode | null =>
  error instanceof ProblemError
    ? error.code
    : error instanceof WorkError
      ? codeOfWork(error)
      : isNotUnderstood(error)
        ? codeOfRefusal(error)
        : isDiskFull(error)
          ? 'DISK_FULL'
          : null

const codeOfWork = (error: WorkError): ProblemCode => (isTooHeavy(error) ? 'TOO_HEAVY' : 'TOO_BUSY')

/** The framework's own refusals, e.g. of a body that is no JSON. */
const isNotUnderstood = (error: unknown): error is HTTPException => error instanceof HTTPException && error.status < 500
const codeOfRefusal = ({ status }: HTTPException): ProblemCode =>
  status === 415 ? 'UNSUPPORTED_MEDIA_TYPE' : 'INVALID_REQUEST'

interface Timed {
  readonly Variables: { beganMs?: number }
}

/** Where the time of a request begins, for the log. */
export const takeTime: MiddlewareHandler<Timed> = (c, next) => {
  c.set('beganMs', performance.now())
  return next()
}

/** The app's `onError`. */
export function renderError(error: Error, c: Context): Response {
  const problem = toProblem(error)
  if (problems[problem.code].status < 500) return renderProblem(problem)
  const { beganMs } = (c as Context<Timed>).var
  const took = beganMs === undefined ? {} : { durationMs: Math.round(performance.now() - beganMs) }
  return renderOurs(problem, { method: c.req.method, route: routeOf(c), ...took }, error)
}

const toProblem = (error: Error): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError(findCode(error) ?? 'INTERNAL', isNotUnderstood(error) ? error.message : null)

/** The pattern of what was asked for, not of what looks at every request. */
const routeOf = (c: Context): string =>
  matchedRoutes(c).find(({ method, path }) => method !== 'ALL' && !path.includes('*'))?.path ?? c.req.routePath

/** product choice: with a full disk every request fails; what a person quotes is found all the same. */
const MOST_LINES_A_MINUTE = 100
const logRequest = pacedLog(MOST_LINES_A_MINUTE)
const logFullDisk = pacedLog(1)

/** A problem that is the server's own: with an id that stands in the answer and in a line of the log.
 *  @param error what brought it about, where that is more than the problem itself */
export function renderOurs(
  problem: ProblemError,
  asked: Pick<Facts, 'method' | 'route' | 'durationMs'>,
  error: Error = problem,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { code, detail, extra } = problem
  const { status } = problems[code]
  // Ours alone: an id that a caller brought could stand in the log already.
  const requestId = crypto.randomUUID()
  const facts = { requestId, ...asked, status, code }
  if (code === 'DISK_FULL')
    logFullDisk('disk.full', 'the disk is full: requests that write are refused (507) until there is room')
  const cause = error instanceof ProblemError ? {} : { cause: causeOf(error) }
  if (code === 'INTERNAL')
    logRequest('request.failed', 'a request failed by a fault of calmpace', {
      ...facts,
      ...cause,
      at: whereFrom(error),
    })
  else logRequest('request.refused', problems[code].title, { ...facts, ...cause })
  return renderProblem(new ProblemError(code, detail, { ...extra, requestId }), {
    'x-request-id': requestId,
    ...headers,
  })
}

/** An answer that failed while it went out: too late for another one, so whoever takes it sees that it is cut. */
export const logCut = (error: unknown, c: Context): void =>
  logRequest('request.failed', 'an answer was cut while it went out, by a fault of calmpace', {
    method: c.req.method,
    route: routeOf(c),
    cause: causeOf(error),
    ...(error instanceof Error ? { at: whereFrom(error) } : {}),
  })

/** How a 401 is answered (RFC 9110 §11.6.1): by the session cookie that signing in sets. No scheme that a browser knows, for it
 *  would ask for a password by itself. */
const challenge = 'Cookie realm="calmpace"'

/** A problem as a response. */
export function renderProblem(
  { code, detail, extra }: ProblemError,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { status, title } = problems[code]
  return Response.json(
    { type: 'about:blank', title, status, code, ...(detail === null ? {} : { detail }), ...extra },
    {
      status,
      headers: {
        'content-type': 'application/problem+json',
        ...(status === 401 ? { 'www-authenticate': challenge } : {}),
        ...headers,
      },
    },
  )
}
