import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

function calmpace(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/cli.ts', ...args], {
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

  it('prints a table for people', () => {
    const { lines } = calmpace('check', 'fixtures/fit/too-hard-run.fit', '--ceiling', '140', '--tz', 'Europe/Amsterdam')
    expect(lines[1]).toMatch(
      /too-hard-run\.fit +2026-09-01 10:00 +30 +7% +too_hard +F9\.hard \(attention\), .*F1\.above \(attention\)/,
    )
  })

  it.each([
    [['check'], 'check needs at least one file'],
    [['check', 'x.fit', '--ceiling', 'high'], '--ceiling is not a number'],
    [['check', 'x.fit', '--ceiling', '300'], 'CEILING_RANGE'],
    [['check', 'x.fit', '--tz', 'Mars/Base'], 'no known time zone'],
    [['dance'], 'unknown command: dance'],
    [[], 'no command'],
  ])('exits 2 on wrong usage %j with a reason and the usage', (args, reason) => {
    const { status, stderr } = calmpace(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(reason)
    expect(stderr).toContain('usage:')
  })
})
