// A name that people can read and type: it has a letter, and nothing in it that cannot be seen, begins a line or turns round what stands
// beside it. Who is erased is confirmed by typing their first name.
import { oneLine } from './one-line.ts'

export const isReadableName = (name: string): boolean => /\p{L}/u.test(name) && oneLine(name) === name
