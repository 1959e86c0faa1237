// `calmpace backup` by itself; killed, and while a server imports, it is in test/faults/rights.ts.
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup } from '../../src/cli/backup.ts'
import { KEPT_FREE_BYTES } from '../../src/node/disk-space.ts'
import { openStore } from '../../src/node/open-store.ts'
import { appendAudit } from '../../src/store/audit/audit.ts'
import { insertGroup } from '../../src/store/people/groups.ts'
import { collectOutput } from '../support/said.ts'

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const root = mkdtempSync(join(tmpdir(), 'calmpace-backup-'))
const folder = join(root, 'data')
let store: Awaited<ReturnType<typeof openStore>>
beforeAll(async () => {
  store = await openStore(folder)
  await insertGroup(store.db, 'g', 'Groep 1', 1)
})
afterAll(async () => {
  await store.close()
  rmSync(root, { recursive: true })
})

function run(from: string, file: string, json = false) {
  const said = collectOutput(json)
  const code = backup(from, file, said.output)
  return { code, printed: said.printed(), complained: said.complained() }
}

describe('calmpace backup', () => {
  it('writes a copy that is a data folder of its own, readable by its owner alone', async () => {
    const file = join(root, 'copy', 'calmpace.sqlite')
    expect(run(folder, file)).toMatchObject({ code: 1, printed: [] })
    const other = await openStore(join(root, 'copy'))
    await other.close()
    rmSync(file)
    expect(run(folder, file)).toEqual({
      code: 0,
      printed: [`${file}: whole, 0 lines in its log, from ${folder}`],
      complained: [],
    })
    expect([
      statSync(file).mode & 0o777,
      readdirSync(join(root, 'copy')).filter((name) => name.includes('part')),
    ]).toEqual([0o600, []])
    const copy = await openStore(join(root, 'copy'))
    expect(await copy.db.selectFrom('care_group').select('name').execute()).toEqual([{ name: 'Groep 1' }])
    await copy.close()
  })

  it('never touches a file that is there', () => {
    const file = join(root, 'mine.txt')
    writeFileSync(file, 'mine')
    expect(run(folder, file)).toEqual({
      code: 1,
      printed: [],
      complained: [`${file} is there already; it was not touched`],
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('leaves on the disk of the clinic what the server needs to go on', () => {
    const file = join(root, 'near.sqlite')
    const withFree = (bytes: number) => {
      const said = collectOutput()
      return { code: backup(folder, file, said.output, false, () => bytes), complained: said.complained() }
    }
    expect(withFree(KEPT_FREE_BYTES)).toEqual({
      code: 1,
      complained: [expect.stringMatching(/^the copy needs \d+ MB, and the disk of .+ has 33 MB: make room/)],
    })
    expect(existsSync(file)).toBe(false)
    expect(withFree(KEPT_FREE_BYTES + 2 ** 24).code).toBe(0)
    rmSync(file)
  })

  it('never takes the place of a link to a disk that is not there', () => {
    const file = join(root, 'stick.sqlite')
    symlinkSync(join(root, 'not', 'mounted.sqlite'), file)
    expect(run(folder, file)).toMatchObject({ code: 1, complained: [`${file} is there already; it was not touched`] })
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
  })

  it('removes what copies that were broken off days ago left beside it, nothing newer, and nothing that is not its own', () => {
    const [old, journal, now, others] = [
      '2026-11-20.sqlite.calmpace-0123abcd.part',
      '2026-11-20.sqlite.calmpace-0123abcd.part-journal',
      '2026-11-29.sqlite.calmpace-4567cdef.part',
      'download.sqlite.part',
    ]
    for (const name of [old, journal, now, others]) writeFileSync(join(root, name), 'Noor')
    for (const name of [old, journal, others]) utimesSync(join(root, name), 1, 1)
    expect(run(folder, join(root, 'after.sqlite')).code).toBe(0)
    expect([old, journal, now, others].map((name) => existsSync(join(root, name)))).toEqual([false, false, true, true])
  })

  it('two at once both come out, and of two with one name one does', async () => {
    const place = mkdtempSync(join(root, 'both-'))
    const typed = (name: string) =>
      new Promise<number | null>((resolve) =>
        spawn(process.execPath, [cli, 'backup', join(place, name)], {
          env: { ...process.env, CALMPACE_DATA: folder },
          stdio: 'ignore',
        }).once('close', resolve),
      )
    expect(await Promise.all([typed('a.sqlite'), typed('b.sqlite')])).toEqual([0, 0])
    expect((await Promise.all([typed('c.sqlite'), typed('c.sqlite')])).toSorted()).toEqual([0, 1])
    expect(readdirSync(place).toSorted()).toEqual(['a.sqlite', 'b.sqlite', 'c.sqlite'])
  })

  it('refuses an empty clinic, one older than the last copy, and another one: the nightly copy took the folder of before', async () => {
    const place = mkdtempSync(join(root, 'nightly-'))
    const line = (atMs: number) => ({
      atMs,
      personId: null,
      action: 'retention.ran',
      clientId: null,
      rule: 'retention',
      cameFrom: null,
      detail: {},
    })
    const clinicOf = async (name: string, moments: readonly number[]) => {
      const data = join(place, name)
      const made = await openStore(data)
      await insertGroup(made.db, 'g', 'Groep 1', 1)
      for (const atMs of moments) await made.atomically((db) => appendAudit(db, line(atMs)))
      await made.close()
      return data
    }
    const empty = join(place, 'empty')
    await (await openStore(empty)).close()
    expect(run(empty, join(place, '0.sqlite'))).toMatchObject({
      code: 1,
      complained: [expect.stringMatching(/^the clinic in .*empty is empty; no copy was made\. Which folder/)],
    })
    const served = await clinicOf('served', [1, 2, 3])
    expect(run(served, join(place, '1.sqlite')).code).toBe(0)
    const older = await clinicOf('older', [1, 2])
    expect(run(older, join(place, '2.sqlite'))).toMatchObject({
      code: 1,
      complained: [expect.stringMatching(/^the clinic in .*older is older than the last copy, .*1\.sqlite \(3 lines/)],
    })
    const another = await clinicOf('another', [1, 2, 4, 5])
    expect(run(another, join(place, '2.sqlite'), true)).toMatchObject({ code: 1 })
    expect(backup(another, join(place, '2.sqlite'), collectOutput(false).output, true)).toBe(0)
    // From then on that one goes on.
    expect(run(another, join(place, '3.sqlite')).code).toBe(0)
  })

  it('tells a script the same', () => {
    const file = join(root, 'for-a-script.sqlite')
    const { code, printed, complained } = run(folder, file, true)
    expect([code, complained]).toEqual([0, []])
    expect(printed.map((line): unknown => JSON.parse(line))).toEqual([
      { ok: true, file, bytes: statSync(file).size, logLines: 0, dataFolder: folder },
    ])
    const again = run(folder, file, true)
    expect(again.printed.map((line): unknown => JSON.parse(line))).toEqual([
      { ok: false, code: 'FILE_THERE', message: again.complained[0] },
    ])
  })

  it('says where there is no folder for it', () => {
    expect(run(folder, join(root, 'none', 'copy.sqlite'))).toEqual({
      code: 1,
      printed: [],
      complained: [`there is no ${join(root, 'none')}`],
    })
  })

  it('says in full where the copy is', () => {
    const file = join(root, 'near.sqlite')
    expect(run(folder, relative('.', file)).printed).toEqual([`${file}: whole, 0 lines in its log, from ${folder}`])
  })

  it.each([
    ['backup', '--hlep'],
    ['after-restore', '-x'],
    ['verify-audit', '--jsno'],
    ['serve', 'extra'],
  ])('and no other command takes what it does not know: %s %s', (...args) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: root,
      env: { ...process.env, CALMPACE_DATA: folder },
      encoding: 'utf8',
    })
    expect([status, existsSync(join(root, args[1]))]).toEqual([2, false])
    expect(stderr).toMatch(/^calmpace: .*\nusage: /)
  })

  it('gives no copy of a database that is damaged, or of none', () => {
    expect(run(join(root, 'nothing'), join(root, 'none.sqlite')).code).toBe(1)
    writeFileSync(join(root, 'calmpace.sqlite'), 'no database at all, but long enough to look at'.repeat(50))
    const { code, complained } = run(root, join(root, 'damaged.sqlite'))
    expect([code, complained.length, existsSync(join(root, 'damaged.sqlite'))]).toEqual([1, 1, false])
  })
})
