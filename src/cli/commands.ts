// Every command of calmpace: its words, its options and what runs it. The parser, every help text and the tests read it here. What a
// command needs is loaded when it runs: no help text waits for a database driver.
import type { Environment } from '../node/environment.ts'
import type { VariableName } from './variables.ts'
import type { Output } from './output.ts'

/** What was typed, as far as the parser can tell. */
export interface Typed {
  /** Operands in their order; an optional one that is not there is absent. */
  readonly operands: readonly string[]
  /** Values of options by their name, without the dashes. */
  readonly options: Readonly<Record<string, string | undefined>>
  readonly output: Output
  /** The environment, validated.
   *  @throws in words, where it is wrong */
  readonly environment: () => Promise<Environment>
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** An exit code, or why what was typed is wrong. */
export type Ran = number | { readonly wrongUsage: string }

export interface Command {
  readonly name: string
  /** For the list of commands. */
  readonly summary: string
  readonly about: string
  /** As the parser writes them: `<needed>`, `[may be absent]`, `<one or more...>`. */
  readonly operand: readonly [written: string, about: string] | null
  readonly options: readonly (readonly [flags: string, about: string])[]
  readonly examples: readonly string[]
  readonly variables: readonly VariableName[]
  /** What exit codes 0 and 1 mean. */
  readonly exits: readonly [ok: string, notOk: string]
  /** It goes on until it is stopped, also when nobody reads what it says any more. */
  readonly serves: boolean
  readonly run: (typed: Typed) => Promise<Ran>
}

const json = (shape: string) => ['--json', `the result as one JSON object a line (${shape})`] as const
const shapes = 'shape: docs/command-line.md'
/** What the server reads, whoever starts it. */
const ofServer: readonly VariableName[] = [
  'CALMPACE_DATA',
  'PORT',
  'CALMPACE_ORIGIN',
  'CALMPACE_SECRET',
  'CALMPACE_LISTEN',
  'CALMPACE_TRUST_PROXY',
]

export const commands: readonly Command[] = [
  {
    name: 'check',
    summary: 'read files of watches and straps, and judge each run',
    about:
      'Reads FIT, TCX and GPX files, also gzipped, in zip and tar files and in folders, and judges whether each run stayed calm. ' +
      'Nothing is stored or sent. The calm ceiling comes from --ceiling, else from --age and --rest; without them the ' +
      'verdict is cannot_tell:no_zone.',
    operand: ['<path...>', 'files, folders, zip and tar files; - for standard input'],
    options: [
      ['--ceiling <bpm>', 'calm ceiling, beats per minute, 70 to 200'],
      ['--hard <bpm>', 'hard limit, beats per minute, at least 5 above --ceiling (default: 20 above it)'],
      ['--age <years>', 'age in whole years, 16 to 90; for a ceiling by age'],
      ['--rest <bpm>', 'resting heart rate, beats per minute, 30 to 120'],
      ['--plan-min <minutes>', 'agreed length of the run in minutes'],
      [
        '--tz <zone>',
        "time zone that starts are shown in, as Europe/Amsterdam (default: the device's, else this machine's)",
      ],
      ['--all', 'each file of an archive in a line of its own, also what is no run'],
      json(shapes),
    ],
    examples: [
      'calmpace check run.fit --ceiling 140',
      'calmpace check export.zip --age 45 --rest 60 --json',
      'calmpace check -- -odd-name.fit',
    ],
    variables: [],
    exits: ['everything could be read', 'some input could not be read, or there was none'],
    serves: false,
    run: async ({ operands, options, output }) => {
      const { readCheckOptions } = await import('./check-options.ts')
      const read = readCheckOptions(operands, options)
      if (!read.ok) return { wrongUsage: read.reason }
      const { check } = await import('./check.ts')
      return check(read.value, output)
    },
  },
  {
    name: 'rules',
    summary: 'hold the rules against a file of worked examples',
    about: 'Runs every vector of FILE through the rule that it names and compares the outcome with what it expects.',
    operand: ['<file>', 'vector file (JSON)'],
    options: [json(shapes)],
    examples: ['calmpace rules vectors.json'],
    variables: [],
    exits: ['all agree', 'some do not, or the file is no vector file'],
    serves: false,
    run: async ({ operands: [file = ''], output }) => {
      if (file === '') return { wrongUsage: 'the name of the file is empty' }
      return (await import('./rules.ts')).rules(file, output)
    },
  },
  {
    name: 'init',
    summary: 'begin a clinic in a new folder',
    about:
      'Makes the data folder and an empty clinic in it, once. Nothing else makes one, but for the first npm start of a clone in its own ' +
      'folder data: a disk that is not mounted never shows an empty clinic in place of the real one.',
    operand: null,
    options: [],
    examples: ['CALMPACE_DATA=/srv/calmpace/data calmpace init'],
    variables: ['CALMPACE_DATA'],
    exits: ['there is a new clinic', 'there is one already, or the folder cannot be used; nothing was changed'],
    serves: false,
    run: async ({ output, environment }) => (await import('./init.ts')).init((await environment()).dataFolder, output),
  },
  {
    name: 'serve',
    summary: 'serve the clinic until it is stopped',
    about:
      'Opens the data folder (calmpace init makes one), brings its database up to date and serves the page and ' +
      'the API. The first start prints an address that makes the first administrator, once. It ends on SIGTERM or ' +
      'Ctrl-C. It does not start where the page was not built; on a clone, npm start builds it first.',
    operand: null,
    options: [],
    examples: ['calmpace serve', 'PORT=9000 CALMPACE_DATA=/srv/calmpace/data calmpace serve'],
    variables: ofServer,
    exits: ['it was stopped', 'it could not start'],
    serves: true,
    run: async () => {
      ;(await import('../node/young-space.ts')).keepYoungSpaceSmall()
      return (await import('../node/run-server.ts')).runServer(true)
    },
  },
  {
    name: 'backup',
    summary: 'copy the database, also while it serves',
    about:
      'Writes a copy of the database as it is at one moment, reads it back, and only then gives it its name. A FILE that ' +
      'is there is never overwritten. Refuses an empty clinic, and one whose log is shorter than that of the last copy beside FILE, or ' +
      'another one. The secret of the data folder is not in it.',
    operand: ['<file>', 'the copy that is to be written'],
    options: [
      ['--allow-older', 'also of a clinic that is older than the last copy beside FILE, or another one'],
      json(shapes),
    ],
    examples: ['calmpace backup /mnt/backup/calmpace-2026-11-25.sqlite'],
    variables: ['CALMPACE_DATA'],
    exits: ['there is a good copy', 'there is no copy'],
    serves: false,
    run: async ({ operands: [file = ''], options, output, environment }) => {
      if (file === '') return { wrongUsage: 'the name of the copy is empty' }
      const { backup } = await import('./backup.ts')
      return backup((await environment()).dataFolder, file, output, options['allow-older'] !== undefined)
    },
  },
  {
    name: 'verify-audit',
    summary: 'check that the log is whole',
    about:
      'Walks the hash chain of the log, reading only, also while it serves. Prints how many lines there are and the head ' +
      'of the chain, or the first line that is missing, changed or out of place.',
    operand: null,
    options: [json(shapes)],
    examples: ['calmpace verify-audit', 'CALMPACE_DATA=/the/new/folder calmpace verify-audit'],
    variables: ['CALMPACE_DATA'],
    exits: ['the log is whole', 'it is not, or it could not be read'],
    serves: false,
    run: async ({ output, environment }) => {
      const { verify } = await import('./verify-audit.ts')
      return verify((await environment()).dataFolder, output)
    },
  },
  {
    name: 'after-restore',
    summary: 'in a copy that was put back, end what ended since it was made',
    about:
      'For the data folder of a copy that was put back, before it serves anybody: erases again who was erased since, ends ' +
      'again the rights that ended, and always ends every session and open link of the copy. FOLDER is that of the ' +
      'database that ran until then; without it the command prints what an administrator goes through by hand.',
    operand: ['[folder]', 'data folder of the database that ran until then'],
    options: [json(shapes)],
    examples: ['calmpace after-restore /the/stopped/folder', 'calmpace after-restore'],
    variables: ['CALMPACE_DATA'],
    exits: ['it is done', 'nothing was changed'],
    serves: false,
    run: async ({ operands: [stopped = null], output, environment }) => {
      if (stopped === '') return { wrongUsage: 'the name of the folder is empty' }
      const { afterRestore } = await import('./after-restore.ts')
      return afterRestore((await environment()).dataFolder, stopped, Date.now(), output)
    },
  },
  {
    name: 'confirm-retention',
    summary: 'let retention delete what it waits with',
    about:
      'Retention waits where more than a week passed since it ran last, or where it would delete more than a fifth of all readings: the clock ' +
      'of the machine may be wrong. This says, for three days, that it is right. Nothing is deleted here: the server does it at its ' +
      'next start, or within a day.',
    operand: null,
    options: [],
    examples: ['calmpace confirm-retention'],
    variables: ['CALMPACE_DATA'],
    exits: ['it is written down', 'nothing was changed'],
    serves: false,
    run: async ({ output, environment }) =>
      (await import('./confirm-retention.ts')).confirm((await environment()).dataFolder, Date.now(), output),
  },
  {
    name: 'rekey',
    summary: 'seal second factors with a new secret',
    about:
      'Second factors are sealed with the secret of the server. Stop the server, set CALMPACE_SECRET to the new one and run this: all are sealed ' +
      'with it, or nothing is changed. The secret of before is the one in the data folder, or in CALMPACE_OLD_SECRET. Everybody signs in anew.',
    operand: null,
    options: [
      ['--lost', 'write down as lost what opens with neither secret: whoever has such a factor needs a new way in'],
    ],
    examples: ['CALMPACE_SECRET=$(cat new-secret) calmpace rekey'],
    variables: ['CALMPACE_DATA', 'CALMPACE_SECRET', 'CALMPACE_OLD_SECRET'],
    exits: ['every second factor opens, or is known as lost', 'nothing was changed'],
    serves: false,
    run: async ({ options, output, environment, variables }) => {
      const former = variables['CALMPACE_OLD_SECRET'] ?? ''
      const { rekey } = await import('./rekey.ts')
      return rekey(
        await environment(),
        former === '' ? null : former,
        options['lost'] !== undefined,
        Date.now(),
        output,
      )
    },
  },
  {
    name: 'new-sign-in',
    summary: 'print a link for somebody who lost every way in',
    about:
      'Prints a link by which whoever signs in by E-MAIL chooses a new password: for the only administrator, whom nobody ' +
      'else can help. It works once, for a day. The log says that it was made here.',
    operand: ['<e-mail>', 'the address by which they sign in'],
    options: [],
    examples: ['calmpace new-sign-in thea@example.org'],
    variables: ['CALMPACE_DATA', 'CALMPACE_ORIGIN', 'PORT'],
    exits: ['the link is printed', 'nothing was changed'],
    serves: false,
    run: async ({ operands: [email = ''], output, environment }) => {
      if (!email.includes('@')) return { wrongUsage: `${JSON.stringify(email)} is no e-mail address` }
      const { newSignIn } = await import('./new-sign-in.ts')
      const { dataFolder, port, origin } = await environment()
      return newSignIn({ dataFolder, origin: origin ?? `http://localhost:${port}` }, email, Date.now(), output)
    },
  },
  {
    name: 'demo',
    summary: 'serve a clinic with made people, to look around in',
    about:
      'Serves a clinic with ten made runners and eight weeks of runs, and prints who can sign in. It is thrown away when ' +
      'it ends, unless CALMPACE_DATA names an empty or missing folder: there it is kept, and served again the next time. A ' +
      'folder that holds anything else is refused, so no made people come among real ones. On a clone, npm run demo ' +
      'builds the page first.',
    operand: null,
    options: [],
    examples: ['calmpace demo', 'CALMPACE_DATA=/tmp/look-around PORT=9000 calmpace demo'],
    variables: ofServer,
    exits: ['it was stopped', 'it could not start'],
    serves: true,
    run: async ({ output, environment, variables }) => {
      const { demo } = await import('./demo.ts')
      const { dataFolder, ...rest } = await environment()
      return demo({ dataFolder, ...rest }, variables['CALMPACE_DATA'] === undefined ? null : dataFolder, output)
    },
  },
]
