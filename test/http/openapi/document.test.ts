// The OpenAPI document: what a judge that is not ours says of it, and that it has each route and nothing else.
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations as named, tags } from '../../../src/http/openapi/operations.ts'
import { authPaths } from '../../../src/http/sign-in/auth-paths.ts'
import { closeClinics, openClinic, type NodeClinic } from '../../support/node-clinic.ts'
import type { OpenApi, Operation } from '../../support/judged-answers.ts'

let clinic: NodeClinic
let text: string
let document: OpenApi
let operations: (readonly [route: string, operation: Operation])[]
beforeAll(async () => {
  clinic = await openClinic()
  text = await (await clinic.ask('/api/openapi.json')).text()
  document = JSON.parse(text) as OpenApi
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  )
})
afterAll(closeClinics)

describe('the OpenAPI document', () => {
  it('is found without fault by redocly, by all of its recommended rules', async () => {
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source: text, absoluteRef: 'openapi.json', config })
    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
  })

  it('has each route that is served, and no other', () => {
    const served = clinic.app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/api/auth/'))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const ofLibrary = [...authPaths.keys()].map((route) => route.replace(' ', ' /api/auth'))
    expect(operations.map(([route]) => route).toSorted()).toEqual([...new Set([...served, ...ofLibrary])].toSorted())
  })

  it('names each operation once, with a heading and a line of words, and no operation that is not there', () => {
    expect(Object.keys(named).toSorted()).toEqual(operations.map(([route]) => route).toSorted())
    const ids = operations.map(([, { operationId }]) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [route, { operationId, summary, tags: own }] of operations) {
      expect([route, operationId]).toEqual([route, expect.stringMatching(/^[a-z][A-Za-z]+$/)])
      expect([route, summary]).toEqual([route, expect.stringMatching(/^[A-Z].{8,}[^.]$/)])
      expect([route, own.every((tag) => Object.hasOwn(tags, tag))]).toEqual([route, true])
    }
  })

  it('asks for the session where somebody is told to sign in, and for nothing where nobody is', () => {
    const name = (secure: OpenApi) => secure.components.securitySchemes['session']?.name
    expect(name(document)).toBe('calmpace.session_token')
    for (const [route, { security, responses, operationId }] of operations) {
      const takesAny = security.length === 0 || security.some((one) => Object.keys(one).length === 0)
      const isTold = JSON.stringify(answerOf(responses['401']) ?? '').includes('SIGNED_OUT')
      const isHalf = operationId.startsWith('verify')
      expect([route, isTold]).toEqual([route, !takesAny && !isHalf])
    }
  })

  it('names the cookie as it is named by https', async () => {
    const { ask } = await openClinic({ origin: 'https://calm.example' })
    const secure = (await (await ask('https://calm.example/api/openapi.json')).json()) as OpenApi
    expect(secure.components.securitySchemes['session']?.name).toBe('__Host-calmpace.session_token')
  })

  it('has a shape for every body, of every problem the codes, and tuples of their very length', () => {
    for (const [route, { requestBody, responses }] of operations) {
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        expect([route, Object.keys(schema).length > 0]).toEqual([route, true])
      for (const [status, told] of Object.entries(responses)) {
        const answer = answerOf(told)
        const type = Number(status) < 400 ? null : 'application/problem+json'
        if (type !== null) expect([route, status, Object.keys(answer?.content ?? {})]).toEqual([route, status, [type]])
        for (const { schema } of Object.values(answer?.content ?? {}))
          expect([route, status, Object.keys(schema ?? {}).length > 0]).toEqual([route, status, true])
      }
      expect([route, Object.keys(responses).some((status) => status.startsWith('4'))]).toEqual([route, true])
    }
    const spans = JSON.stringify(document.components.schemas['Series'])
    expect(spans).toContain('"minItems":2,"maxItems":2,"items":false')
  })

  it('tells what an upload takes: files of a form, one or many', () => {
    const formOf = (path: string) => document.paths[path]?.['post']?.requestBody?.content['multipart/form-data']?.schema
    const file = { type: 'string', format: 'binary' }
    expect(formOf('/api/clients/{clientId}/runs')).toMatchObject({
      required: ['files'],
      properties: { files: { type: 'array', items: file, minItems: 1 }, plannedMin: { type: 'number' } },
    })
    expect(formOf('/api/clients/{clientId}/import')).toMatchObject({ required: ['files'], properties: { files: file } })
  })

  it('tells of each file that is taken along whether it is bytes or JSON', () => {
    const taken = document.paths['/api/runs/{runId}/exports/{format}']?.['get']?.responses['200']
    expect(taken).toMatchObject({
      content: {
        'application/vnd.ant.fit': { schema: { type: 'string', format: 'binary' } },
        'application/fhir+json': { schema: { type: 'object' } },
        'application/json': { schema: { type: 'array', items: { type: 'object' } } },
      },
    })
  })
})

const answerOf = (told: { readonly $ref?: string } | undefined) =>
  told?.$ref === undefined ? undefined : document.components.responses[told.$ref.split('/').at(-1) ?? '']
