// Every route that takes something, asked with what nobody would send: it is refused with a code or taken, and never an error of
// ours. Shapes come from the OpenAPI document, so that a route that is added is asked too.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, makeWorld, type World } from '../../support/world.ts'

interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const odd: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '__proto__',
  "' or 1=1 --",
  -1,
  0,
  1.5,
  1e308,
  -1e308,
  2 ** 53 - 1,
  8.64e15 + 1,
  253_402_300_800_000,
  [],
  [null],
  {},
  { constructor: { prototype: 1 } },
]
const oddNames = ['', '%00', '%F0%9F%8F%83', '..%2F..', '%EF%BF%BD', 'constructor', 'x'.repeat(3000), "'%20or%201"]

let clinic: NodeClinic
let world: World
let document: Document
beforeAll(async () => {
  clinic = await openClinic()
  world = await makeWorld(clinic)
  document = await expectJson<Document>(clinic.ask('/api/openapi.json'))
})
afterAll(closeClinics)

const resolve = (schema: Schema): Schema =>
  schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {})

/** Something that a schema takes, more or less. */
function example(given: Schema, depth = 0): unknown {
  const schema = resolve(given)
  const [first] = schema.anyOf ?? schema.oneOf ?? []
  if (first !== undefined) return example(first, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0]
  if (type === 'object' || schema.properties !== undefined)
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, member]) => [name, example(member, depth + 1)]),
    )
  if (type === 'array') return schema.items === undefined || depth > 6 ? [] : [example(schema.items, depth + 1)]
  if (type === 'boolean') return true
  if (type === 'number' || type === 'integer') return 100
  return 'Noor en de rest'
}

/** The value with each place in it replaced by something odd, one at a time. */
function* oddOnes(value: unknown): Generator<unknown> {
  yield* odd
  if (Array.isArray(value)) for (const one of oddOnes(value[0])) yield [one]
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      for (const one of oddOnes(member)) yield { ...value, [name]: one }
      const { [name]: _, ...rest } = value as Record<string, unknown>
      yield rest
    }
}

const ids = (): Readonly<Record<string, string>> => ({
  clientId: world.noor,
  runId: world.runId,
  flagId: world.flagId,
  zoneId: world.zoneId,
  groupId: world.groupId,
  groupRunId: world.groupRunId,
  participationId: world.participationId,
  restNoteId: world.restNoteId,
  afterRunId: world.afterRunId,
  personId: 'nobody',
  format: 'csv',
})

it('is refused with a code or taken, whatever the ids, the query and the body', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  let asked = 0
  const expectNoFault = async (who: 'therapist' | 'administrator', method: string, path: string, body?: unknown) => {
    asked++
    const init =
      body === undefined
        ? { method }
        : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const response = await askAs(clinic.ask, world, who)(path, init)
    await response.arrayBuffer()
    if (response.status >= 500) expect([response.status, who, method, path, body, logged.mock.calls.at(-1)]).toBeNull()
  }
  for (const [template, operations] of Object.entries(document.paths))
    for (const [method, { requestBody, parameters = [] }] of Object.entries(operations)) {
      // What signs out, and what is counted by address, has tests of its own.
      if (method === 'delete' || template.endsWith('/sessions') || template.startsWith('/api/auth/')) continue
      const named = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids()[name] ?? 'nobody')
      for (const oddName of oddNames)
        if (template.includes('{'))
          await expectNoFault('therapist', method.toUpperCase(), template.replaceAll(/\{(\w+)\}/g, oddName))
      for (const { name, in: place } of parameters)
        if (place === 'query')
          for (const value of [
            ...oddNames,
            '-1',
            '1e9',
            '0',
            'eyJ4IjoxfQ',
            'WzEsMl0',
            'WyJ4IiwieCJd',
            'WzFlOTksIngiXQ',
          ])
            await expectNoFault('administrator', method.toUpperCase(), `${named}?${name}=${value}`)
      const schema = requestBody?.content['application/json']?.schema
      if (schema === undefined) continue
      for (const body of oddOnes(example(schema)))
        for (const who of ['therapist', 'administrator'] as const)
          await expectNoFault(who, method.toUpperCase(), named, body)
    }
  expect(asked).toBeGreaterThan(2000)
  expect(logged.mock.calls).toEqual([])
})
