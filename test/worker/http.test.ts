import { SELF } from 'cloudflare:test'
import { describe, inject } from 'vitest'
import { httpContract } from '../http/contract.ts'

declare module 'vitest' {
  interface ProvidedContext {
    fixtures: Readonly<Record<string, string>>
  }
}

describe('HTTP in workerd, with a Durable Object', () => {
  let clinics = 0
  httpContract({
    // A host name is a clinic: a fresh one has a database of its own.
    open: async () => {
      const origin = `https://clinic-${++clinics}.test`
      return async (path, init) => SELF.fetch(`${origin}${path}`, init)
    },
    fixture: (name) => {
      const bytes = atob(inject('fixtures')[`${name}.fit`] ?? '')
      return Uint8Array.from(bytes, (char) => char.charCodeAt(0))
    },
  })
})
