// A server that is told to end ends, whatever it is doing: processes of their own, and a real database of 200 MB.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { newFolder } from '../support/node-clinic.ts'

const module = (path: string) => JSON.stringify(fileURLToPath(new URL(`../../src/node/${path}`, import.meta.url)))
const ending = (stopMs: number) => `
  const { endBySignal } = await import(${module('end-by-signal.ts')})
  endBySignal(() => new Promise(() => undefined), (why) => console.log(why), ${stopMs})`

/** Send these signals, each after the output says so. @returns how it ended, and what it had said */
async function endProcess(script: string, signals: readonly [after: string, signal: NodeJS.Signals][]) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let said = ''
  const waiting = [...signals]
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString()
    while (waiting[0] !== undefined && said.includes(waiting[0][0])) child.kill(waiting.shift()?.[1])
  })
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return { code, signal, said }
}

it('exits with 0 where the end of its work takes too long, and says so', async () => {
  const { said, ...how } = await endProcess(
    `${ending(300)}; setInterval(() => undefined, 1000); console.log('begun')`,
    [['begun', 'SIGTERM']],
  )
  expect(how).toEqual({ code: 0, signal: null })
  expect(said).toContain('takes_long')
})

it('exits at once by a second signal', async () => {
  const script = `${ending(60_000)}; console.log('begun'); setTimeout(() => console.log('a second later'), 1500)`
  const { said, ...how } = await endProcess(script, [
    ['begun', 'SIGTERM'],
    ['a second later', 'SIGTERM'],
  ])
  expect(how).toEqual({ code: 143, signal: null })
  expect(said).toContain('second_signal')
})

it('does not wait for a database that is written anew, which stays whole', async () => {
  const folder = newFolder()
  const store = await openStore(folder, undefined, 0)
  await store.close()
  const path = join(folder, 'calmpace.sqlite')
  const sqlite = new DatabaseSync(path)
  sqlite.exec('create table large (bytes blob)')
  for (let i = 0; i < 200; i++) sqlite.exec('insert into large values (randomblob(1000000))')
  sqlite.close()
  const script = `${ending(100)}
    const { openStore } = await import(${module('open-store.ts')})
    const store = await openStore(${JSON.stringify(folder)}, undefined, 0)
    console.log('begun')
    await store.rewrite()
    console.log('done')`
  const { said, ...how } = await endProcess(script, [['begun', 'SIGTERM']])
  expect(how).toEqual({ code: null, signal: 'SIGKILL' })
  expect(said).not.toContain('done')
  const after = await openStore(folder)
  await after.close()
  const whole = new DatabaseSync(path)
  expect(whole.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect(whole.prepare('select count(*) as rows from large').get()).toEqual({ rows: 200 })
  whole.close()
  rmSync(folder, { recursive: true })
})
