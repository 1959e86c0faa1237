// Holds every answer of the API against its own OpenAPI document: status, content type, shape, code. A judge that is not ours reads the
// shapes (ajv, JSON Schema 2020-12, which OpenAPI 3.1 goes by).
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Ask } from './sign-in.ts'

export interface Answer {
  readonly $ref?: string
  readonly description: string
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>
}
export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly 'x-action': string
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<Record<string, Answer>>
}
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>
    readonly responses: Readonly<Record<string, Answer>>
    readonly securitySchemes: Readonly<Record<string, { readonly name: string }>>
  }
}

export interface Judge {
  /** The same asking, with each answer looked at. */
  readonly judging: (ask: Ask) => Ask
  /** What was not as the document says, each once. */
  readonly wrong: () => readonly string[]
  /** By operation: statuses that came, problems with their code. */
  readonly came: ReadonlyMap<string, ReadonlySet<string>>
}

export function makeJudge(document: OpenApi): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  ajv.addFormat('binary', true)
  ajv.addSchema({ ...document, $id: 'api' }, 'api')
  const validators = new Map<object, ValidateFunction>()
  const validatorOf = (schema: object): ValidateFunction => {
    const known = validators.get(schema) ?? ajv.compile(inDocument(schema))
    validators.set(schema, known)
    return known
  }
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      isExact: !path.includes('{'),
      operation,
    })),
  )
  const wrong = new Set<string>()
  const came = new Map<string, Set<string>>()

  async function judge(method: string, path: string, response: Response): Promise<void> {
    const asked = method === 'HEAD' ? 'GET' : method
    const pathname = new URL(path, 'http://localhost').pathname
    const found = routes.filter((one) => one.method === asked && one.pattern.test(pathname))
    const operation = (found.find(({ isExact }) => isExact) ?? found[0])?.operation
    // Neither an unknown address nor another method is of any operation.
    if (operation === undefined || response.status === 304) return
    const { operationId } = operation
    const say = (what: string) => wrong.add(`${operationId} ${response.status}: ${what}`)
    const told = operation.responses[response.status]
    if (told === undefined) {
      say(`not in the document ${(await response.text()).slice(0, 200)}`)
      return
    }
    const answer = told.$ref === undefined ? told : document.components.responses[told.$ref.split('/').at(-1) ?? '']
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
    const noted = came.get(operationId) ?? new Set()
    came.set(operationId, noted)
    const content = answer?.content
    if (content === undefined || method === 'HEAD') {
      noted.add(String(response.status))
      if (content === undefined && (await response.text()) !== '') say('a body that is not in the document')
      return
    }
    const schema = content[type]?.schema
    if (schema === undefined) return void say(`content type ${type} is not in the document`)
    if (!/json/.test(type) || operationId === 'exportRun') return void noted.add(String(response.status))
    const value: unknown = await response.json()
    const code: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'code') : undefined
    noted.add(response.ok ? String(response.status) : `${response.status} ${String(code)}`)
    const validate = validatorOf(schema)
    if (!validate(value)) {
      const [first] = validate.errors ?? []
      say(
        `${first?.instancePath} ${first?.message} ${JSON.stringify(first?.params)} ${response.ok ? '' : String(code)}`,
      )
    }
  }

  return {
    judging: (ask) => async (path, init) => {
      const response = await ask(path, init)
      await judge(init?.method ?? 'GET', path, response.clone())
      return response
    },
    wrong: () => [...wrong].toSorted(),
    came,
  }
}

/** Its references stand in the document. */
function inDocument(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as object
}
