import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginClinic } from '../support/served.ts'
import { readLog, refusedBy } from '../support/log-lines.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calmpace-serve-'))
const start = (env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['src/node.ts'], { cwd: root, env: { ...process.env, CALMPACE_DATA: folder, ...env } })

let server: ReturnType<typeof start>
let line = ''
let port = 0
beforeAll(async () => {
  await beginClinic(folder)
  server = start({ PORT: '0' })
  // Line by line, in as many pieces as it likes.
  await new Promise<void>((resolve) =>
    server.stdout.on('data', (data: Buffer) => {
      line += data.toString()
      if (line.includes('first_administrator')) resolve()
    }),
  )
  port = Number(/localhost:(\d+)/.exec(line)?.[1])
})
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
  rmSync(folder, { recursive: true })
})

const statusFor = (host: string, path = '/api/me') =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })

describe('calmpace serve', () => {
  it('serves a folder alone: a second one says so and ends, and the first goes on', async () => {
    const second = start({ PORT: '0' })
    let said = ''
    second.stderr.on('data', (data: Buffer) => (said += data.toString()))
    expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(1)
    expect(refusedBy(said)).toContain(`another calmpace serves the data in ${folder}`)
    expect(await statusFor('localhost', '/healthz')).toBe(200)
  })

  it('says where the first administrator joins, and that no other machine can', () => {
    const [starting, started, first] = readLog(line).filter(({ job }) => job === undefined)
    expect([starting?.event, started?.event, first?.event]).toEqual([
      'server.starting',
      'server.started',
      'server.first_administrator',
    ])
    expect(started?.message).toMatch(
      /^calmpace: open http:\/\/localhost:\d+\/join#[\w-]{32} in a browser \(for this machine only\)$/,
    )
    expect(started?.message).toContain(first?.url)
  })

  it('keeps what is not there apart from the page, and tells what a place in the page takes', async () => {
    const told = async (method: string, path: string) => {
      const response = await fetch(`http://localhost:${port}${path}`, { method })
      const type = response.headers.get('content-type')
      await response.text()
      return [response.status, type, response.headers.get('allow')]
    }
    const problem = 'application/problem+json'
    for (const path of ['/fhir', '/fhir/Observation/1', '/api', '/api/nothing', '/nothing.js', '/assets/nothing.js'])
      expect([path, await told('GET', path)]).toEqual([path, [404, problem, null]])
    for (const path of ['/', '/clients/1'])
      for (const method of ['POST', 'DELETE'])
        expect([path, await told(method, path)]).toEqual([path, [405, problem, 'GET, HEAD, OPTIONS']])
    expect(await told('OPTIONS', '/clients/1')).toEqual([204, null, 'GET, HEAD, OPTIONS'])
    expect(await told('PUT', '/healthz')).toEqual([405, problem, 'GET, HEAD, OPTIONS'])
  })

  it('says to HEAD how long the answer to GET is', async () => {
    for (const path of ['/healthz', '/api/openapi.json', '/api/docs', '/api/clients', '/api/nothing']) {
      const length = async (method: string) => {
        const headers = { 'accept-encoding': 'identity' }
        const response = await fetch(`http://localhost:${port}${path}`, { method, headers })
        await response.text()
        return [response.status, response.headers.get('content-length')]
      }
      const [status, bytes] = await length('GET')
      expect(Number(bytes)).toBeGreaterThan(0)
      expect([path, await length('HEAD')]).toEqual([path, [status, bytes]])
    }
  })

  it('answers its own names only, so that no foreign page can reach it by a name of its own', async () => {
    expect([await statusFor(`localhost:${port}`), await statusFor('evil.test')]).toEqual([401, 403])
    expect(await statusFor('192.0.2.7', '/healthz')).toBe(200)
  })

  it.each([
    [{ PORT: 'door' }, 'PORT (now "door"):'],
    [{ PORT: '70000' }, 'PORT (now "70000"):'],
  ])('stops on %j with one clear line', (env, reason) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/node.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    expect([status, refusedBy(stderr).startsWith(reason)]).toEqual([1, true])
  })

  it('says when its port is in use', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'calmpace-port-'))
    await beginClinic(elsewhere)
    const second = start({ PORT: String(port), CALMPACE_DATA: elsewhere })
    let words = ''
    second.stderr.on('data', (data: Buffer) => (words += data.toString()))
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(1)
    expect(refusedBy(words)).toContain(`port ${port} is in use`)
    rmSync(elsewhere, { recursive: true })
  })
})
