// Builds the OpenAPI document: the shapes from the routes, names and summaries from operations.ts, who may ask, and
// every problem that an operation can answer. Nothing is described twice: shapes are in the routes, codes in
// problem.ts.
import { operations, tags, type Operation } from './operations.ts'
import { problems, type ProblemCode } from '../problem.ts'
import { problemsOf, type Described } from './problems-of.ts'
import { cookiePrefix } from '../sign-in/auth.ts'

/** The first settings for the framework. */
export const documentHead = {
  openapi: '3.1.0',
  info: {
    title: 'calmpace',
    version: '1',
    summary: 'Calm runs: clients, zones, runs and their assessments.',
    description: [
      'The API of one clinic. Whoever asks signs in first (`signIn`, then `verifyTotp` where an app is set up) and sends the cookie along.',
      'Times are epoch milliseconds UTC, units stand in names, lists go on by `cursor`.',
      'Whatever goes wrong is `application/problem+json` (RFC 9457) with a `code` that stays. An unknown address is a 404 `NOT_FOUND`,',
      'another method a 405 `METHOD_NOT_ALLOWED` with `Allow`; a thing that one may not see is a 404 as one that is not there.',
      'Each `GET` can be asked as `HEAD`. `x-action` is what the policy is asked, `x-roles` are the roles that some rule lets do it.',
    ].join('\n'),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  // Where it came from: each clinic has an address of its own.
  servers: [{ url: '/', description: 'The clinic that this document is of' }],
  tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
}

const anyProblem = {
  type: 'object',
  description: 'What went wrong (RFC 9457)',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', const: 'about:blank' },
    title: { type: 'string', description: 'what happened and what was kept, in English' },
    status: { type: 'integer', description: 'as the status of the answer' },
    code: { type: 'string', enum: Object.keys(problems), description: 'stays; new ones may come' },
    detail: { type: 'string' },
    errors: { type: 'array', items: { type: 'string' }, description: 'everything that is wrong, one by one' },
    toConfirm: { type: 'array', items: {}, description: 'of ZONE_UNCONFIRMED: what must be confirmed' },
    requestId: {
      type: 'string',
      description: 'of 500, 503 and 507, as the header X-Request-Id: the line of it in the log of the server',
    },
  },
}

type Json = Readonly<Record<string, unknown>>
interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly format?: string } }>>
}
type Answers = Readonly<Record<string, Answer>>

/** @param made by the framework, of all routes
 *  @param isSecure whether it is served by https: cookies have another name then
 *  @throws where a route has no row in operations.ts */
export function completeDocument(made: object, isSecure: boolean): object {
  const document = exactTuples(JSON.parse(JSON.stringify(made))) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
    readonly components: { readonly schemas: Json; readonly [kind: string]: unknown }
  }
  const { paths, components } = document
  const answers = new Map<string, object>()
  const completed = Object.entries(paths).map(([path, methods]) => {
    const entries = Object.entries(methods).map(([method, described]) => {
      const route = `${method.toUpperCase()} ${path}`
      const named = operations[route]
      if (named === undefined) throw new Error(`no row in operations.ts: ${route}`)
      return [method, complete(route, described, named, components.schemas, answers)]
    })
    return [path, Object.fromEntries(entries)]
  })
  const cookie = (name: string, description: string) => ({
    type: 'apiKey',
    in: 'cookie',
    name: `${cookiePrefix(isSecure)}.${name}`,
    description,
  })
  return {
    ...document,
    paths: Object.fromEntries(completed),
    components: {
      ...components,
      schemas: { ...components.schemas, Problem: anyProblem },
      responses: Object.fromEntries(answers),
      securitySchemes: {
        session: cookie('session_token', 'Set by signing in; twelve hours at most, and an hour without use'),
        pendingSignIn: cookie('two_factor', 'Set by `signIn` where a second factor is asked for; ten minutes'),
      },
    },
  }
}

/** @param answers those of problems, each set of codes once; added to */
function complete(
  route: string,
  described: Described,
  named: Operation,
  schemas: Json,
  answers: Map<string, object>,
): object {
  const [method = '', path = ''] = route.split(' ')
  const codes = problemsOf(method, path, described, named, hasLimitedList(described.requestBody, schemas))
  const byStatus = Map.groupBy(codes, (code) => problems[code].status)
  const refused = [...byStatus].map(([status, those]) => {
    const known = those.toSorted()
    const name = known.map(toPascalCase).join('Or')
    if (!answers.has(name)) answers.set(name, problemAnswer(status, known))
    return [String(status), { $ref: `#/components/responses/${name}` }]
  })
  const { operationId, tag, summary } = named
  const security = otherSecurity[operationId] ?? securityOf(described, codes)
  const { responses, ...rest } = described as Described & { readonly responses: Answers }
  return {
    operationId,
    summary,
    tags: [tag],
    ...rest,
    security,
    responses: { ...withJsonBodies(responses), ...Object.fromEntries(refused) },
  }
}

/** The framework knows a file of any type as a string of bytes; these are sent as what they are. */
const fileShapes: Readonly<Record<string, object>> = {
  'application/fhir+json': { type: 'object', description: 'a FHIR R4 Bundle' },
  'application/json': { type: 'array', items: { type: 'object' }, description: 'Open mHealth data points' },
}

const withJsonBodies = (responses: Answers): Answers =>
  Object.fromEntries(
    Object.entries(responses).map(([status, answer]) => [
      status,
      answer.content === undefined
        ? answer
        : {
            ...answer,
            content: Object.fromEntries(
              Object.entries(answer.content).map(([type, body]) => [
                type,
                body.schema?.format === 'binary' && type in fileShapes ? { schema: fileShapes[type] } : body,
              ]),
            ),
          },
    ]),
  )

const session = { session: [] }
/** Where it is neither nothing nor a session. */
const otherSecurity: Readonly<Record<string, readonly object[]>> = {
  getSession: [session, {}],
  signOut: [session, {}],
  verifyTotp: [{ pendingSignIn: [] }, session],
  verifyBackupCode: [{ pendingSignIn: [] }],
}

/** A route that can answer "sign in first" needs a session. */
const securityOf = ({ 'x-action': action }: Described, codes: readonly ProblemCode[]) =>
  action !== 'public' || codes.includes('SIGNED_OUT') ? [session] : []

const challengeHeader = {
  'WWW-Authenticate': { description: 'That the session cookie lacks', schema: { type: 'string' } },
}

const toPascalCase = (code: string): string =>
  code.toLowerCase().replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

function problemAnswer(status: number, known: readonly ProblemCode[]): object {
  return {
    description: known.map((code) => `${code}: ${problems[code].title}`).join(' '),
    ...(status === 401 ? { headers: challengeHeader } : {}),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { code: { type: 'string', enum: known } } },
          ],
        },
      },
    },
  }
}

/** Whether a list in it, or in what it refers to, has a limit. */
function hasLimitedList(value: unknown, schemas: Json): boolean {
  if (Array.isArray(value)) return value.some((one) => hasLimitedList(one, schemas))
  if (typeof value !== 'object' || value === null) return false
  if ('maxItems' in value) return true
  const named = '$ref' in value ? schemas[String(value.$ref).split('/').at(-1) ?? ''] : null
  return hasLimitedList(named, schemas) || Object.values(value).some((one) => hasLimitedList(one, schemas))
}

/** A tuple has as many items as it says, no fewer and no more. */
function exactTuples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(exactTuples)
  if (typeof value !== 'object' || value === null) return value
  const inside = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, exactTuples(one)]))
  if (!Array.isArray(inside['prefixItems'])) return inside
  const { length } = inside['prefixItems']
  return { ...inside, minItems: length, maxItems: length, items: false }
}
