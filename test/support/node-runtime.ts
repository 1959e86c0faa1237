// The contracts over HTTP, on Node with a SQLite file. Each noun has a test file that runs its own, side by side with others.
import { readFileSync } from 'node:fs'
import { afterAll, describe } from 'vitest'
import type { Runtime } from './asking.ts'
import { closeClinics, openClinic } from './node-clinic.ts'

const nodeRuntime: Runtime = {
  openNew: openClinic,
  fixture: (name) => new Uint8Array(readFileSync(new URL(`../../fixtures/fit/${name}.fit`, import.meta.url))),
}

/** Hold Node to these. */
export function onNode(...contracts: readonly ((runtime: Runtime) => void)[]): void {
  describe('HTTP on Node, with a SQLite file', () => {
    for (const contract of contracts) contract(nodeRuntime)
  })
  afterAll(closeClinics)
}
