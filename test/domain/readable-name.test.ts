import { expect, it } from 'vitest'
import { isReadableName } from '../../src/domain/readable-name.ts'

it.each(['Noor', 'Anne-Marie', "Jan 't Hart", 'İlknur', 'Zoë 🌷', 'فاطمة', 'O’Brien', 'Jan 2'])(
  'people can read and type %j',
  (name) => expect(isReadableName(name)).toBe(true),
)
it.each(['\u200b', 'a\u0000b', 'Jan\nPiet', 'ab\u202ec', '🌷', '12', '-'])('and not %j', (name) =>
  expect(isReadableName(name)).toBe(false),
)
