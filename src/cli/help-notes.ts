// What stands below the options in a help text: examples, environment variables, exit codes.
import type { Command, AddHelpTextContext } from 'commander'
import type { Command as Described } from './commands.ts'
import { variables } from './variables.ts'

type Item = readonly [term: string, about: string]
const WRONG_USAGE: Item = ['2', 'wrong usage, or too old a Node; the reason is on standard error']

/** Of the program as a whole. */
export const programNotes = ({ command }: AddHelpTextContext): string =>
  sections(command, [
    ['Exit codes:', [['0', 'all well'], ['1', 'some input could not be read, or a check disagreed'], WRONG_USAGE]],
    ['Environment variables:', Object.entries(variables)],
  ])

/** Of one command. */
export const commandNotes =
  ({ examples, variables: used, exits }: Described) =>
  ({ command }: AddHelpTextContext): string =>
    sections(command, [
      ['Examples:', examples.map((line): Item => [line, ''])],
      ['Exit codes:', [['0', exits[0]], ['1', exits[1]], WRONG_USAGE]],
      ['Environment variables:', [...used, 'CALMPACE_DEBUG' as const].map((name): Item => [name, variables[name]])],
    ])

function sections(command: Command, all: readonly (readonly [title: string, items: readonly Item[]])[]): string {
  const helper = command.createHelp()
  helper.prepareContext({ helpWidth: command.configureOutput().getOutHelpWidth?.() ?? 80 })
  const texts = all.map(([title, items]) => {
    const width = Math.max(...items.map(([term]) => term.length))
    return [title, ...items.map(([term, about]) => helper.formatItem(term, width, about, helper))].join('\n')
  })
  return `\n${texts.join('\n\n')}`
}
