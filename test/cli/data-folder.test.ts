// A data folder that cannot be used, told by every command that reads it: one plain line, and a code for scripts.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { openStore } from '../../src/node/open-store.ts'
import { typeCommand } from '../support/said.ts'

const root = mkdtempSync(join(tmpdir(), 'calmpace-data-folder-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Kind {
  readonly what: string
  readonly make: (path: string) => Promise<void> | void
  readonly code: string
  readonly words: RegExp
}
const kinds: readonly Kind[] = [
  {
    what: 'missing',
    make: () => undefined,
    code: 'NO_DATABASE',
    words: /^no database in \S+\. Which folder does the server use\? Name it in CALMPACE_DATA$/,
  },
  {
    what: 'empty',
    make: (path) => {
      mkdirSync(path)
    },
    code: 'NO_DATABASE',
    words: /^no database in \S+\. Which folder does the server use\? Name it in CALMPACE_DATA$/,
  },
  {
    what: 'a file',
    make: (path) => writeFileSync(path, ''),
    code: 'NOT_A_FOLDER',
    words: /^\S+ is a file, not a folder\. Name the folder of the clinic in CALMPACE_DATA$/,
  },
  {
    what: 'with a folder where the database should be',
    make: (path) => {
      mkdirSync(join(path, 'calmpace.sqlite'), { recursive: true, mode: 0o700 })
    },
    code: 'NOT_A_DATABASE',
    words: /^\S+calmpace.sqlite is a folder, not a database$/,
  },
  {
    what: 'with something else where the database should be',
    make: (path) => {
      mkdirSync(path, { mode: 0o700 })
      writeFileSync(join(path, 'calmpace.sqlite'), 'no database at all, but long enough to look at'.repeat(50))
    },
    code: 'NOT_A_DATABASE',
    words: /^calmpace.sqlite in \S+ is not a database: put a backup back, or name another folder in CALMPACE_DATA$/,
  },
  ...(
    [
      ['', 'a newer calmpace', 'that calmpace'],
      ['9.1.0', 'calmpace 9.1.0', 'calmpace 9.1.0 or a later one'],
    ] as const
  ).map(([version, whose, needed]) => ({
    what: `of a newer calmpace (${version})`,
    make: async (path: string) => {
      await (await openStore(path)).close()
      const sqlite = new DatabaseSync(join(path, 'calmpace.sqlite'))
      sqlite.prepare(`insert into migration select max(step) + 1, nullif(?, '') from migration`).run(version)
      sqlite.close()
    },
    code: 'NEWER_DATABASE',
    words: new RegExp(
      `^${whose} wrote this database \\(\\d+ steps, calmpace [\\d.]+ knows \\d+\\); nothing was changed: use ${needed}$`,
    ),
  })),
]

describe.each(kinds.map((kind, i) => ({ ...kind, path: join(root, `kind-${i}`) })))(
  'a data folder that is $what',
  (kind) => {
    it('is one plain line of every command, and a code with --json', async () => {
      await kind.make(kind.path)
      for (const args of [['verify-audit'], ['after-restore'], ['new-sign-in', 'thea@example.org']]) {
        const { code, out, err } = await typeCommand(args, { CALMPACE_DATA: kind.path })
        expect([args[0], code, out]).toEqual([args[0], 1, ''])
        expect(err.slice('calmpace: '.length, -1)).toMatch(kind.words)
      }
      const { code, out, err } = await typeCommand(['verify-audit', '--json'], { CALMPACE_DATA: kind.path })
      const message = expect.stringMatching(kind.words) as string
      expect([code, JSON.parse(out)]).toEqual([1, { ok: false, code: kind.code, message }])
      expect(err).toMatch(/^calmpace: [^\n]*\n$/)
    })
  },
)

it('of a newer calmpace: nor does the server write to it', async () => {
  const path = join(root, 'newer')
  await kinds.at(-1)?.make(path)
  await expect(openStore(path)).rejects.toThrow('calmpace 9.1.0 wrote this database')
})

it('a variable that is wrong is one line too', async () => {
  expect(await typeCommand(['verify-audit'], { CALMPACE_DATA: root, PORT: 'x' })).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^calmpace: PORT \(now "x"\): [^\n]*\n$/) as string,
  })
})
