import { expect, test } from 'vitest'
import { sha256Everywhere, sha256Hex } from '../../src/store/sha256.ts'

test.each([
  // FIPS 180-2, B.1, and the empty message.
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
])('hashes %o as the standard does, whichever way', async (text, hash) => {
  for (const of of [text, new TextEncoder().encode(text)])
    expect([await sha256Hex(of), await sha256Everywhere(of)]).toEqual([hash, hash])
})

test('on Node a hash is there at once, of text outside ASCII too', async () => {
  const text = 'Noor 🏃 é'
  expect(sha256Hex(text)).toBe(await sha256Everywhere(text))
})
