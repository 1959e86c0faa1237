// Translates errors of the sign-in library into our problems, with codes that stay when the library's codes change. The
// log stores the library's own code.
import { problems, ProblemError, renderProblem, type ProblemCode } from '../problem.ts'

/** By the library's word. */
const byLibraryCode: Readonly<Record<string, ProblemCode>> = {
  UNAUTHORIZED: 'SIGNED_OUT',
  SESSION_REQUIRED: 'SIGNED_OUT',
  INVALID_PASSWORD: 'INVALID_PASSWORD',
  PASSWORD_TOO_SHORT: 'PASSWORD_TOO_SHORT',
  PASSWORD_TOO_LONG: 'PASSWORD_TOO_LONG',
  INVALID_CODE: 'INVALID_CODE',
  INVALID_BACKUP_CODE: 'INVALID_BACKUP_CODE',
  INVALID_TWO_FACTOR_COOKIE: 'INVALID_TWO_FACTOR_COOKIE',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'CHALLENGE_NOT_FOUND',
  ACCOUNT_TEMPORARILY_LOCKED: 'TOO_FAST',
  TWO_FACTOR_NOT_ENABLED: 'TWO_FACTOR_NOT_ENABLED',
  TOTP_NOT_ENABLED: 'TWO_FACTOR_NOT_ENABLED',
  BACKUP_CODES_NOT_ENABLED: 'TWO_FACTOR_NOT_ENABLED',
  TOTP_ALREADY_ENABLED: 'TOTP_ALREADY_ENABLED',
  CHALLENGE_NOT_FOUND: 'CHALLENGE_NOT_FOUND',
  AUTHENTICATION_FAILED: 'SIGN_IN_REFUSED',
  FAILED_TO_VERIFY_REGISTRATION: 'PASSKEY_REFUSED',
  PREVIOUSLY_REGISTERED: 'PASSKEY_REFUSED',
  // Whether somebody else has it is not told.
  PASSKEY_NOT_FOUND: 'PASSKEY_NOT_FOUND',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'PASSKEY_NOT_FOUND',
}

/** Of a word that is not known here. */
const byStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'SIGN_IN_REFUSED',
  404: 'NOT_FOUND',
  429: 'TOO_FAST',
  500: 'INTERNAL',
}

/** @param response of the library, no success; what it sets and how long it wants to be left alone stay
 *  @param code its word, or its status where it has none */
export function toProblem(response: Response, code: string): Response {
  const ours = byLibraryCode[code] ?? byStatus[response.status] ?? 'INVALID_REQUEST'
  const answer = renderProblem(new ProblemError(ours))
  for (const cookie of response.headers.getSetCookie()) answer.headers.append('set-cookie', cookie)
  const waitS = response.headers.get('x-retry-after')
  if (waitS !== null && problems[ours].status === 429) answer.headers.set('retry-after', waitS)
  return answer
}
