// The command as it is started: by which Node, with what folder, into which stream. Each start takes about half a second.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = join(root, 'src/calmpace.cjs')
const folder = mkdtempSync(join(tmpdir(), 'calmpace-start-'))
const data = join(folder, 'data')
beforeAll(async () => (await openStore(data)).close())
afterAll(() => rmSync(folder, { recursive: true }))

function calmpace(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

describe('the entry', () => {
  const requireFrom = createRequire(import.meta.url)
  const { findReason } = requireFrom(entry) as { findReason: (running: string, pinned: string) => string | null }
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: { node: string }
  }

  it.each(['0.12.18', '6.17.1', '12.22.12', '16.20.2', '18.20.4', '20.20.2', '22.21.0', '23.11.0'])(
    'says in one line which Node it needs where it runs under %s',
    (running) => {
      const reason = findReason(running, dependencies.node)
      expect(reason).toMatch(/^calmpace: needs Node 24 or newer, this is Node [\d.]+ \(.*$/)
      expect(reason).toContain(`this is Node ${running} `)
    },
  )

  it.each(['24.0.0', '24.21.0', '25.1.0', '100.0.0'])('runs under %s', (running) => {
    expect(findReason(running, dependencies.node)).toBeNull()
  })

  it('is a script that every Node can read: ECMAScript 5', () => {
    const text = readFileSync(entry, 'utf8')
    const options = { ecmaVersion: 5, sourceType: 'script', allowHashBang: true } as const
    expect(parse(text, options).type).toBe('Program')
    expect(() => parse(`${text}\nconst one = 1`, options)).toThrow(SyntaxError)
  })

  it('is what npm runs, under the Node that it brings', () => {
    const npm = (command: string, ...args: readonly string[]) =>
      spawnSync(command, args, { cwd: root, encoding: 'utf8' }).stdout
    const version = `${(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version}\n`
    expect(npm('npm', 'run', '-s', 'calmpace', '--', '--version')).toBe(version)
    expect(npm('npx', 'calmpace', '--version')).toBe(version)
  })

  it('runs from node_modules too, where Node reads no TypeScript by itself', () => {
    const packages = join(folder, 'elsewhere', 'node_modules')
    mkdirSync(packages, { recursive: true })
    const copied = ['package.json', 'src'].map((name) => join(root, name))
    expect(spawnSync('cp', ['-r', ...copied, packages]).status).toBe(0)
    for (const name of ['commander', 'zod', 'kysely', 'fflate', 'fast-xml-parser'])
      spawnSync('ln', ['-s', join(root, 'node_modules', name), join(packages, name)])
    const run = spawnSync(process.execPath, [join(packages, 'src/calmpace.cjs'), 'verify-audit', '--json'], {
      env: { ...process.env, CALMPACE_DATA: data },
      encoding: 'utf8',
    })
    expect([run.stdout, run.stderr]).toEqual([expect.stringMatching(/^\{"ok":true,"lines":0/), ''])
  })
})

it('serve --help starts nothing', () => {
  const { status, stdout, stderr } = calmpace(['serve', '--help'], { CALMPACE_DATA: join(folder, 'none') })
  expect([status, stderr, existsSync(join(folder, 'none'))]).toEqual([0, '', false])
  expect(stdout).toContain('Usage: calmpace serve')
})

it('a data folder that may not be read is one plain line', () => {
  const path = join(folder, 'forbidden')
  mkdirSync(path)
  chmodSync(path, 0o000)
  // Root may read it all the same: another user then.
  const run = spawnSync(process.execPath, [entry, 'verify-audit'], {
    env: { ...process.env, CALMPACE_DATA: path },
    encoding: 'utf8',
    ...(process.getuid?.() === 0 ? { uid: 65_534 } : {}),
  })
  chmodSync(path, 0o700)
  expect(run.stderr).toMatch(/^calmpace: .*forbidden.* may not be used by the user who runs this: .*\n$/)
  expect([run.status, run.stdout]).toEqual([1, ''])
})

describe('where nobody reads any more', () => {
  it.each([['check fixtures/fit fixtures/xml --json'], ['help check']])('%s ends without a word', (typed) => {
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `"$0" src/calmpace.cjs ${typed} | head -1; echo "$PIPESTATUS"`, process.execPath],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    expect(stdout.trim().split('\n')).toHaveLength(2)
    expect(stderr).not.toMatch(/EPIPE|at /)
  })

  it.runIf(existsSync('/dev/full'))('a disk that is full is said, with exit 1', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"$0" src/calmpace.cjs check fixtures/fit/calm-run.fit > /dev/full`, process.execPath],
      {
        cwd: root,
        encoding: 'utf8',
      },
    )
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^calmpace: the result could not be written: ENOSPC/)])
  })
})

describe('demo', () => {
  it('never touches a folder that holds a practice, or anything else', () => {
    const other = join(folder, 'letters')
    mkdirSync(other)
    writeFileSync(join(other, 'letter.txt'), 'Lieve Anna')
    const before = readFileSync(join(data, 'calmpace.sqlite'))
    for (const [path, what] of [
      [data, 'holds a practice'],
      [other, 'is not empty'],
    ] as const) {
      const names = readdirSync(path)
      const { status, stdout, stderr } = calmpace(['demo'], { CALMPACE_DATA: path, PORT: '0' })
      expect([status, stdout]).toEqual([1, ''])
      expect(stderr).toBe(
        `calmpace: ${path} ${what}; nothing was changed. A demo goes into an empty folder: unset CALMPACE_DATA, or name another one\n`,
      )
      expect(readdirSync(path)).toEqual(names)
    }
    expect(readFileSync(join(data, 'calmpace.sqlite')).equals(before)).toBe(true)
  })
})
