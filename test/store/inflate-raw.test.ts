import { deflateSync, inflateSync } from 'fflate'
import { expect, test } from 'vitest'
import { inflateBeginning, inflateRaw } from '../../src/store/inflate-raw.ts'

const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251)

test('inflates to the same bytes as elsewhere, and a slice of them is a copy', () => {
  const inflated = inflateRaw(deflateSync(bytes))
  expect(inflated).toEqual(inflateSync(deflateSync(bytes)))
  expect(inflated.slice(0, 4).buffer.byteLength).toBe(4)
})

test('throws where the bytes end too early', () => {
  expect(() => inflateRaw(deflateSync(bytes).slice(0, 40))).toThrow()
})

test.each([100, 1024, 100_000])('inflates the beginning from the first %i bytes', (length) => {
  const begun = inflateBeginning(deflateSync(bytes), length)
  expect(begun.length).toBeGreaterThan(50)
  expect(begun).toEqual(bytes.subarray(0, begun.length))
})
