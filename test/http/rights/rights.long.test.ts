import { readFileSync } from 'node:fs'
import { afterAll, describe } from 'vitest'
import { runRetention } from '../../../src/store/rights/retention.ts'
import { closeClinics, openClinic } from '../../support/node-clinic.ts'
import { rightsContract } from './rights-contract.ts'

afterAll(closeClinics)

describe('rights of a client on Node, with a SQLite file', () => {
  rightsContract({
    openNew: async () => {
      const { ask, firstToken, store } = await openClinic()
      return { ask, firstToken, retain: (nowMs) => runRetention(store, nowMs) }
    },
    fixture: (name) => new Uint8Array(readFileSync(new URL(`../../../fixtures/fit/${name}.fit`, import.meta.url))),
  })
})
