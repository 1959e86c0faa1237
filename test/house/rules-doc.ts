// `npm run rules-doc`: writes the parameter tables of docs/rules.md from the code. A test holds both against each other.
import { readFileSync, writeFileSync } from 'node:fs'
import { boundsOf, parameterTables } from '../../src/domain/parameters/parameters.ts'
import type { Parameter } from '../../src/domain/parameters/parameter.ts'

const file = new URL('../../docs/rules.md', import.meta.url)
const heading = '## Parameters'

const number = (value: number): string => String(Math.round(value * 1000) / 1000)

/** docs/rules.md with the parameter tables as the code has them. */
export function withParameters(text: string): string {
  const sections = Object.entries(parameterTables).map(([area, table]) => {
    const rows = Object.entries<Parameter>(table).map(([name, parameter]) => {
      const { value, unit, source } = parameter
      return `| \`${area}.${name}\` | ${number(value)} | ${boundsOf(parameter).map(number).join(' – ')} | ${unit} | ${source} |`
    })
    return [
      '',
      `### ${area}`,
      '',
      '| parameter | default | a clinic may set | unit | source |',
      '| - | - | - | - | - |',
      ...rows,
    ]
  })
  const kept = text.slice(0, text.indexOf(heading))
  const intro = 'Written by `npm run rules-doc` from the code, and held against it by a test.'
  return [`${kept}${heading}`, '', intro, ...sections.flat(), ''].join('\n')
}

if (import.meta.main) writeFileSync(file, withParameters(readFileSync(file, 'utf8')))
