// What `check` finds to read: in folders with links and with places that are shut, through pipes, and where there is nothing.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { sourceOfFile } from '../../src/node/file-source.ts'
import { spoolStream, TooLongError } from '../../src/node/spool-stream.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const run = join(root, 'fixtures/fit/calm-run.fit')
const folder = mkdtempSync(join(tmpdir(), 'calmpace-find-'))
chmodSync(folder, 0o755)
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string) => cpSync(run, join(folder, name))

interface How {
  readonly input?: Uint8Array
  readonly uid?: number
}
function check(args: readonly string[], { input, uid }: How = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/calmpace.cjs', 'check', ...args], {
    cwd: root,
    ...(input === undefined ? {} : { input }),
    ...(uid === undefined ? {} : { uid }),
  })
  const out = stdout.toString()
  const json = () =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { file: string; ok: boolean; code?: string })
  return { status, out, err: stderr.toString(), json }
}
const shown = (found: ReturnType<typeof check>) =>
  found.json().map(({ file, code = 'ok' }) => `${file.replace(`${folder}/`, '')} ${code}`)

/** A file of the system's own that has a size, and that nobody can read. */
const unreadable = '/sys/class/net/lo/speed'

describe('a folder', () => {
  it.skipIf(!existsSync(unreadable))('with a file on which the disk gives up is read to its end', () => {
    mkdirSync(join(folder, 'worn'))
    for (const name of ['worn/a.fit', 'worn/z.fit']) put(name)
    symlinkSync(unreadable, join(folder, 'worn/m.fit'))
    const found = check([join(folder, 'worn'), '--json'])
    expect(shown(found)).toEqual(['worn/a.fit ok', 'worn/m.fit UNREADABLE', 'worn/z.fit ok'])
    expect([found.status, found.err]).toEqual([1, expect.not.stringContaining(' at ')])
  })

  it('that is shut is told, and ends nothing', () => {
    mkdirSync(join(folder, 'shut/in'), { recursive: true })
    for (const name of ['shut/a.fit', 'shut/z.fit']) put(name)
    chmodSync(join(folder, 'shut/in'), 0)
    // Nothing is shut to root.
    const who = process.getuid?.() === 0 ? { uid: 65_534 } : {}
    const found = check([join(folder, 'shut'), '--json'], who)
    chmodSync(join(folder, 'shut/in'), 0o755)
    expect(shown(found)).toEqual(['shut/a.fit ok', 'shut/in UNREADABLE', 'shut/z.fit ok'])
    expect(found.status).toBe(1)
  })

  it('is gone through once, links to files and folders in it too, without running in a circle', () => {
    mkdirSync(join(folder, 'links/years'), { recursive: true })
    mkdirSync(join(folder, 'elsewhere/2026'), { recursive: true })
    put('links/own.fit')
    put('elsewhere/2026/may.fit')
    put('elsewhere/june.fit')
    writeFileSync(join(folder, 'elsewhere/letter.txt'), 'Lieve Anna')
    const link = (to: string, name: string) => symlinkSync(to, join(folder, 'links', name))
    link('../elsewhere/june.fit', 'june.fit')
    link('../elsewhere/june.fit', 'latest')
    link('../../elsewhere/2026', 'years/2026')
    link('..', 'years/up')
    link('.', 'self')
    link('../elsewhere/letter.txt', 'letter')
    link('nowhere.fit', 'lost.fit')
    link('/no/such/disk', 'watch')
    link('nowhere.txt', 'notes.txt')
    const found = check([join(folder, 'links'), '--json'])
    expect(shown(found)).toEqual([
      'links/june.fit ok',
      'links/latest ok',
      'links/lost.fit UNREADABLE',
      'links/own.fit ok',
      'links/watch UNREADABLE',
      'links/years/2026/may.fit ok',
    ])
  })

  it('with nothing to read in it is told on standard error; exit 1', () => {
    mkdirSync(join(folder, 'empty/deep'), { recursive: true })
    writeFileSync(join(folder, 'empty/deep/letter.txt'), 'Lieve Anna')
    for (const name of ['empty', 'empty/deep'])
      for (const args of [[], ['--json']]) {
        const { status, out, err } = check([join(folder, name), ...args])
        expect([status, out]).toEqual([1, ''])
        expect(err).toMatch(new RegExp(`^calmpace: .*/${name}: there is nothing to read in this folder[^\n]*\n$`))
      }
    // What else there is to read is read.
    const both = check([join(folder, 'empty'), run])
    expect([both.status, both.out.split('\n').length]).toEqual([1, 3])
  })
})

describe('a pipe', () => {
  const bytes = readFileSync(run)

  it.each(['-', '/dev/stdin'])('is read to its end: %s', (path) => {
    const found = check([path, '--json'], { input: bytes })
    expect(shown(found)).toEqual([`${path} ok`])
    expect(found.status).toBe(0)
    expect(shown(check([path, '--json'], { input: zipSync({ 'run.fit': bytes }) }))).toEqual([`${path}/run.fit ok`])
    expect(shown(check([path, '--json'], { input: new Uint8Array() }))).toEqual([`${path} EMPTY`])
  })

  it('of another command is read as a file is', () => {
    const command = `${process.execPath} src/calmpace.cjs check --json <(cat ${run}) < /dev/null`
    const { stdout, status } = spawnSync('bash', ['-c', command], { cwd: root, encoding: 'utf8' })
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { ok: true, recording: { samples: 1740 } }])
  })

  it('brings no more than an upload may', async () => {
    async function* pieces() {
      for (const piece of ['abc', 'defg', 'h']) yield new TextEncoder().encode(piece)
    }
    const file = await spoolStream(pieces(), 8)
    const { size } = await file.stat()
    expect(new TextDecoder().decode(await sourceOfFile(file, size).read(2, 8))).toBe('cdefgh')
    await file.close()
    await expect(spoolStream(pieces(), 7)).rejects.toThrow(TooLongError)
  })
})

it('says in one line on standard error why one file gave nothing', () => {
  writeFileSync(join(folder, 'zero.fit'), '')
  writeFileSync(
    join(folder, 'settings.zip'),
    zipSync({ 'a.fit': readFileSync(join(root, 'fixtures/fit/settings.fit')) }),
  )
  for (const [name, code] of [
    ['nope', 'UNREADABLE'],
    ['zero.fit', 'EMPTY'],
    ['settings.zip', 'NOT_ACTIVITY'],
  ] as const)
    for (const args of [[], ['--json']]) {
      const { status, err } = check([join(folder, name), ...args])
      expect([name, status]).toEqual([name, 1])
      expect(err).toMatch(new RegExp(`^calmpace: .*/${name}[^\n]*: ${code}: [^\n]+\n$`))
    }
})
