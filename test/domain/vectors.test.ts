import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runVectors } from '../../src/cli/rules.ts'

const file = new URL('../../../shared/domain/vectors.json', import.meta.url)

describe.skipIf(!existsSync(file))('rule book vectors (../shared/domain/vectors.json)', () => {
  const all: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { vectors: [] }
  const { vectors } = all as { vectors: { id: string }[] }
  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s agrees', (_id, vector) => {
    expect(runVectors({ vectors: [vector] })).toEqual({ count: 1, mismatches: [] })
  })
})
