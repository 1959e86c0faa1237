// In which order a server takes what it needs, and how it ends: nothing half done, nothing taken from one that runs already.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Environment } from '../../src/node/environment.ts'
import { listenOn, slowClients } from '../../src/node/listen.ts'
import { openStore } from '../../src/node/open-store.ts'
import { root } from '../house/run.ts'
import { startServer } from '../support/served.ts'

let parent = ''
beforeAll(() => (parent = mkdtempSync(join(tmpdir(), 'calmpace-start-'))))
afterAll(() => rmSync(parent, { recursive: true }))
const newFolder = () => mkdtempSync(join(parent, 'd-'))
const environment: Environment = {
  port: 0,
  dataFolder: '',
  origin: null,
  secret: null,
  listen: '127.0.0.1',
  trustProxy: false,
}
const stepsIn = (folder: string): number => {
  const sqlite = new DatabaseSync(join(folder, 'calmpace.sqlite'), { readOnly: true })
  const { steps } = sqlite.prepare('select count(*) as steps from migration').get() as { steps: number }
  sqlite.close()
  return steps
}

describe('a start', () => {
  it('whose port is in use changes nothing of a database that it would have brought up to date', async () => {
    const [first, second] = [newFolder(), newFolder()]
    await (await openStore(second, 3)).close()
    const served = await startServer(first)
    const late = spawn(process.execPath, ['src/node.ts'], {
      cwd: root,
      env: { ...process.env, PORT: new URL(served.url).port, CALMPACE_DATA: second },
    })
    let words = ''
    late.stderr.on('data', (data: Buffer) => (words += data.toString()))
    expect(await new Promise((resolve) => late.once('close', resolve))).toBe(1)
    expect(words).toMatch(/port \d+ is in use/)
    expect(stepsIn(second)).toBe(3)
    await served.end('SIGTERM')
  })
})

describe('an end', () => {
  /** A server that answers when it is let. */
  const open = async () => {
    let letAnswer = () => {}
    let heard = () => {}
    const isHeard = new Promise<void>((resolve) => (heard = resolve))
    const answered = new Promise<void>((resolve) => (letAnswer = resolve))
    const server = await listenOn(environment, slowClients, async () => {
      heard()
      await answered
      return new Response('saved')
    })
    return { server, letAnswer, isHeard, url: `http://127.0.0.1:${server.port}/` }
  }

  it('waits for the answer to what is under way, and takes nothing new', async () => {
    const { server, letAnswer, isHeard, url } = await open()
    const asked = fetch(url).then((answer) => answer.text())
    await isHeard
    const ended = server.drain(60_000)
    await expect(fetch(url)).rejects.toThrow()
    letAnswer()
    expect(await asked).toBe('saved')
    await ended
  })

  it('waits no longer than it says, and not at all for who says nothing', async () => {
    const { server, isHeard, url } = await open()
    const silent = connect(server.port, '127.0.0.1')
    await new Promise((resolve) => silent.once('connect', resolve))
    const asked = fetch(url).catch((error: unknown) => error)
    await isHeard
    await server.drain(50)
    expect(await asked).toBeInstanceOf(TypeError)
    silent.destroy()
  })
})
