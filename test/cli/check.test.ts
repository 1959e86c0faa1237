import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function calmpace(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/calmpace.cjs', ...args], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, lines: stdout.trim().split('\n'), stderr }
}
const json = (line: string | undefined) => JSON.parse(line ?? 'null') as Record<string, unknown>

describe('calmpace check', () => {
  it('prints one line of JSON per activity, in input order', () => {
    const { status, lines } = calmpace(
      'check',
      'fixtures/fit/two-activities.fit',
      'fixtures/fit/calm-run.fit',
      '--ceiling',
      '140',
      '--json',
    )
    expect([status, lines.length]).toEqual([0, 3])
    expect(lines.map((line) => [json(line)['file'], json(line)['part']])).toEqual([
      ['fixtures/fit/two-activities.fit', 1],
      ['fixtures/fit/two-activities.fit', 2],
      ['fixtures/fit/calm-run.fit', undefined],
    ])
    expect(json(lines[2])).toMatchObject({
      ok: true,
      recording: { format: 'fit', elapsedS: 1799, movingS: 1739, samples: 1740, sensor: 'chest', pauses: [[900, 960]] },
      assessment: { verdict: 'calm', zone: { source: 'manual', ceiling: 140, floor: null, hard: 160 }, calmShare: 1 },
    })
  })

  it('reads TCX and GPX beside FIT, and finds them in a folder', () => {
    const files = ['fixtures/xml/calm-run.tcx', 'fixtures/xml/calm-run.gpx']
    const { status, lines } = calmpace('check', ...files, '--ceiling', '140', '--json')
    expect(status).toBe(0)
    expect(lines.map((line) => json(line)['recording'])).toMatchObject([
      { format: 'tcx', samples: 540, pauses: [[300, 360]] },
      { format: 'gpx', samples: 540, pauses: [[300, 360]] },
    ])
    const codes = calmpace('check', 'fixtures/xml', '--json').lines.map((line) => json(line)['code'])
    expect(codes.filter((code) => code === 'XML_REFUSED').length).toBe(3)
  })

  it('exits 1 where a file could not be read, and says why', () => {
    const { status, lines } = calmpace('check', 'fixtures/fit/settings.fit', 'no-such-file.fit', '--json')
    expect(status).toBe(1)
    expect(lines.map((line) => json(line)['code'])).toEqual(['NOT_ACTIVITY', 'UNREADABLE'])
  })

  it('judges by age and rest, and by nothing where there is no zone', () => {
    const byAge = calmpace('check', 'fixtures/fit/calm-run.fit', '--age', '40', '--rest', '60', '--json')
    expect(json(byAge.lines[0])).toMatchObject({ assessment: { zone: { source: 'hrr_age', ceiling: 132, hard: 162 } } })
    const none = calmpace('check', 'fixtures/fit/calm-run.fit', '--json')
    expect(json(none.lines[0])).toMatchObject({ assessment: { verdict: 'cannot_tell:no_zone' } })
  })

  it('prints the name of a file in its line, whatever is in it', () => {
    const name = 'no\u001b[31m\ncalmpace: FORGED\u202e.fit'
    for (const args of [[], ['--json']]) {
      const { lines } = calmpace('check', name, ...args)
      for (const line of lines) expect(line).toMatch(/^[ -~…—]*$/)
      expect(lines.length).toBe(args.length === 0 ? 2 : 1)
      if (args.length > 0) expect(json(lines[0])).toMatchObject({ file: name, code: 'UNREADABLE' })
    }
  })

  it('tells what it left of an archive in one line for each part', () => {
    const settings = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`s${i}.fit`, readFileSync(join(root, 'fixtures/fit/settings.fit'))]),
    )
    const run = readFileSync(join(root, 'fixtures/fit/calm-run.fit'))
    const part1 = zipSync({ ...settings, 'a.jpg': run, 'run.fit': run })
    const broken = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`b${i}.fit`, new Uint8Array(20)]))
    const folder = mkdtempSync(join(tmpdir(), 'calmpace-check-'))
    const [whole, damaged] = [join(folder, 'whole.zip'), join(folder, 'damaged.zip')]
    writeFileSync(whole, zipSync({ 'Part1.zip': part1, 'Part2.zip': zipSync({ 'run.fit': run }) }))
    writeFileSync(damaged, zipSync({ ...broken, 'run.fit': run }))
    try {
      const { status, lines, stderr } = calmpace('check', whole, '--ceiling', '140')
      expect([status, lines.length]).toEqual([0, 4])
      expect(lines.at(-1)).toMatch(/Part1\.zip +301 files left: 300 x NOT_ACTIVITY, 1 x UNKNOWN_KIND$/)
      expect(stderr).toContain('2 runs read, 301 left')
      const asJson = calmpace('check', whole, '--json').lines.map(json)
      expect(asJson.map(({ ok }) => ok)).toEqual([true, true, false])
      expect(asJson.at(-1)).toMatchObject({
        file: `${whole}/Part1.zip`,
        code: 'LEFT_OUT',
        left: { NOT_ACTIVITY: 300, UNKNOWN_KIND: 1 },
      })
      // Of what was refused people read the first twenty, a program every one.
      const told = calmpace('check', damaged)
      expect([told.status, told.lines.length]).toEqual([1, 1 + 1 + 20 + 1])
      expect(told.lines.at(-1)).toMatch(/10 files left: 10 x NOT_FIT$/)
      expect(calmpace('check', damaged, '--json').lines).toHaveLength(31)
      expect(calmpace('check', whole, '--all', '--json').lines).toHaveLength(303)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('tells of an archive that is cut, beside what it holds, and counts it as no file', () => {
    const [hard, calm] = ['too-hard-run', 'calm-run'].map((name) =>
      readFileSync(join(root, `fixtures/fit/${name}.fit`)),
    )
    const part1 = zipSync({ 'calm.fit': calm ?? new Uint8Array() })
    const members = { 'hard.fit': hard ?? part1, 'part1.zip': part1, 'rest.fit': calm ?? part1 }
    const zip = zipSync(members, { level: 0 })
    const folder = mkdtempSync(join(tmpdir(), 'calmpace-check-'))
    const cut = join(folder, 'cut.zip')
    writeFileSync(cut, zip.subarray(0, zip.length - 500))
    try {
      const { status, lines, stderr } = calmpace('check', cut, '--ceiling', '140')
      expect(status).toBe(1)
      expect(lines.slice(1).map((line) => /too_hard|100% calm|[A-Z]+_[A-Z]+(?=:)/.exec(line)?.[0])).toEqual([
        'too_hard',
        '100% calm',
        'FILE_DAMAGED',
        'ARCHIVE_BROKEN',
      ])
      expect(stderr).toContain('2 runs read, 1 left; 1 archive is not whole')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('asks once for a date that cannot be right', () => {
    const { lines, stderr } = calmpace('check', 'fixtures/xml/clock-not-set.tcx', '--ceiling', '140')
    expect(lines[1]).toContain("The device's date cannot be right: when was this run?")
    expect(stderr).not.toContain('CLOCK_IMPLAUSIBLE')
    const asked = calmpace('check', 'fixtures/xml/clock-not-set.tcx', '--ceiling', '140', '--json')
    expect(json(asked.lines[0])).toMatchObject({
      recording: { warnings: expect.arrayContaining(['CLOCK_IMPLAUSIBLE']) },
    })
  })

  it('prints a table for people', () => {
    const { lines } = calmpace('check', 'fixtures/fit/too-hard-run.fit', '--ceiling', '140', '--tz', 'Europe/Amsterdam')
    expect(lines[1]).toMatch(
      /too-hard-run\.fit +2026-09-01 10:00 +30 +7% +too_hard +F9\.hard \(attention\), .*F1\.above \(attention\)/,
    )
  })
})
