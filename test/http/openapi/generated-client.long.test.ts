// A client that orval generates from the OpenAPI document, against a served clinic: it is compiled, joins, signs in, uploads a watch file,
// lists runs and takes them away. Nothing of it is written by hand but what is called, in types that the document made.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from 'orval'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { root } from '../../house/run.ts'
import { startServer, type Served } from '../../support/served.ts'

const fixture = fileURLToPath(new URL('../../../fixtures/fit/calm-run.fit', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calmpace-client-'))
const at = (name: string) => join(folder, name)
let served: Served

/** Where it asks, and the cookie of the session: what every user of such a client brings. */
const askTs = `
const cookies = new Map<string, string>()
export const ask = async <T>(path: string, init: RequestInit): Promise<T> => {
  const headers = new Headers(init.headers)
  if (cookies.size > 0) headers.set('cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
  const response = await fetch(process.env['CLINIC'] + path, { ...init, headers })
  for (const one of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (one.split(';')[0] ?? '').split(/=(.*)/s)
    cookies.set(name, value)
  }
  const type = response.headers.get('content-type') ?? ''
  const isJson = /json/.test(type) && !response.headers.has('content-disposition')
  const data: unknown = response.status === 204 ? undefined : isJson ? await response.json() : await response.blob()
  return { status: response.status, data, headers: response.headers } as T
}
`
const useTs = `
import { readFileSync } from 'node:fs'
import { addClient, exportRun, getMe, getRunFile, getSeries, join, listClients, listRuns, setZone, signIn, signOut, uploadRuns } from './client.ts'
const [token = '', file = ''] = process.argv.slice(2)
const account = { email: 'thea@example.org', password: 'een lang wachtwoord' }

const before = await listClients()
if (before.status !== 401) throw new Error('nobody is signed in')
const refused: 'SIGNED_OUT' = before.data.code

const joined = await join({ token, name: 'Thea', alsoTherapist: true, ...account })
if (joined.status !== 200) throw new Error(joined.data.code)
await signOut()
const wrong = await signIn({ ...account, password: 'een ander wachtwoord' })
if (wrong.status !== 401) throw new Error('a wrong password is right')
const signedIn = await signIn(account)
if (signedIn.status !== 200) throw new Error(signedIn.data.code)
const me = await getMe()
if (me.status !== 200) throw new Error(me.data.code)

const client = await addClient({ firstName: 'Noor', birthYear: 1986, watchLevel: 'standard' })
if (client.status !== 201) throw new Error(client.data.detail)
const zone = await setZone(client.data.id, { inputs: { manualCeilingBpm: 138 }, reason: 'praattest' })
if (zone.status !== 201) throw new Error(zone.data.detail)
const upload = { files: [new File([readFileSync(file)], 'calm.fit')], plannedMin: 30 }
const [first, again] = [await uploadRuns(client.data.id, upload), await uploadRuns(client.data.id, upload)]
if (first.status !== 200 || again.status !== 200) throw new Error('not uploaded')
const runs = await listRuns(client.data.id, { limit: 10 })
if (runs.status !== 200) throw new Error(runs.data.code)
const [run] = runs.data.items
if (run === undefined) throw new Error('no run')
const series = await getSeries(run.id)
if (series.status !== 200) throw new Error(series.data.code)
const pauses: [number, number][] = series.data.pauses
const original = await getRunFile(run.id)
if (original.status !== 200) throw new Error(original.data.code)
const exports: Record<string, number> = {}
for (const format of ['fit', 'csv', 'fhir', 'open-mhealth'] as const) {
  const exported = await exportRun(run.id, format, format === 'csv' ? { dialect: 'nl' } : {})
  if (exported.status !== 200) throw new Error(exported.data.code)
  exports[format] = (exported.data as Blob).size
}
console.log(JSON.stringify({
  refused,
  wrong: wrong.data.code,
  name: me.data.name,
  results: [...first.data.results, ...again.data.results].map(({ file, result }) => [file, result]),
  runs: runs.data.items.map(({ id, plannedMin, verdict }) => [id === run.id, plannedMin, verdict]),
  pauses: pauses.length,
  original: Buffer.from(await (original.data as Blob).arrayBuffer()).toString('base64'),
  exports,
}))
`

beforeAll(async () => {
  served = await startServer(at('data'))
})
afterAll(async () => {
  await served.end('SIGTERM')
  rmSync(folder, { recursive: true })
})

describe('a client that is generated from the document', () => {
  it('is made and compiles, strictly, with what uses it', async () => {
    writeFileSync(at('openapi.json'), await (await fetch(`${served.url}/api/openapi.json`)).text())
    writeFileSync(at('ask.ts'), askTs)
    writeFileSync(at('use.ts'), useTs)
    writeFileSync(at('package.json'), '{"type":"module"}')
    const mutator = { path: at('ask.ts'), name: 'ask', extension: '.ts' }
    const output = { target: at('client.ts'), client: 'fetch', mode: 'single', override: { mutator } } as const
    const told = vi.spyOn(console, 'log').mockReturnValue(undefined)
    await generate({ input: at('openapi.json'), output })
    expect(told.mock.calls).toEqual([[expect.stringContaining('Your OpenAPI spec has been converted')]])
    told.mockRestore()
    const compilerOptions = {
      ...{ strict: true, noEmit: true, target: 'es2024', module: 'esnext', moduleResolution: 'bundler' },
      ...{ lib: ['es2024', 'dom', 'dom.iterable'], skipLibCheck: true, allowImportingTsExtensions: true },
      ...{ types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
    }
    writeFileSync(at('tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
    const compiled = spawnSync(process.execPath, [join(root, 'node_modules/.bin/tsc'), '-p', folder])
    expect([compiled.stdout.toString(), compiled.status]).toEqual(['', 0])
  })

  it('joins, signs in, uploads a file, lists runs and takes them away', () => {
    const token = new URL(served.firstUrl ?? '').hash.slice(1)
    const env = { ...process.env, CLINIC: served.url }
    const used = spawnSync(process.execPath, [at('use.ts'), token, fixture], { env })
    expect([used.stderr.toString(), used.status]).toEqual(['', 0])
    const told = JSON.parse(used.stdout.toString()) as Record<string, unknown>
    expect(told).toMatchObject({
      refused: 'SIGNED_OUT',
      wrong: 'SIGN_IN_REFUSED',
      name: 'Thea',
      results: [
        ['calm.fit', 'added'],
        ['calm.fit', 'already_there'],
      ],
      runs: [[true, 30, 'calm']],
      pauses: expect.any(Number) as number,
    })
    expect(told['original']).toBe(readFileSync(fixture).toString('base64'))
    const sizes = Object.entries(told['exports'] as Record<string, number>)
    expect(sizes.filter(([, bytes]) => bytes > 500).map(([format]) => format)).toEqual([
      'fit',
      'csv',
      'fhir',
      'open-mhealth',
    ])
  })
})
