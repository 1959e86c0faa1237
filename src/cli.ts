#!/usr/bin/env node
// Entry: the command line. Results on standard output, everything else on standard error; exit 0, 1 or 2.
import { parseCheck } from './cli/arguments.ts'
import { check } from './cli/check.ts'
import { rules } from './cli/rules.ts'

const usage = `usage:
  calmpace check PATH… [--ceiling BPM] [--hard BPM] [--age YEARS] [--rest BPM] [--plan-min MINUTES] [--tz ZONE] [--json]
  calmpace rules FILE
  calmpace serve
`
const print = (line: string) => void process.stdout.write(`${line}\n`)

function wrongUsage(reason: string): 2 {
  process.stderr.write(`calmpace: ${reason}\n${usage}`)
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
      return 0
    case undefined:
      return wrongUsage('no command')
    default:
      return wrongUsage(`unknown command: ${command}`)
  }
}

process.stdout.on('error', () => process.exit(0))
process.exitCode = await run(process.argv[2], process.argv.slice(3))
