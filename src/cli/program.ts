// The command line as a whole, made of the table of commands: help, version, what is wrong with what was typed, exit codes. commander
// parses; no command runs before everything that was typed is understood.
import { Command as Parser, CommanderError } from 'commander'
import { oneLine } from '../domain/one-line.ts'
import type { Environment } from '../node/environment.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { commands, type Command } from './commands.ts'
import { commandNotes, programNotes } from './help-notes.ts'
import { Output, type Stream } from './output.ts'

const HELP = ['-h, --help', 'print this help'] as const
/** `-V` as some programs have it, and `-v` as others. */
const topFlags = ['-h', '--help', '-v', '-V', '--version']
/** A terminal so narrow that the words about an option have no more room than this beside it is not wrapped for. */
const LEAST_ABOUT_WIDTH = 12
const WRONG_USAGE = 2

export interface Surroundings {
  readonly out: Stream
  readonly err: Stream
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** Told before a command runs that goes on until it is stopped. */
  readonly onServe: () => void
}

/** Do what was typed.
 *  @param args without the program itself
 *  @returns the exit code: 0 all well, 1 not, 2 wrong usage
 *  @throws what is a fault of calmpace itself */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let ended = 0
  const program = makeProgram(surroundings, (code) => (ended = code))
  try {
    if (args.every((arg) => arg === '--')) program.error('no command')
    const [first, ...others] = args.filter((arg) => !topFlags.includes(arg))
    const [second, third] = others.filter((arg) => arg !== '--')
    if (first === 'help' && third !== undefined) program.error('help takes one command')
    const typed = first === 'help' ? forHelp(second) : known(args, args.indexOf(first ?? ''))
    await program.parseAsync(withoutHelpIfWrong(typed), { from: 'user' })
    return ended
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE
    throw error
  }
}

/** `help X` is `X --help`. */
function forHelp(command: string | undefined): string[] {
  if (command === undefined || command === 'help') return ['--help']
  return command.startsWith('-') ? [command] : known([command, '--help'], 0)
}

/** The first word comes first, so that `--help X` is `X --help`. One that is no command stands alone, so that it is refused also
 *  where help is asked for. */
function known(args: readonly string[], at: number): string[] {
  const word = args[at]
  if (word === undefined || word.startsWith('-')) return [...args]
  const isCommand = commands.some(({ name }) => name === word)
  return isCommand ? [word, ...args.slice(0, at), ...args.slice(at + 1)] : [word]
}

/** Help and version are asked for in vain beside an option that there is not: the parser says so once they are gone. */
function withoutHelpIfWrong(args: readonly string[]): string[] {
  const command = commands.find(({ name }) => name === args[0])
  const flags = (command?.options ?? []).map(([written]) => written.split(' '))
  const end = args.includes('--') ? args.indexOf('--') : args.length
  let isWrong = false
  for (let i = 0; i < end; i++) {
    const [name = '', value] = (args[i] ?? '').split('=')
    const known = flags.find(([flag]) => flag === name)
    if (known?.[1] !== undefined && value === undefined) i++
    else if (name.startsWith('-') && name !== '-' && known === undefined && !topFlags.includes(name)) isWrong = true
  }
  const asked = args.map((arg, i) => (i < end && arg === '-V' ? '-v' : arg))
  return isWrong ? asked.filter((arg, i) => i >= end || !topFlags.includes(arg)) : asked
}

function makeProgram(surroundings: Surroundings, end: (code: number) => void): Parser {
  const { out, err, version } = surroundings
  const program = new Parser('calmpace')
    .description('Keeps therapeutic runs calm: reads heart rates, judges runs, serves a clinic.')
    .usage('<command> [options]')
    .version(version, '-v, --version', 'print the version')
    .helpOption(...HELP)
    .helpCommand('help [command]', 'print the help of a command')
    .configureHelp({ minWidthToWrap: LEAST_ABOUT_WIDTH })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHelpWidth: () => (out.isTTY === true ? out.columns : undefined) ?? 80,
      getErrHelpWidth: () => 80,
      outputError: (text, write) => write(`calmpace: ${reasonLine(text)}\n`),
    })
    .addHelpText('after', programNotes)
  for (const command of commands) addCommand(program, command, surroundings, end)
  const usages = program.commands.map((command) => `  ${usageOf(command)}`)
  return program.showHelpAfterError(['usage:', ...usages, '(calmpace help tells more)'].join('\n'))
}

function addCommand(program: Parser, command: Command, surroundings: Surroundings, end: (code: number) => void): void {
  const { name, summary, about, operand, options } = command
  const parser = program
    .command(name)
    .summary(summary)
    .description(about)
    .helpOption(...HELP)
    .addHelpText('after', commandNotes(command))
  if (operand !== null) parser.argument(...operand)
  for (const option of options) parser.option(...option)
  parser.showHelpAfterError(`usage: ${usageOf(parser)}\n(calmpace help ${name} tells more)`)
  parser.action(async () => end(await run(command, parser, surroundings)))
}

async function run(command: Command, parser: Parser, { out, err, variables, onServe }: Surroundings): Promise<number> {
  const values = parser.options.map((option) => [option.name(), parser.getOptionValue(option.attributeName())] as const)
  const output = new Output(
    out,
    err,
    values.some(([name, value]) => name === 'json' && value === true),
  )
  const texts = values.flatMap(([name, value]) =>
    typeof value === 'string' || value === true ? [[name, String(value)] as const] : [],
  )
  const environment = () => requireEnvironment(variables)
  if (command.serves) onServe()
  try {
    const typed = { operands: parser.args, options: Object.fromEntries(texts), output, environment, variables }
    const ran = await command.run(typed)
    return typeof ran === 'number' ? ran : parser.error(ran.wrongUsage)
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error
    return output.fail(error)
  }
}

async function requireEnvironment(variables: Surroundings['variables']): Promise<Environment> {
  const { readEnvironment } = await import('../node/environment.ts')
  const environment = readEnvironment(variables)
  if (environment.ok) return environment.value
  throw new ExpectedError('ENVIRONMENT', environment.reason)
}

const usageOf = (parser: Parser): string => parser.createHelp().commandUsage(parser)

/** What commander says is wrong, in one line, whatever was typed. */
const reasonLine = (text: string): string =>
  oneLine(
    text
      .trim()
      .replace(/^error: /, '')
      .replace(/\n\(Did you mean (.*)\?\)$/, '; did you mean $1?'),
  )
