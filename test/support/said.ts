// A command's output, collected line by line: the result, and what it says beside it.
import { Output, type Stream } from '../../src/cli/output.ts'
import { runCommandLine } from '../../src/cli/program.ts'

interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A stream that keeps what is written to it. */
export function collect(
  terminal: Terminal = {},
): Stream & { readonly text: () => string; readonly lines: () => string[] } {
  let text = ''
  return {
    ...terminal,
    write: (more) => void (text += more),
    text: () => text,
    lines: () => text.split('\n').slice(0, -1),
  }
}

/** What `calmpace` does when this is typed, in this process. */
export async function typeCommand(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  terminal: Terminal = {},
) {
  const [out, err] = [collect(terminal), collect(terminal)]
  let served = 0
  const surroundings = { out, err, variables, version: '1.2.3', onServe: () => served++ }
  const code = await runCommandLine(args, surroundings)
  return { code, out: out.text(), err: err.text(), served }
}

/** @param json as `--json` asks for */
export function collectOutput(json = false) {
  const [out, err] = [collect(), collect()]
  return {
    output: new Output(out, err, json),
    printed: out.lines,
    /** Without the name of the program before each. */
    complained: () => err.lines().map((line) => line.replace(/^calmpace: /, '')),
  }
}
