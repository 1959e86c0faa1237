import { describe, inject } from 'vitest'
import { httpContract } from '../http/contract.ts'
import { openNew } from './open-clinic.ts'

declare module 'vitest' {
  interface ProvidedContext {
    fixtures: Readonly<Record<string, string>>
  }
}

describe('HTTP in workerd, with a Durable Object', () => {
  httpContract({
    openNew,
    fixture: (name) => {
      const bytes = atob(inject('fixtures')[`${name}.fit`] ?? '')
      return Uint8Array.from(bytes, (char) => char.charCodeAt(0))
    },
  })
})
