// Threads of a calmpace that is installed as a package, where Node reads no TypeScript by itself.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))

it('starts threads from node_modules too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-installed-'))
  const packages = join(folder, 'node_modules')
  mkdirSync(packages)
  spawnSync('cp', ['-r', join(root, 'package.json'), join(root, 'src'), packages])
  for (const name of ['kysely', 'fflate', 'fast-xml-parser', 'uuid'])
    spawnSync('ln', ['-s', join(root, 'node_modules', name), join(packages, name)])
  const asks = `
    const { Worker } = require('node:worker_threads')
    const worker = new Worker(${JSON.stringify(join(packages, 'src/node/work/thread-entry.cjs'))})
    worker.on('message', (told) => { console.log(JSON.stringify(told)); worker.terminate() })
    worker.postMessage({ name: 'read', input: { name: 'a.fit', bytes: new Uint8Array(3), nowMs: 1 } })`
  writeFileSync(join(folder, 'ask.cjs'), asks)
  const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'ask.cjs')], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  expect([stdout.trim(), stderr]).toEqual(['{"ok":true,"value":{"ok":false,"code":"NOT_FIT"}}', ''])
})
