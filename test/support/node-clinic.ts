// A clinic on Node for a test: a SQLite file in a folder of its own and the app over it, without a network.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../src/http/app.ts'
import { makeImports, type Imports } from '../../src/http/runs/imports.ts'
import { inviteFirstAdministrator } from '../../src/http/sign-in/join.ts'
import { openStore } from '../../src/node/open-store.ts'
import { makeSpool } from '../../src/node/spool-upload.ts'
import { openThreads, workedBy } from '../../src/node/work/worked-store.ts'
import type { Ask, NewClinic } from './sign-in.ts'

export const TEST_SECRET = 'only for tests '.repeat(4)

export interface NodeClinic extends NewClinic {
  readonly folder: string
  readonly store: Awaited<ReturnType<typeof openStore>>
  readonly imports: Imports
  readonly app: ReturnType<typeof createApp>
}
export interface ClinicOptions {
  /** Where a database is already; else a new one. */
  readonly folder?: string
  readonly origin?: string | null
  readonly nowMs?: () => number
  readonly address?: () => string
  readonly isDemo?: boolean
  /** Up to which size its file is rewritten at once. */
  readonly smallBytes?: number
}

const opened: NodeClinic[] = []
/** As a served clinic: threads do what takes long. Those that nobody waits for end with the tests. */
const threads = openThreads()

export async function openClinic({
  folder = newFolder(),
  origin = 'http://localhost',
  nowMs = () => Date.now(),
  address = () => '127.0.0.1',
  isDemo = false,
  smallBytes,
}: ClinicOptions = {}): Promise<NodeClinic> {
  const store = workedBy(await openStore(folder, undefined, smallBytes), threads)
  const newId = () => crypto.randomUUID()
  const imports = makeImports({ store, nowMs, newId }, makeSpool(folder))
  const app = createApp({ store, nowMs, newId, imports, secret: TEST_SECRET, origin, addressOf: address, isDemo })
  const firstToken = (await inviteFirstAdministrator(store, newId, nowMs())) ?? ''
  const ask: Ask = async (path, init) => app.request(path, init)
  const clinic = { folder, store, imports, app, ask, firstToken }
  opened.push(clinic)
  return clinic
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'calmpace-'))

/** For `afterAll`. */
export async function closeClinics(): Promise<void> {
  for (const { store, folder } of opened.splice(0)) {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
