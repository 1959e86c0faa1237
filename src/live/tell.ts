// The only way to the console of whoever runs the server: one call, one line, whatever is in it.
import { oneLine } from '../domain/one-line.ts'

/** product choice: some twelve rows of a terminal. */
const MOST = 1000

/** How it goes, on standard output. */
export const tell = (line: string): void => console.log(oneLine(line, MOST))

/** What goes wrong, on standard error. */
export const complain = (line: string): void => console.error(oneLine(line, MOST))
