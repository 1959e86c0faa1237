import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inOneLine, oneLine } from '../../src/domain/one-line.ts'

/** What a terminal or a reader would take for more than a letter: written down here by number, not by the class that is
 *  under test. */
const dangerous = [
  ...Array.from({ length: 0x20 }, (_, i) => i),
  ...Array.from({ length: 0x21 }, (_, i) => 0x7f + i),
  ...[0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x2060, 0xfeff, 0xfff9, 0xffff, 0xd800, 0xdfff],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xe0001, 0xe0041, 0xe007f],
].map((code) => String.fromCodePoint(code))
const anyText = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom(...dangerous)), { maxLength: 30 })
  .map((parts) => parts.join(''))

describe('outside text in one line', () => {
  it('has nothing of what is dangerous, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = oneLine(text)
        // As characters: half of a whole pair is not a lone half.
        const characters = new Set(line)
        for (const one of dangerous) expect(characters.has(one)).toBe(false)
        expect(line.isWellFormed()).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('loses nothing: as the inside of a JSON text it reads as what it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(JSON.parse(oneLine(JSON.stringify(text)))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  it('leaves alone what people write', () => {
    for (const text of ['Noor viel bij het hek', 'Zoë – 142/min', 'نور', '👩‍⚕️ kwam', 'C:\\data', '日本'])
      expect(oneLine(text)).toBe(text)
  })

  it('is never longer than it may be, and says that it was cut', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, most) => {
        const line = oneLine(text, most)
        expect(line.length).toBeLessThanOrEqual(most)
        if (oneLine(text).length > most) expect(line.endsWith('…')).toBe(true)
        else expect(line).toBe(oneLine(text))
      }),
    )
  })

  it('is made of each text within a value', () => {
    const detail = { reason: 'een\ntwee', ids: ['a\u202eb'], count: 3, none: null, deep: { at: '\u001b[31m' } }
    expect(inOneLine(detail)).toEqual({
      ...{ reason: 'een\\u000atwee', ids: ['a\\u202eb'], count: 3, none: null, deep: { at: '\\u001b[31m' } },
    })
  })
})
