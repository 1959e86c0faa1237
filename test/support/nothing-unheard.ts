// Runs beside each test file: a green run is quiet. Who has something go wrong on purpose hears what is said of it
// (`vi.spyOn(console, 'error')`) and holds it against what they expect. What nobody hears is printed as ever, and the test meanwhile
// fails. What a file hears, the next one does not.
import { format } from 'node:util'
import { afterAll, afterEach, expect, vi } from 'vitest'

const levels = ['log', 'info', 'warn', 'error', 'debug'] as const
const unheard: string[] = []
const before = levels.map((level) => [level, console[level]] as const)
for (const [level, print] of before)
  console[level] = (...words: unknown[]) => {
    unheard.push(`${level}: ${format(...words)}`)
    print(...words)
  }
const expectQuiet = () => expect(unheard.splice(0), 'printed, and no test expects it').toEqual([])

afterEach(expectQuiet)
afterAll(() => {
  vi.restoreAllMocks()
  for (const [level, print] of before) console[level] = print
  expectQuiet()
})
