// The command line by itself: what is understood, what is refused, what help says. No command runs here: whatever is wrong is found
// before. The real command is started in start.test.ts.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { variableNames } from '../../src/node/environment.ts'
import { typeCommand } from '../support/said.ts'

async function type(...args: readonly string[]) {
  const said = await typeCommand(args)
  return { ...said, reason: said.err === '' ? undefined : said.err.split('\n')[0] }
}
const names = commands.map(({ name }) => name)
const operandsOf = (name: string) => (commands.find((one) => one.name === name)?.operand === null ? [] : ['x'])

describe('help', () => {
  it.each([['--help'], ['-h'], ['help'], ['help', 'help'], ['help', '--help'], ['help', '--']])(
    '%s names every command on standard output',
    async (...args) => {
      const { code, out, err } = await type(...args)
      expect([code, err]).toEqual([0, ''])
      for (const { name, summary } of commands) {
        expect(out).toMatch(new RegExp(`^  ${name} `, 'm'))
        expect(out.replaceAll(/\s+/g, ' ')).toContain(summary)
      }
    },
  )

  it.each(names)(
    'of %s says what it does, its options, an example, exit codes and variables; it runs nothing',
    async (name) => {
      const [first, ...others] = await Promise.all([
        type('help', name),
        type(name, '--help'),
        type(name, '-h'),
        type('--help', name),
        type(name, ...operandsOf(name), '--help'),
        type('help', name, '--help'),
      ])
      expect([first.code, first.err, first.served]).toEqual([0, '', 0])
      for (const other of others) expect(other).toEqual(first)
      const command = commands.find((one) => one.name === name)
      const words = first.out.replaceAll(/\s+/g, ' ')
      expect(words).toContain(command?.about)
      for (const [flags, about] of command?.options ?? [])
        for (const said of [flags, about]) expect(words).toContain(said)
      for (const said of [...(command?.examples ?? []), ...(command?.variables ?? []), ...(command?.exits ?? [])])
        expect(words).toContain(said)
      expect(words).toMatch(/Exit codes: 0 .* 1 .* 2 wrong usage/)
    },
  )

  it.each([60, 80])('is no wider than a terminal of %i columns', async (columns) => {
    const texts = await Promise.all(
      [[], ...names.map((name) => [name])].map((of) => typeCommand(['help', ...of], {}, { isTTY: true, columns })),
    )
    // Examples are not broken.
    const wide = texts.flatMap(({ out }) => out.split('\n')).filter((line) => line.length > columns)
    expect(wide.filter((line) => !/^ {2}\S*.*calmpace /.test(line))).toEqual([])
  })

  it('is no wider than 80 columns anywhere', async () => {
    const texts = await Promise.all([type('help'), ...names.map((name) => type('help', name))])
    expect(texts.flatMap(({ out }) => out.split('\n')).filter((line) => line.length > 80)).toEqual([])
  })

  it('explains each variable that the environment is asked for', async () => {
    const { out } = await type('help', 'serve')
    for (const name of variableNames) expect(out).toContain(`  ${name} `)
  })

  it('has examples that are understood as they stand', async () => {
    for (const example of commands.flatMap((one) => one.examples)) {
      const [, typed = ''] = /(?:^|\s)calmpace (.*)$/.exec(example) ?? []
      const { code, reason } = await type(
        ...typed.replace(' -- ', ' --help -- ').split(' '),
        ...(typed.includes(' -- ') ? [] : ['--help']),
      )
      expect([example, code, reason]).toEqual([example, 0, undefined])
    }
  })
})

it.each([['--version'], ['-V'], ['-v'], ['check', '--version'], ['serve', '-V'], ['serve', '-v']])(
  '%s %s prints the version',
  async (...args) => {
    expect(await type(...args)).toMatchObject({ code: 0, out: '1.2.3\n', err: '', served: 0 })
  },
)

describe('wrong usage', () => {
  it.each<readonly [typed: string, reason: string | RegExp]>([
    ['', 'no command'],
    ['--', 'no command'],
    ['dance', "unknown command 'dance'"],
    ['dance --help', "unknown command 'dance'"],
    ['--help dance', "unknown command 'dance'"],
    ['help dance', "unknown command 'dance'"],
    ['help check serve', 'help takes one command'],
    ['help -x', "unknown option '-x'"],
    ['help check -x', 'help takes one command'],
    ['check --help --bogus', "unknown option '--bogus'"],
    ['check --cieling 140 -h', "unknown option '--cieling'; did you mean --ceiling?"],
    ['--help --bogus', "unknown option '--bogus'"],
    ['serve --version --port=3', /^unknown option '--port=3'/],
    ['chek x', "unknown command 'chek'; did you mean check?"],
    ['help bakup', "unknown command 'bakup'; did you mean backup?"],
    ['verify-audti', "unknown command 'verify-audti'; did you mean verify-audit?"],
    ['--jsn check x', /^unknown option '--jsn'/],
    ['check x --cieling 140', "unknown option '--cieling'; did you mean --ceiling?"],
    ['check --ceil 140 x', /^unknown option '--ceil'/],
    ['check x -j', "unknown option '-j'"],
    ['check x --json=no', /^unknown option '--json=no'/],
    ['rules x --jsn', "unknown option '--jsn'; did you mean --json?"],
    ['serve --port 3', "unknown option '--port'"],
    ['serve extra', /^too many arguments for 'serve'/],
    ['demo extra', /^too many arguments for 'demo'/],
    ['check', "missing required argument 'path'"],
    ['check --', "missing required argument 'path'"],
    ['rules', "missing required argument 'file'"],
    ['rules a b', /^too many arguments for 'rules'/],
    ['backup', "missing required argument 'file'"],
    ['backup a b', /^too many arguments for 'backup'/],
    ['verify-audit a', /^too many arguments for 'verify-audit'/],
    ['after-restore a b', /^too many arguments for 'after-restore'/],
    ['new-sign-in', "missing required argument 'e-mail'"],
    ['new-sign-in thea', '"thea" is no e-mail address'],
    ['check x --ceiling', "option '--ceiling <bpm>' argument missing"],
    ['check x --ceiling abc', '--ceiling is not a number: abc'],
    ['check x --ceiling=', '--ceiling needs a number'],
    ['check x --ceiling 0x8c', '--ceiling is not a number: 0x8c'],
    ['check x --ceiling 1e2', '--ceiling is not a number: 1e2'],
    ['check x --ceiling Infinity', '--ceiling is not a number: Infinity'],
    ['check x --ceiling --json', '--ceiling is not a number: --json'],
    ['check x --ceiling -5', 'CEILING_RANGE: The calm ceiling must be from 70 to 200.'],
    ['check x --ceiling=300', 'CEILING_RANGE: The calm ceiling must be from 70 to 200.'],
    ['check x --hard 160', '--hard needs --ceiling'],
    ['check x --ceiling 140 --hard 142', /^HARD_NEAR_CEILING/],
    ['check x --age 12 --rest 60', /^AGE_RANGE/],
    ['check x --plan-min 0', '--plan-min must be above 0'],
    ['check x --plan-min -30', '--plan-min must be above 0'],
    ['check x --tz Mars/Base', '--tz is no known time zone: Mars/Base (as Europe/Amsterdam)'],
  ])('%s: one line says why, with the usage, on standard error; exit 2', async (typed, reason) => {
    const { code, out, err, served } = await type(...typed.split(' ').filter((word) => word !== ''))
    expect([code, out, served]).toEqual([2, '', 0])
    const [first = '', second] = err.split('\n')
    expect(first.slice(0, 10)).toBe('calmpace: ')
    expect(first.slice(10)).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason))
    expect(second).toMatch(/^usage:/)
  })

  it('is what an empty name is', async () => {
    for (const [name, ...rest] of [
      ['check', ''],
      ['rules', ''],
      ['backup', ''],
      ['after-restore', ''],
      ['new-sign-in', ''],
      [''],
    ])
      expect([name, (await type(name ?? '', ...rest)).code]).toEqual([name, 2])
  })

  it('is told in one line whatever was typed, and no command ever runs by it', async () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(...names, 'help', '--', '\u001b[2J', 'a\nusage: b', '--x\n(Did you mean y?)'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 4 }), async (words) => {
        const { code, err, served } = await type('serve', ...words, '--no-such-option')
        const isHelp = words.some((one) => one === '-h' || one === '--help' || one === '-V' || one === '--version')
        if (isHelp) return
        expect([code, served]).toEqual([2, 0])
        expect(err).toMatch(/^calmpace: [^\n\p{Cc}]*\nusage: calmpace serve \[options\]\n.*\n$/u)
      }),
    )
  })
})

it('the table of commands stands in the README and in docs/command-line.md', () => {
  for (const file of ['README.md', 'docs/command-line.md']) {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    for (const name of names.filter((one) => file !== 'README.md' || !['serve', 'demo'].includes(one)))
      expect([file, name, text.includes(`calmpace -- ${name}`) || text.includes(`\`${name}`)]).toEqual([
        file,
        name,
        true,
      ])
  }
})
