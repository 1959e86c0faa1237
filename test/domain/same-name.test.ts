import { describe, expect, it } from 'vitest'
import { isNamed } from '../../src/domain/same-name.ts'

describe('a first name that is looked up', () => {
  it.each([
    ['Noor', 'noor'],
    ['Noor', '  NOOR '],
    ['Zoë', 'zoe'],
    ['Zoe', 'Zoë'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['Çağrı', 'cagri'],
    ['Łukasz', 'lukasz'],
    ['Søren', 'soren'],
    ['İpek', 'ipek'],
    ['Anne-Marie', 'anne marie'],
    ['Anne-Marie', 'annemarie'],
    ['Annemarie', 'Anne-Marie'],
    ['Anne-Marie', 'anne'],
    ['Noor van D.', 'noor'],
    ['Noor van D.', 'noor d'],
    ['Noor', 'noor van'],
    ['Jan in ’t Veld', 'jan veld'],
    ["Jan in 't Veld", 'jan in t veld'],
    ['d’Angelo', 'dangelo'],
    ['De', 'de'],
    ['Al', 'al'],
  ])('%s is found by %s', (written, typed) => {
    expect(isNamed(written, typed)).toBe(true)
  })

  it.each([
    ['Noor', 'noortje'],
    ['Noortje', 'noor'],
    ['Noor van D.', 'noor e'],
    ['Anne-Marie', 'anne joke'],
    ['Noor van D.', 'van'],
    ['Noor', ''],
    ['Noor', '-'],
    ['', 'noor'],
  ])('%s is not found by %s', (written, typed) => {
    expect(isNamed(written, typed)).toBe(false)
  })
})
