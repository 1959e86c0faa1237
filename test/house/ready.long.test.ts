// `npm start` as a service manager has it: one process that is told to end.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { beginClinic, startServer } from '../support/served.ts'
import { root } from './run.ts'

it('SIGTERM to npm start ends the server too, with 0 and the folder let go of', { timeout: 180_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-ready-'))
  try {
    await beginClinic(folder)
    const npm = spawn(process.execPath, ['test/house/ready.mjs', 'start'], {
      cwd: root,
      env: { ...process.env, PORT: '0', CALMPACE_DATA: folder },
    })
    let said = ''
    npm.stderr.on('data', (data: Buffer) => (said += data.toString()))
    await new Promise<void>((resolve, reject) => {
      npm.once('exit', () => reject(new Error(said)))
      npm.stdout.on('data', (data: Buffer) => {
        if (data.toString().includes('calmpace: open ')) resolve()
      })
    })
    const ended = new Promise((resolve) => npm.once('exit', (code, signal) => resolve([code, signal])))
    npm.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    const again = await startServer(folder)
    await again.end('SIGTERM')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
