// The only way to write to the server's console: one call writes one line, whatever the text contains.
import { oneLine } from '../domain/one-line.ts'

/** product choice: some twelve rows of a terminal. */
const MOST = 1000

/** How it goes, on standard output. */
export const tell = (line: string): void => console.log(oneLine(line, MOST))

/** Writes an error to standard error. */
export const complain = (line: string): void => console.error(oneLine(line, MOST))
