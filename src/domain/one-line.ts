// Outside text (what a request, a file or a library says) as a part of one line for people: nothing in it begins a line of
// its own, moves the cursor, colours, hides or turns round what stands beside it.

/** Controls (line ends, ANSI), formatting (bidi, invisible), lone surrogates, what no character is; not the joiners that
 *  hold emoji and some scripts together. */
const unsafe = /[[\p{C}\p{Zl}\p{Zp}]--[\u200c\u200d]]/gv

/** Each unsafe character as JSON writes it (`\u000a`), so that a line of JSON stays what it was.
 *  @param most characters; what is longer ends with `…` */
export function oneLine(text: string, most: number = Number.POSITIVE_INFINITY): string {
  // Cut first: escaping must not be made to work for megabytes.
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text
  const escaped = cut.replaceAll(unsafe, (found) =>
    Array.from({ length: found.length }, (_, i) => `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  )
  return escaped.length > most ? `${escaped.slice(0, most - 1)}…` : escaped
}

/** The same for each text within a value that goes out as JSON; names of members are ours. */
export function inOneLine<T>(value: T): T
export function inOneLine(value: unknown): unknown {
  if (typeof value === 'string') return oneLine(value)
  if (Array.isArray(value)) return value.map((one: unknown) => inOneLine(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inOneLine<unknown>(one)]))
}
