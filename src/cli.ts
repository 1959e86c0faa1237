#!/usr/bin/env node
// Entry: the command line. Results on standard output, everything else on standard error; exit 0, 1 or 2.
import { parseCheck } from './cli/arguments.ts'
import { check } from './cli/check.ts'
import { rules } from './cli/rules.ts'
import { oneLine } from './domain/one-line.ts'
import { readEnvironment } from './node/environment.ts'
import { keepToOneself } from './node/private-folder.ts'

const usage = `usage:
  calmpace check PATH… [--ceiling BPM] [--hard BPM] [--age YEARS] [--rest BPM] [--plan-min MINUTES] [--tz ZONE] [--json]
  calmpace rules FILE
  calmpace serve
  calmpace backup FILE
  calmpace verify-audit
  calmpace erase-again FOLDER
  calmpace demo
(CALMPACE_DATA: the data folder of serve, backup, verify-audit and erase-again, ./data without it)
`
const print = (line: string) => void process.stdout.write(`${oneLine(line)}\n`)
const complain = (line: string) => void process.stderr.write(`calmpace: ${oneLine(line)}\n`)

function wrongUsage(reason: string): 2 {
  process.stderr.write(`calmpace: ${oneLine(reason)}\n${usage}`)
  return 2
}

async function run(command: string | undefined, args: readonly string[]): Promise<number> {
  switch (command) {
    case 'check': {
      const parsed = parseCheck(args)
      return parsed.ok ? check(parsed.value, print) : wrongUsage(parsed.reason)
    }
    case 'rules': {
      const [file] = args
      return file === undefined || args.length > 1 ? wrongUsage('rules needs one vector file') : rules(file, print)
    }
    case 'serve':
      await import('./node.ts')
      // That entry says by the exit code where it could not begin.
      return Number(process.exitCode ?? 0)
    case 'backup': {
      const [file] = args
      if (file === undefined || args.length > 1) return wrongUsage('backup needs one file to write')
      const { backup } = await import('./cli/backup.ts')
      return withDataFolder((folder) => backup(folder, file, print, complain))
    }
    case 'verify-audit': {
      if (args.length > 0) return wrongUsage('verify-audit takes no arguments')
      const { verify } = await import('./cli/verify-audit.ts')
      return withDataFolder((folder) => verify(folder, print, complain))
    }
    case 'erase-again': {
      const [stopped] = args
      if (stopped === undefined || args.length > 1)
        return wrongUsage('erase-again needs the folder of the database that ran before')
      const { eraseAgain } = await import('./cli/erase-again.ts')
      return withDataFolder((folder) => eraseAgain(folder, stopped, Date.now(), print, complain))
    }
    case 'demo': {
      if (args.length > 0) return wrongUsage('demo takes no arguments')
      const environment = readEnvironment(process.env)
      if (!environment.ok) {
        complain(environment.reason)
        return 1
      }
      const { demo } = await import('./cli/demo.ts')
      return demo(environment.value, print, complain)
    }
    case undefined:
      return wrongUsage('no command')
    default:
      return wrongUsage(`unknown command: ${command}`)
  }
}

async function withDataFolder(work: (folder: string) => number | Promise<number>): Promise<number> {
  const environment = readEnvironment(process.env)
  if (environment.ok) return work(environment.value.dataFolder)
  complain(environment.reason)
  return 1
}

keepToOneself()
process.stdout.on('error', () => process.exit(0))
process.exitCode = await run(process.argv[2], process.argv.slice(3))
