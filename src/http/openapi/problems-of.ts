// Which problems an operation can answer: its own (operations.ts), and those that follow from its kind. The test that
// calls every route compares real answers with this.
import type { Operation } from './operations.ts'
import type { ProblemCode } from '../problem.ts'
import { authPaths, type AuthPath } from '../sign-in/auth-paths.ts'
import { isPaced } from '../sign-in/pace.ts'

const AUTH = '/api/auth'

/** An operation as the framework describes it, as far as it is looked at here. */
export interface Described {
  readonly 'x-action': string
  readonly parameters?: readonly { readonly in: string; readonly schema?: object }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: object }>> }
}

/** @param takesList whether its body has a list with a limit */
export function problemsOf(
  method: string,
  path: string,
  described: Described,
  { problems }: Operation,
  takesList: boolean,
): readonly ProblemCode[] {
  const { 'x-action': action, parameters = [], requestBody } = described
  const found = new Set<ProblemCode>(problems)
  const add = (...codes: ProblemCode[]) => codes.forEach((code) => found.add(code))
  // Whoever reaches the service by a name that is not its own; of anything but a GET also another site.
  add('FOREIGN_ORIGIN', 'CLOSED', 'NOT_READY', 'TOO_HEAVY', 'TOO_BUSY', 'DISK_FULL', 'INTERNAL')
  if (action !== 'public') add('SIGNED_OUT')
  if (parameters.some(({ in: place, schema }) => place === 'query' || !isAnyText(schema))) add('INVALID_REQUEST')
  if (method !== 'GET') add('INVALID_REQUEST', 'BODY_TOO_LARGE', 'BODY_TOO_SLOW')
  if (isPaced(`${method} ${path}`)) add('TOO_FAST')
  const auth = authPaths.get(`${method} ${path.slice(AUTH.length)}`)
  if (path.startsWith(AUTH) && auth !== undefined) add(...problemsOfAuth(auth))
  else {
    if (action !== 'public') add('SECOND_FACTOR_REQUIRED')
    if (action !== 'public' && action !== 'signed-in') add('NOT_FOUND')
    if (action !== 'public' && method !== 'GET') add('TOO_MANY_REQUESTS')
    if (requestBody !== undefined) add('UNSUPPORTED_MEDIA_TYPE')
    if (takesList) add('TOO_MANY_ITEMS')
  }
  return [...found]
}

const isAnyText = (schema: object = {}): boolean => Object.keys(schema).length === 1 && 'type' in schema

/** Of the library's paths, whose bodies and limits are its own. */
function problemsOfAuth({ guesses, changesFactors, needsOwnFactor, isPublic }: AuthPath): readonly ProblemCode[] {
  return [
    'INVALID_REQUEST',
    'TOO_FAST',
    ...(guesses === 'own_password' ? (['INVALID_PASSWORD', 'TRIED_TOO_OFTEN'] as const) : []),
    ...(changesFactors && !isPublic ? (['FRESH_SIGN_IN_REQUIRED'] as const) : []),
    ...(needsOwnFactor ? (['SECOND_FACTOR_REQUIRED'] as const) : []),
  ]
}
