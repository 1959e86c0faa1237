// `calmpace backup` by itself; killed, and while a server imports, it is in test/faults/rights.ts.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backup } from '../../src/cli/backup.ts'
import { openStore } from '../../src/node/open-store.ts'
import { insertGroup } from '../../src/store/groups.ts'

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

function run(from: string, file: string) {
  const [printed, complained]: [string[], string[]] = [[], []]
  const code = backup(
    from,
    file,
    (line) => printed.push(line),
    (line) => complained.push(line),
  )
  return { code, printed, complained }
}

describe('calmpace backup', () => {
  it('writes a copy that is a data folder of its own, readable by its owner alone', async () => {
    const file = join(root, 'copy', 'calmpace.sqlite')
    expect(run(folder, file)).toMatchObject({ code: 1, printed: [] })
    const other = await openStore(join(root, 'copy'))
    await other.close()
    rmSync(file)
    expect(run(folder, file)).toEqual({ code: 0, printed: [`${file}: whole, 0 lines in its log`], complained: [] })
    expect([statSync(file).mode & 0o777, existsSync(`${file}.part`)]).toEqual([0o600, false])
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

  it('gives no copy of a database that is damaged, or of none', () => {
    expect(run(join(root, 'nothing'), join(root, 'none.sqlite')).code).toBe(1)
    writeFileSync(join(root, 'calmpace.sqlite'), 'no database at all, but long enough to look at'.repeat(50))
    const { code, complained } = run(root, join(root, 'damaged.sqlite'))
    expect([code, complained.length, existsSync(join(root, 'damaged.sqlite'))]).toEqual([1, 1, false])
  })
})
