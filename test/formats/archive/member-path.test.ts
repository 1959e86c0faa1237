import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemberPaths, toFileName, toMemberName } from '../../../src/formats/archive/member-path.ts'

/** What Windows, the Mac, Linux and the zip readers of each refuse or change, in our own words. */
const problemsOf = (name: string): string[] => [
  ...(name === '' || name === '.' || name === '..' ? ['nothing'] : []),
  ...(/[<>:"/\\|?*]/.test(name) ? ['reserved'] : []),
  ...(/\p{C}/u.test(name) ? ['unseen'] : []),
  ...(/^[\s.]|[\s.]$/u.test(name) ? ['ends'] : []),
  ...(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name.normalize('NFKC')) ? ['device'] : []),
  ...(new TextEncoder().encode(name).length > 400 ? ['long'] : []),
]
const hard = [
  ...[
    '.',
    '..',
    '...',
    '',
    ' ',
    'CON',
    'con.fit',
    'Aux.tar.gz',
    'NUL',
    'com1',
    'COM¹.fit',
    'LPT9.fit',
    'CONIN$',
    'prn.',
  ],
  ...['run.fit. ', ' run.fit', '../../etc/passwd', 'C:\\run.fit', 'a/b\\c.fit', 'ru\u202etif.exe', 'a\0b', 'x\n.fit'],
  ...[
    'été.fit',
    'e\u0301te\u0301.fit',
    '日本語.fit',
    '🏃.fit',
    '-rf',
    '~',
    '\ud800.fit',
    `${'a'.repeat(300)}.fit`,
    '<>:"|?*',
  ],
]

describe('names of files', () => {
  it.each(hard)('make of %j one that every system writes', (name) => {
    expect(problemsOf(toMemberName(name))).toEqual([])
    expect(toMemberName(name)).toMatch(/^[\w.-]{1,105}$/)
    expect(problemsOf(toFileName(name))).toEqual([])
  })

  it('keep what is well, and the ending of a long one', () => {
    expect(['run.fit', 'Activity_12-3.tcx.gz', 'commuting.fit', 'context'].map(toMemberName)).toEqual([
      'run.fit',
      'Activity_12-3.tcx.gz',
      'commuting.fit',
      'context',
    ])
    expect([toMemberName('été.fit'), toFileName('e\u0301té 🏃.fit')]).toEqual(['ete.fit', 'été 🏃.fit'])
    expect(toMemberName(`${'a'.repeat(300)}.fit`)).toMatch(/^a+\.fit$/)
    expect(toMemberName('COM¹.fit')).toBe('_COM1.fit')
  })

  it.each(['.fit', '..fit', '-.fit', 'a/..fit'])('give %j, an ending only, a name before it', (name) => {
    expect([toMemberName(name), toFileName(name)]).toEqual(['file.fit', 'file.fit'])
  })

  it('hold for any text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...hard),
      fc.string({ maxLength: 500 }),
    )
    fc.assert(
      fc.property(text, (name) => {
        for (const made of [toMemberName(name), toFileName(name)]) expect([name, ...problemsOf(made)]).toEqual([name])
      }),
      { numRuns: 2000 },
    )
  })

  it('are given once, whatever their case', () => {
    const paths = new MemberPaths()
    expect(
      ['a/Run.fit', 'a/run.fit', 'a/RUN.FIT', 'b/run.fit', 'a.b/x', 'a.b/X'].map((path) => paths.take(path)),
    ).toEqual(['a/Run.fit', 'a/run-2.fit', 'a/RUN-3.FIT', 'b/run.fit', 'a.b/x', 'a.b/X-2'])
  })
})
