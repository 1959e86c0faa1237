import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { insertGroup } from '../../src/store/people/groups.ts'
import { openStore } from '../../src/node/open-store.ts'
import { root } from '../house/run.ts'
import { newFolder } from '../support/node-clinic.ts'
import { refusedBy } from '../support/log-lines.ts'

const parent = newFolder()
afterAll(() => rmSync(parent, { recursive: true }))
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)
const modesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))]))

/** Started by somebody whose shell lets everybody read what it makes. */
const carelessly = (command: string) => ['-c', `umask 000; exec "$0" ${command}`, process.execPath]
const environment = (folder: string) => ({ ...process.env, PORT: '0', CALMPACE_DATA: folder })

const typed = (command: string, folder: string) =>
  spawnSync('sh', carelessly(command), { cwd: root, env: environment(folder), encoding: 'utf8' })

async function serveOnce(folder: string, look: () => void): Promise<void> {
  expect(typed('src/cli.ts init', folder).status).toBe(0)
  const server = spawn('sh', carelessly('src/node.ts'), { cwd: root, env: environment(folder) })
  await new Promise<void>((resolve) =>
    server.stdout.on('data', (data: Buffer) => {
      if (data.toString().includes('server.started')) resolve()
    }),
  )
  try {
    look()
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
  }
}

const refusal = (folder: string) =>
  `others on this machine can reach the data folder ${folder} (mode 0755, must be 0700): chmod 700 ${folder}`

describe('the data folder', () => {
  it('and every file in it are their owner’s alone, whatever the umask', async () => {
    const folder = join(parent, 'new', 'data')
    let modes: Record<string, string> = {}
    await serveOnce(folder, () => (modes = modesIn(folder)))
    expect(modeOf(folder)).toBe('700')
    expect(modes).toEqual({
      'calmpace.sqlite': '600',
      'calmpace.sqlite-shm': '600',
      'calmpace.sqlite-wal': '600',
      secret: '600',
      'serving.lock': '600',
      'serving.lock-journal': '600',
    })
  })

  it.each(['src/node.ts', 'src/cli.ts serve', 'src/cli.ts init'])(
    'that others can enter is refused by %s with one line that says what to do, and nothing is written',
    (command) => {
      const folder = join(parent, `wide-${command.length}`)
      mkdirSync(folder)
      const there = command.endsWith('init') ? [] : ['calmpace.sqlite']
      for (const name of there) writeFileSync(join(folder, name), 'as it was')
      chmodSync(folder, 0o755)
      const { status, stderr } = typed(command, folder)
      const words = command.endsWith('init') ? stderr.replace(/^calmpace: (.*)\n$/, '$1') : refusedBy(stderr)
      expect([status, words, readdirSync(folder)]).toEqual([1, refusal(folder), there])
    },
  )

  it.each([0o710, 0o701, 0o770, 0o750, 0o777])('is refused with mode %o', async (mode) => {
    const folder = newFolder()
    chmodSync(folder, mode)
    await expect(openStore(folder)).rejects.toThrow(`chmod 700 ${folder}`)
    rmSync(folder, { recursive: true })
  })

  it('is another one where that is not calmpace’s alone: nobody is told to close a folder of the whole machine', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'letters.txt'), '')
    chmodSync(folder, 0o755)
    await expect(openStore(folder)).rejects.toThrow(/must be 0700\): it holds other things; name a folder of its own/)
    chownSync(folder, 65_534, 65_534)
    await expect(openStore(folder)).rejects.toThrow(/belongs to another user.* name a folder of its own/)
    rmSync(folder, { recursive: true })
  })

  it.skipIf(process.platform !== 'linux')(
    'is refused where nothing can be made, and does not try for ever',
    async () => {
      await expect(openStore('/proc/calmpace/data')).rejects.toThrow(/ENOENT/)
    },
  )

  it('is refused where it is another user’s, who can read it all', async () => {
    const folder = newFolder()
    chownSync(folder, 65_534, 65_534)
    await expect(openStore(folder)).rejects.toThrow(/belongs to another user of this machine \(65534/)
    rmSync(folder, { recursive: true })
  })

  it('is refused where the database in it is a link to another place', async () => {
    const [folder, wide] = [newFolder(), newFolder()]
    chmodSync(wide, 0o755)
    symlinkSync(join(wide, 'real.sqlite'), join(folder, 'calmpace.sqlite'))
    await expect(openStore(folder)).rejects.toThrow('is a link to another place')
    expect(readdirSync(wide)).toEqual([])
    for (const one of [folder, wide]) rmSync(one, { recursive: true })
  })

  it('makes narrow what was copied into it wide: a backup put back, a secret written by hand', async () => {
    const [first, folder] = [newFolder(), newFolder()]
    await (await openStore(first)).close()
    copyFileSync(join(first, 'calmpace.sqlite'), join(folder, 'calmpace.sqlite'))
    writeFileSync(join(folder, 'secret'), 'x'.repeat(40))
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o644)
    const store = await openStore(folder)
    const modes = Object.values(modesIn(folder))
    await store.close()
    expect([modes.length, new Set(modes)]).toEqual([4, new Set(['600'])])
    for (const one of [first, folder]) rmSync(one, { recursive: true })
  })

  it('has a backup made from it that is its owner’s alone too', async () => {
    const folder = newFolder()
    const store = await openStore(folder)
    await insertGroup(store.db, 'g', 'Groep 1', 1)
    await store.close()
    const file = join(parent, 'copy.sqlite')
    const { status } = spawnSync('sh', [...carelessly('src/cli.ts backup "$1"'), file], {
      cwd: root,
      env: environment(folder),
    })
    expect([status, modeOf(file)]).toEqual([0, '600'])
    rmSync(folder, { recursive: true })
  })
})
