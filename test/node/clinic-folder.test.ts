import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../house/run.ts'
import { readLog, refusedBy } from '../support/log-lines.ts'
import { startServer } from '../support/served.ts'

let parent = ''
beforeAll(() => (parent = mkdtempSync(join(tmpdir(), 'calmpace-folder-'))))
afterAll(() => rmSync(parent, { recursive: true }))

const type = (folder: string, ...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CALMPACE_DATA: folder, PORT: '0' },
  })
  return { status, out: stdout, err: stderr }
}
const newFolder = () => mkdtempSync(join(parent, 'd-'))

describe('a data folder without a clinic', () => {
  it('such as the bare mount point of a disk that is not opened is no new clinic: it stops with words, and nothing is made', () => {
    for (const folder of [newFolder(), join(parent, 'not', 'there')]) {
      const before = existsSync(folder)
      const { status, out, err } = type(folder, 'src/node.ts')
      expect([status, readLog(out).map(({ event }) => event)]).toEqual([1, ['server.starting']])
      expect(refusedBy(err)).toMatch(/^there is no clinic in .* is its disk opened and mounted.* calmpace -- init$/)
      expect([existsSync(folder), before && readdirSync(folder).length]).toEqual([before, before && 0])
    }
  })

  it('but with an empty file where the database was is told from a new one too', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'calmpace.sqlite'), '')
    const { status, err } = type(folder, 'src/node.ts')
    expect([status, statSync(join(folder, 'calmpace.sqlite')).size]).toEqual([1, 0])
    expect(refusedBy(err)).toMatch(/^the database in .* is empty: was a copy broken off\? Nothing was made/)
  })

  it('but with changes of a database that is not there is touched by nobody: SQLite would delete them', () => {
    for (const end of ['-wal', '-journal']) {
      const folder = newFolder()
      const part = join(folder, `calmpace.sqlite${end}`)
      writeFileSync(part, 'changes')
      const started = type(folder, 'src/node.ts')
      expect([started.status, refusedBy(started.err)]).toEqual([
        1,
        expect.stringMatching(/is there without its database/),
      ])
      expect(type(folder, 'src/cli.ts', 'init')).toMatchObject({
        status: 1,
        err: expect.stringMatching(/was not touched/) as string,
      })
      expect([readdirSync(folder), readFileSync(part, 'utf8')]).toEqual([[`calmpace.sqlite${end}`], 'changes'])
    }
  })

  it('is given one by init, once, and that one is served', async () => {
    const folder = join(parent, 'new', 'data')
    expect(type(folder, 'src/cli.ts', 'init')).toMatchObject({ status: 0, err: '' })
    const twice = type(folder, 'src/cli.ts', 'init')
    expect([twice.status, twice.err]).toEqual([1, expect.stringMatching(/holds a clinic already; nothing was changed/)])
    const served = await startServer(folder)
    expect(served.firstUrl).toMatch(/\/join#/)
    await served.end('SIGTERM')
  })
})
