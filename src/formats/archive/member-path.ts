// Names of files that every system can write, whatever they were called where they came from: a zip is opened on Windows, on a
// Mac and on a phone, and a name that one of them refuses loses the file, or all behind it.

/** product choice: with the folders before it, far below what any system takes. */
const MOST_CHARS = 100
/** What Windows takes for a device, with any ending. @source Microsoft, "Naming Files, Paths, and Namespaces" */
const device = /^(con|prn|aux|nul|com\d|lpt\d|conin\$?|conout\$?)(\.|$)/i

/** Letters without their accents, digits, `.`, `_` and `-`; no dot at either end, no device. The name that it had stands in
 *  `calmpace.json`. */
export function toMemberName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\w.-]/g, '_')
  // Of a long one the end: there stands what it is.
  const named = withName(plain.slice(-MOST_CHARS)).replaceAll(/^[.-]+|\.+$/g, '')
  if (named === '') return 'file'
  return device.test(named) ? `_${named}` : named
}

/** The name as people wrote it, with their letters, as far as a system can write it: what a browser saves a download as. */
export function toFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  // What cannot be seen turns a name round, or hides its ending.
  const seen = last
    .normalize('NFC')
    .replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, '')
    .replaceAll(/[<>:"|?*]/g, '_')
  const named = withName(Array.from(seen).slice(-MOST_CHARS).join('')).replaceAll(/^[\s.]+|[\s.]+$/gu, '')
  if (named === '') return 'file'
  // Superscript digits are digits to Windows.
  return device.test(named.normalize('NFKC')) ? `_${named}` : named
}

/** What is an ending only (`.fit`, `..fit`) gets a name before it: without its dot nothing opens it. */
const withName = (name: string): string => name.replace(/^[\s.-]*\.(?=[^\s.-])/u, 'file.')

/** Gives each path once, whatever its case: what came second gets a number. */
export class MemberPaths {
  readonly #given = new Set<string>()

  /** @param path of names that are safe already */
  take(path: string): string {
    const dot = path.lastIndexOf('.')
    const at = dot > path.lastIndexOf('/') ? dot : path.length
    let free = path
    for (let n = 2; this.#given.has(free.toLowerCase()); n++) free = `${path.slice(0, at)}-${n}${path.slice(at)}`
    this.#given.add(free.toLowerCase())
    return free
  }
}
