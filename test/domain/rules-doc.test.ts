import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { qualityParameterTable } from '../../src/domain/parameters/quality.ts'
import { verdictParameterTable } from '../../src/domain/parameters/verdict.ts'
import { zoneParameterTable } from '../../src/domain/parameters/zone.ts'

const text = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ')
const tables = { ...zoneParameterTable, ...qualityParameterTable, ...verdictParameterTable }

describe('docs/rules.md', () => {
  it.each(Object.entries(tables))('tells %s as the code has it', (name, { value, unit, source }) => {
    expect(text).toContain(`| \`${name}\` | ${value} | ${unit} | ${source} |`)
  })

  it('tells no parameter that the code does not have', () => {
    const told = [...text.matchAll(/^\| `(\w+)` \| [\d.]+ \|/gm)].map(([, name]) => name)
    expect(told.toSorted()).toEqual(Object.keys(tables).toSorted())
  })
})
