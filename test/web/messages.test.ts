import { existsSync, readFileSync } from 'node:fs'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { fileProblems, readingWarnings } from '../../src/domain/reading-codes.ts'
import { clientActions, clinicActions, roles } from '../../src/domain/access.ts'
import { verdicts, badMarks } from '../../src/domain/assessment.ts'
import { checkInAdvice, checkInQuestions, checkInResults } from '../../src/domain/check-in/check-in.ts'
import { cueKinds } from '../../src/domain/cue.ts'
import { flagLevels, patternFlagKinds, runFlagKinds } from '../../src/domain/finding.ts'
import { ruleSets } from '../../src/domain/rule-sets.ts'
import { wordingKeys } from '../../src/domain/wording.ts'
import { zoneProblems } from '../../src/domain/zone/validate-zone.ts'
import { problems } from '../../src/http/problem.ts'
import { otherActions } from '../../web/screens/audit/other-actions.ts'
import { strapStates } from '../../web/straps/strap-machine.ts'
import { strapProblems } from '../../web/straps/strap-problem.ts'
import { signInActions } from '../../web/screens/audit/sign-in-actions.ts'
import en from '../../web/messages/en.json' with { type: 'json' }
import nl from '../../web/messages/nl.json' with { type: 'json' }

const dutch: Readonly<Record<string, string>> = nl
const english: Readonly<Record<string, string>> = en

/** What to do about a text that is missing. */
const mend = 'add the text to web/messages/nl.json and en.json, then: npm run unit -- messages'

/** Names of the arguments of a message, also inside plural and select. */
function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))]
    return element.type === TYPE.argument ? [element.value] : []
  })
}
const named = (text: string) => [...new Set(argumentsOf(parse(text)))].toSorted()

describe('messages', () => {
  it('has the same keys in Dutch and English', () => {
    expect(Object.keys(english), `${mend}, in the same place of both`).toEqual(Object.keys(dutch))
  })

  it.each(Object.keys(dutch))('%s takes the same arguments in both languages', (key) => {
    expect(named(english[key] ?? '')).toEqual(named(dutch[key] ?? ''))
  })

  it('has a sentence for every code that a person can meet', () => {
    const keys = [
      ...Object.keys(fileProblems).map((code) => `file.${code}`),
      ...Object.keys(readingWarnings).map((code) => `warning.${code}`),
      // INTERNAL is what nobody foresaw: `app.error`.
      ...Object.keys(problems).flatMap((code) => (code === 'INTERNAL' ? [] : [`problem.${code}`])),
      ...Object.keys(zoneProblems).map((code) => `problem.${code}`),
      ...verdicts.flatMap((verdict) => [`verdict.${verdict}`, `words.${verdict}`]),
      ...badMarks.map((mark) => `mark.${mark}`),
      ...wordingKeys,
      ...[...runFlagKinds, ...patternFlagKinds].map((kind) => `flag.${kind}`),
      ...[...clientActions, ...clinicActions, ...signInActions, ...otherActions].map((action) => `action.${action}`),
      ...roles.map((role) => `role.${role}`),
      ...ruleSets.map((set) => `settings.set.${set}`),
      ...flagLevels.map((level) => `level.${level}`),
      ...cueKinds.map((kind) => `cue.${kind}`),
      ...checkInQuestions.map((question) => `check_in.${question}`),
      ...checkInAdvice.map((advice) => `check_in.advice.${advice}`),
      ...strapStates.map((state) => `strap.state.${state}`),
      ...strapProblems.map((problem) => `strap.problem.${problem}`),
      ...checkInResults.map((result) => `check_in.result.${result}`),
    ]
    expect(
      keys.filter((key) => !(key in dutch)),
      mend,
    ).toEqual([])
  })

  it('uses no word that the rule book forbids', () => {
    const forbidden = /diagnose(?! en)|manie|manisch|veilig|bewaking|alarm|medisch|voorspel|risico|calorie/i
    const found = Object.entries(dutch).filter(([key, text]) => key !== 'app.standing' && forbidden.test(text))
    expect(found).toEqual([])
  })
})

const book = new URL('../../../shared/domain/rules.md', import.meta.url)
describe.skipIf(!existsSync(book))('words of the rule book (../shared/domain/rules.md, sections J and L)', () => {
  const text = existsSync(book) ? readFileSync(book, 'utf8') : ''
  // What stands between braces is a value here and a name there.
  const bare = (sentence: string) => sentence.replaceAll(/\{[^}]*\}/g, '{}').trim()
  const told = new Set(text.split('\n').flatMap((line) => line.split('|').map(bare)))
  it.each([...wordingKeys, ...checkInQuestions.map((question) => `check_in.${question}` as const)])(
    '%s is told as the rule book tells it',
    (key) => {
      expect(told).toContain(bare(dutch[key] ?? ''))
    },
  )
})
