// `npm start` as a service manager has it: one process that is told to end.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { serveAlone } from '../../src/node/serve-alone.ts'
import { beginClinic } from '../support/served.ts'
import { root } from './run.ts'

it.each([
  ['the script', [process.execPath, 'test/house/ready.mjs', 'start'], [0, null]],
  // npm itself ends by the signal, or says so as a shell does.
  ['npm', ['npm', 'start'], null],
] as const)('SIGTERM to %s ends the server too, and the folder is let go of', async (_, [command, ...args], end) => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-ready-'))
  try {
    await beginClinic(folder)
    const started = spawn(command, args, { cwd: root, env: { ...process.env, PORT: '0', CALMPACE_DATA: folder } })
    let said = ''
    started.stderr.on('data', (data: Buffer) => (said += data.toString()))
    await new Promise<void>((resolve, reject) => {
      started.once('exit', () => reject(new Error(said)))
      started.stdout.on('data', (data: Buffer) => {
        if (data.toString().includes('calmpace: open ')) resolve()
      })
    })
    const ended = new Promise((resolve) => started.once('exit', (code, signal) => resolve([code, signal])))
    started.kill('SIGTERM')
    const how = await ended
    expect(end ?? how).toEqual(how)
    const letGo = await vi.waitFor(() => serveAlone(folder), { timeout: 120_000, interval: 200 })
    expect(letGo).toBeTypeOf('function')
    letGo()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
