// Which tests failed, by name: said once more at the very end, for what a long run printed before is often cut off.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.ts'

const reportOf = (part: string): string => join(root, 'test/.cache', `failed-${part.replaceAll(/\W+/g, '-')}.json`)

/** For vitest: it writes down what became of each test, beside what it prints. */
export function reportArguments(part: string): string[] {
  rmSync(reportOf(part), { force: true })
  return ['--reporter=json', `--outputFile.json=${reportOf(part)}`]
}

interface Report {
  readonly testResults: readonly {
    readonly name: string
    /** Of a file that could not even be loaded. */
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly fullName: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

/** A line for each test that failed, with the first line of why. Empty of a part that is no tests, or did not come to a report. */
export function failedTests(part: string): string[] {
  if (!existsSync(reportOf(part))) return []
  const { testResults } = JSON.parse(readFileSync(reportOf(part), 'utf8')) as Report
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const file = name.replace(root, '')
    const failed = assertionResults.filter(({ status }) => status === 'failed')
    const lines = failed.map(
      ({ fullName, failureMessages }) => `${file} > ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`,
    )
    return message === '' || lines.length > 0 ? lines : [`${file}: ${firstLine(message)}`]
  })
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''
