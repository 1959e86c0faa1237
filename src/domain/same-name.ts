// Whether what somebody typed in a hurry is a first name as it was written down: whatever the case, the accents, the dashes, and the
// particles between names. For looking somebody up; what confirms that somebody is erased is compared more strictly.

/** Letters that no accent can be taken off. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ĳ: 'ij',
}

/** Between names: Dutch, and of the neighbours. `'t` and `'s` come without their apostrophe. */
const particles: ReadonlySet<string> = new Set(
  'van de der den het t s n ten ter te op in aan bij uit over onder voor la le les du des von vom zu di da al el'.split(
    ' ',
  ),
)

/** Whether each name that was typed is one of the names that are written down; `annemarie` is `Anne-Marie` too. */
export function isNamed(written: string, typed: string): boolean {
  const [names, asked] = [namesIn(written), namesIn(typed)]
  if (asked.length === 0) return false
  return names.join('') === asked.join('') || asked.every((one) => names.includes(one))
}

/** Without particles, unless there is nothing else. */
function namesIn(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll(/[ßæœøđðłþıĳ]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const names = words.filter((word) => !particles.has(word))
  return names.length > 0 ? names : words
}
