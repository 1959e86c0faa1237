// `calmpace serve` on a checkout whose page was not built, or is there in part: it stops with words and changes nothing.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root } from '../house/run.ts'
import { readLog, refusedBy } from '../support/log-lines.ts'
import { beginClinic } from '../support/served.ts'

const copy = mkdtempSync(join(tmpdir(), 'calmpace-no-page-'))
const data = join(copy, 'data')
const page = join(copy, 'web/dist')
beforeAll(async () => {
  for (const name of ['package.json', 'src']) cpSync(join(root, name), join(copy, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  await beginClinic(data)
})
afterAll(() => rmSync(copy, { recursive: true }))
const how = { cwd: copy, env: { ...process.env, CALMPACE_DATA: data, PORT: '0' } }
const typed = ['src/calmpace.cjs', 'serve']

it('is refused where nothing is there, and where a file that the page begins with is missing', () => {
  const before = readdirSync(data)
  for (const make of [() => undefined, writePage]) {
    make()
    const { status, stdout, stderr } = spawnSync(process.execPath, typed, { ...how, encoding: 'utf8' })
    expect([status, readLog(stdout).map(({ event }) => event)]).toEqual([1, ['server.starting']])
    expect(refusedBy(stderr)).toMatch(
      /^the page of calmpace is not in .*web\/dist, or only a part of it: build it \(npm run build\)/,
    )
    expect(existsSync(join(data, 'secret'))).toBe(before.includes('secret'))
  }
})

it('serves where it is whole', async () => {
  writePage()
  writeFileSync(join(page, 'assets/index-1.js'), '')
  const server = spawn(process.execPath, typed, how)
  let out = ''
  await new Promise<void>((resolve, reject) => {
    server.once('close', () => reject(new Error(out)))
    server.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      if (out.includes('first_administrator')) resolve()
    })
  })
  const url = readLog(out).find(({ event }) => event === 'server.started')?.url ?? ''
  expect(await (await fetch(url)).text()).toContain('index-1.js')
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  expect(await ended).toBe(0)
})

function writePage(): void {
  mkdirSync(join(page, 'assets'), { recursive: true })
  writeFileSync(join(page, 'index.html'), '<script type="module" src="/assets/index-1.js"></script>')
}
