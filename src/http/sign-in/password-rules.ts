// Refuses passwords that are easy to guess (docs/decisions/0019-refused-passwords.md).
import { ProblemError } from '../problem.ts'
import { commonPasswords } from './common-passwords.ts'

/** Stable; what a person reads stands with each in `problem.ts` and the messages. */
export type PasswordProblem = 'PASSWORD_REPEATS' | 'PASSWORD_SEQUENCE' | 'PASSWORD_PERSONAL' | 'PASSWORD_COMMON'

/** How many characters a password needs besides a name or a row of keys. Product choices. */
const LEFT_BESIDE_NAME = 8
const LEFT_BESIDE_ROWS = 6
/** A row of keys counts from here on. */
const ROW = 4
const FEW_LETTERS = 3

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  'qwertzuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
].flatMap((row) => [row, Array.from(row).toReversed().join('')])

/** Why somebody would guess it; null where nobody would by these rules. */
export function findPasswordProblem(
  password: string,
  { name, email }: { readonly name: string; readonly email: string },
): PasswordProblem | null {
  // Of signs and emoji alone they are what somebody would guess, or not.
  const flat = flatten(password) || password
  if (isRepeated(flat.length < ROW ? password : flat)) return 'PASSWORD_REPEATS'
  if (withoutRows(flat).length < LEFT_BESIDE_ROWS) return 'PASSWORD_SEQUENCE'
  const rest = withoutWords(flat, ownWords(name, email))
  if (rest.length < flat.length && rest.length < LEFT_BESIDE_NAME) return 'PASSWORD_PERSONAL'
  return isCommon(password) ? 'PASSWORD_COMMON' : null
}

/** @throws ProblemError PASSWORD_… */
export function requireGoodPassword(password: string, person: { readonly name: string; readonly email: string }): void {
  const problem = findPasswordProblem(password, person)
  if (problem !== null) throw new ProblemError(problem)
}

/** Letters and digits alone, small. */
const flatten = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The same few letters, or one piece again and again. */
function isRepeated(text: string): boolean {
  const letters = Array.from(text)
  if (new Set(letters).size <= FEW_LETTERS) return true
  for (let period = 1; period <= letters.length / 2; period++)
    if (letters.every((letter, i) => letter === letters[i % period])) return true
  return false
}

/** The rest of a password without rows of the alphabet, the digits or the keys. */
function withoutRows(flat: string): string {
  let left = ''
  for (let at = 0; at < flat.length;) {
    let end = at + 1
    while (end < flat.length && rows.some((row) => row.includes(flat.slice(at, end + 1)))) end++
    if (end - at >= ROW) at = end
    else left += flat[at++]
  }
  return left
}

const ownWords = (name: string, email: string): string[] =>
  ['calmpace', ...name.split(/\s+/), ...email.split(/[@.+_-]/), name, email.split('@', 1)[0] ?? '']
    .map(flatten)
    .filter((word) => word.length >= 3)
    .toSorted((a, b) => b.length - a.length)

const withoutWords = (flat: string, words: readonly string[]): string =>
  words.reduce((left, word) => left.replaceAll(word, ''), flat)

/** As many choose it, also with digits and signs at its ends and digits for letters. */
function isCommon(password: string): boolean {
  const common = commonPasswords()
  const spoken = password
    .toLowerCase()
    .replace(/[^\p{L}@$]+$/u, '')
    .replaceAll(/[0134578@$]/g, (sign) => signs[sign] ?? sign)
  const cores = [password, spoken].map((one) => flatten(one).replaceAll(/^\d+|\d+$/g, ''))
  return [flatten(password), ...cores].some((one) => common.has(one))
}
const signs: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
}
