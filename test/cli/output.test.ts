// What goes where: results, words, progress; and how the table of `check` looks on a terminal and in a pipe.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterAll, describe, expect, it } from 'vitest'
import { check } from '../../src/cli/check.ts'
import { readCheckOptions } from '../../src/cli/check-options.ts'
import { CheckWarnings } from '../../src/cli/check-warnings.ts'
import { Output } from '../../src/cli/output.ts'
import { collect, collectOutput, typeCommand } from '../support/said.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calmpace-output-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function checkOn(terminal: { isTTY?: boolean; columns?: number }, ...paths: readonly string[]) {
  const options = readCheckOptions(
    paths.map((path) => (path.startsWith('/') ? path : join(root, path))),
    { ceiling: '140', tz: 'Europe/Amsterdam' },
  )
  if (!options.ok) throw new Error(options.reason)
  const [out, err] = [collect(terminal), collect(terminal)]
  const code = await check(options.value, new Output(out, err))
  return { code, lines: out.lines(), err: err.text() }
}
const everything = ['fixtures/fit', 'fixtures/xml', join(folder, 'no-such-file.fit')]

describe('the table of check', () => {
  it.each([60, 80, 100, 200])(
    'is readable on a terminal of %i columns: nothing is wider, columns stand below each other',
    async (columns) => {
      const { lines } = await checkOn({ isTTY: true, columns }, ...everything)
      expect(lines.filter((line) => Array.from(line).length > columns)).toEqual([])
      const [head = ''] = lines
      const start = head.indexOf('start')
      const rows = lines.filter((line) => /^\d{4}-\d\d-\d\d \d\d:\d\d .* \S+$/.test(line.slice(start)))
      expect(rows.length).toBeGreaterThan(20)
      for (const row of rows)
        expect(row.slice(start)).toMatch(
          /^\d{4}-\d\d-\d\d \d\d:\d\d +\d+ +(\d+%|-) (calm|mostly_calm|too_hard|cannot_tell:\w+)$/,
        )
      for (const row of rows)
        expect(row.indexOf(/(calm|mostly_calm|too_hard|cannot_tell:\w+)$/.exec(row)?.[0] ?? '?', start)).toBe(
          head.indexOf('verdict'),
        )
    },
  )

  it('has flags and reasons below their file there, and beside it in a pipe', async () => {
    const shown = await checkOn(
      { isTTY: true, columns: 80 },
      'fixtures/fit/too-hard-run.fit',
      'fixtures/fit/settings.fit',
    )
    // Too long to stand beside.
    expect(shown.lines[1]).toBe(join(root, 'fixtures/fit/too-hard-run.fit'))
    expect(shown.lines[2]).toMatch(/^ +2026-09-01 10:00 +30 +7% too_hard$/)
    expect(shown.lines[3]).toMatch(/^ {2}F9\.hard \(attention\), .*F1\.above \(attention\)/)
    expect(shown.lines.slice(4).join('\n')).toMatch(/settings\.fit\n {2}NOT_ACTIVITY: /)
    const piped = await checkOn({}, 'fixtures/fit/too-hard-run.fit', 'fixtures/fit/settings.fit')
    expect(piped.lines).toHaveLength(3)
    expect(piped.lines[0]).toMatch(/^file +start +minutes calm verdict +flags$/)
    expect(piped.lines[1]).toMatch(/^\/.*\/too-hard-run\.fit .* too_hard +F9\.hard/)
    expect(piped.lines[2]).toMatch(/^\/.*\/settings\.fit +NOT_ACTIVITY: /)
  })

  it('cuts no character of a name in two', async () => {
    const name = join(folder, `${'🏃'.repeat(100)}.fit`)
    for (const columns of [80, 81]) {
      const { lines } = await checkOn({ isTTY: true, columns }, name)
      expect(lines[1]).toMatch(/^\/.*🏃+…🏃+\.fit$/u)
      expect(Array.from(lines[1] ?? '')).toHaveLength(columns)
    }
  })
})

describe('what runs have to be kept in mind about', () => {
  const strays = join(folder, 'strays.zip')

  it('is told on standard error, of the first ones by name; the exit code stays', async () => {
    const bytes = readFileSync(join(root, 'fixtures/xml/order.tcx'))
    writeFileSync(strays, zipSync(Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`r${i + 10}.tcx`, bytes]))))
    const one = await checkOn({}, 'fixtures/xml/order.tcx')
    expect(one.code).toBe(0)
    expect(one.err).toMatch(/^\S+\/order\.tcx: TIME_MISSING: Some records have no time .*\n/m)
    const many = await checkOn({}, strays)
    expect(many.code).toBe(0)
    expect(many.err.match(/strays\.zip\/r\d+\.tcx: TIME_MISSING: /g)).toHaveLength(20)
    expect(many.err).toContain('5 more with TIME_MISSING: Some records have no time')
    const { err } = await typeCommand(['check', strays, '--all'])
    expect(err.match(/TIME_MISSING/g)).toHaveLength(25)
    // A program finds them in each object.
    expect((await typeCommand(['check', strays, '--json'])).err).not.toContain('TIME_MISSING')
  })

  it('says how many points were left out', () => {
    const said: string[] = []
    const warnings = new CheckWarnings((line) => said.push(line), false)
    for (const strayPoints of [1755, 1]) warnings.tell('run.fit', { warnings: ['STRAY_POINTS'], strayPoints })
    warnings.close()
    expect(said).toEqual([
      'run.fit: STRAY_POINTS: 1755 points have a time far from the run; they were left out, and the original file keeps them.',
      'run.fit: STRAY_POINTS: 1 point has a time far from the run; they were left out, and the original file keeps them.',
    ])
  })
})

it('words on standard error are no wider than its terminal, and unbroken elsewhere', async () => {
  const { err } = await checkOn({ isTTY: true, columns: 60 }, ...everything)
  const lines = err
    .replaceAll('\r\u001B[K', '\r')
    .replaceAll(/[^\n]*\r/g, '')
    .split('\n')
  // A path is not broken.
  expect(lines.filter((line) => line.length > 60 && !line.includes('/'))).toEqual([])
  expect(lines.some((line) => /^ {2}\d+ x NOT_ACTIVITY: /.test(line))).toBe(true)
})

describe('progress', () => {
  it('is on a terminal only, and leaves nothing behind on it', async () => {
    const piped = await checkOn({}, ...everything)
    expect([piped.code, piped.err.includes('\r'), piped.err.includes('\u001B')]).toEqual([1, false, false])
    const shown = await checkOn({ isTTY: true, columns: 80 }, ...everything)
    expect(shown.err).toContain('\r\u001B[K20 read, ')
    // What is left once the terminal has done as it was told: the same words.
    const words = (text: string) => text.split(/\s+/)
    expect(words(shown.err.replaceAll('\r\u001B[K', '\r').replaceAll(/[^\n]*\r/g, ''))).toEqual(words(piped.err))
    expect(shown.err.replaceAll('\u001B[K', '')).not.toContain('\u001B')
  })

  it('is cleared before a result is printed, and never wider than the terminal', () => {
    const [out, err] = [collect({ isTTY: true, columns: 20 }), collect({ isTTY: true, columns: 20 })]
    const output = new Output(out, err)
    output.progress.show('x'.repeat(50))
    expect(err.text()).toBe(`\r\u001B[K${'x'.repeat(19)}`)
    output.print('a result')
    expect([out.text(), err.text().endsWith('\r\u001B[K')]).toEqual(['a result\n', true])
  })
})

it('nothing is coloured, whatever is asked for', () => {
  for (const env of [{ NO_COLOR: '1' }, { FORCE_COLOR: '3' }]) {
    const run = spawnSync(process.execPath, ['src/calmpace.cjs', 'check'], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    })
    expect([run.status, run.stdout, run.stderr.includes('\u001B')]).toEqual([2, '', false])
  }
})

describe('rules', () => {
  const vector = { id: 'A1-1', fn: 'tanakaMax', inputs: { age: 40 }, expected: { no: 'such' } }
  const file = join(folder, 'vectors.json')

  it('gives each disagreement as words, or all as one object', async () => {
    writeFileSync(file, JSON.stringify({ vectors: [vector] }))
    const words = await typeCommand(['rules', file])
    expect([words.code, words.err]).toEqual([1, ''])
    expect(words.out).toMatch(/^A1-1: expected \{"no":"such"\}, got .*\n0 of 1 agree\n$/)
    const { code, out } = await typeCommand(['rules', file, '--json'])
    expect([code, out.split('\n').length]).toEqual([1, 2])
    expect(JSON.parse(out)).toEqual({
      ok: false,
      file,
      count: 1,
      agree: 0,
      mismatches: [{ id: 'A1-1', expected: vector.expected, got: expect.anything() as unknown }],
    })
  })

  it('says that a file holds no vectors', async () => {
    const { code, out, err } = await typeCommand(['rules', join(folder, 'none.json'), '--json'])
    expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, code: 'NOT_VECTORS' }])
    expect(err).toMatch(/^calmpace: .*none\.json is no vector file: [^\n]*\n$/)
  })
})

it('each shape that docs/command-line.md shows is JSON with `ok`', () => {
  const text = readFileSync(join(root, 'docs/command-line.md'), 'utf8').split('## `--json`')[1] ?? ''
  const shown = [...text.matchAll(/^```\n(.*?)^```/gms)].flatMap(([, block = '']) =>
    block
      .replaceAll(/\n (?=")/g, '')
      .split('\n')
      .filter((line) => line.startsWith('{') && !line.includes('…}')),
  )
  const shapes = shown.map((line) => JSON.parse(line.replace(/ {2,}.*$/, '')) as { ok: boolean })
  expect(shapes.length).toBeGreaterThan(5)
  for (const { ok } of shapes) expect(typeof ok).toBe('boolean')
})

it('a result with --json is one line, whatever is in it', () => {
  const { output, printed, complained } = collectOutput(true)
  expect(output.fail({ code: 'X', message: 'a\nb\u001B[2J' })).toBe(1)
  expect(printed()).toEqual(['{"ok":false,"code":"X","message":"a\\nb\\u001b[2J"}'])
  expect(complained()).toEqual(['a\\u000ab\\u001b[2J'])
})
