import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { patternFlagKinds, runFlagKinds } from '../../src/domain/finding.ts'
import { cueKinds } from '../../src/domain/cue.ts'
import { withParameters } from '../house/rules-doc.ts'

const text = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
const bare = (table: string) => table.replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-')

it('docs/rules.md tells every parameter as the code has it, and no other', () => {
  expect(bare(text), 'docs/rules.md is behind the code: npm run rules-doc writes it anew').toBe(
    bare(withParameters(text)),
  )
})

it.each([...runFlagKinds, ...patternFlagKinds, ...cueKinds])('docs/rules.md tells of %s', (kind) => {
  expect(text).toContain(`\`${kind}\``)
})
