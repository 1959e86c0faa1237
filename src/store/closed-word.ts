// Reads words of a closed set from a column. An unknown word is never turned into a known one.

/** @param column where it stands, for the error
 *  @throws Error where it is none of the set: the row was written by a newer calmpace, or is damaged */
export function closedWord<Word extends string>(words: readonly Word[], text: string, column: string): Word {
  const found = words.find((word) => word === text)
  if (found === undefined) throw new Error(`${column} holds a word that this version does not know`)
  return found
}
