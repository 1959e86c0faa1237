import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calmpace-serve-'))
const start = (env: Readonly<Record<string, string>>) =>
  spawn(process.execPath, ['src/node.ts'], { cwd: root, env: { ...process.env, CALMPACE_DATA: folder, ...env } })

let server: ReturnType<typeof start>
let line = ''
let port = 0
beforeAll(async () => {
  server = start({ PORT: '0' })
  line = await new Promise<string>((resolve) => server.stdout.once('data', (data: Buffer) => resolve(data.toString())))
  port = Number(/localhost:(\d+)/.exec(line)?.[1])
})
afterAll(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
  rmSync(folder, { recursive: true })
})

const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/healthz', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end()
  })

describe('calmpace serve', () => {
  it('says where the first administrator joins, and that no other machine can', () => {
    expect(line).toMatch(/^calmpace: open http:\/\/localhost:\d+\/join#[\w-]{32} \(this machine only\)/)
  })

  it('answers its own names only, so that no foreign page can reach it by a name of its own', async () => {
    expect([await statusFor(`localhost:${port}`), await statusFor('evil.test')]).toEqual([200, 403])
  })

  it.each([
    [{ PORT: 'door' }, 'PORT:'],
    [{ PORT: '70000' }, 'PORT:'],
  ])('stops on %j with one clear line', (env, reason) => {
    const { status, stderr } = spawnSync(process.execPath, ['src/node.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    expect([status, stderr.trim().split('\n').length]).toEqual([1, 1])
    expect(stderr).toContain(reason)
  })

  it('says when its port is in use', async () => {
    const second = start({ PORT: String(port) })
    let words = ''
    second.stderr.on('data', (data: Buffer) => (words += data.toString()))
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(1)
    expect(words).toContain(`port ${port} is in use`)
  })
})
