// Commands on a database of an older calmpace whose server still runs: the new version is there already, the restart is to come.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { afterRestore } from '../../src/cli/after-restore.ts'
import { confirm } from '../../src/cli/confirm-retention.ts'
import { newSignIn } from '../../src/cli/new-sign-in.ts'
import type { Output } from '../../src/cli/output.ts'
import { openStore } from '../../src/node/open-store.ts'
import { openToRead } from '../../src/node/open-to-read.ts'
import { serveAlone } from '../../src/node/serve-alone.ts'
import { isMigrated } from '../../src/store/migrations.ts'
import { newFolder } from '../support/node-clinic.ts'
import { collectOutput } from '../support/said.ts'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

const isUpToDate = () => {
  const { db, close } = openToRead(join(folder, 'calmpace.sqlite'))
  return isMigrated(db).finally(close)
}
const commands: [string, (output: Output) => Promise<0 | 1>][] = [
  ['confirm-retention', (output) => confirm(folder, Date.now(), output)],
  [
    'new-sign-in',
    (output) => newSignIn({ dataFolder: folder, origin: 'http://localhost' }, 'a@example.org', 1, output),
  ],
  ['after-restore', (output) => afterRestore(folder, null, Date.now(), output)],
]

it.each(commands)('%s changes nothing under that server', async (_name, run) => {
  await (await openStore(folder, 30)).close()
  const letGo = serveAlone(folder)
  const said = collectOutput()
  expect(await run(said.output)).toBe(1)
  expect(said.complained()).toEqual([expect.stringContaining('another calmpace serves the data')])
  expect(await isUpToDate()).toBe(false)
  letGo()
})

it('once it has ended, the command brings the database up to date, and lets go of the folder', async () => {
  expect(await confirm(folder, Date.now(), collectOutput().output)).toBe(0)
  expect(await isUpToDate()).toBe(true)
  serveAlone(folder)()
})
