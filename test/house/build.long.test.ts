// The page's files as a whole: two builds at once leave one of them, and a service worker that lists what is there.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { holdPage } from '../../src/node/hold-page.ts'
import { LEAST_BYTES } from './pack-file.ts'
import { root } from './run.ts'

it('builds that go on at once leave one page, whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-build-'))
  const place = join(folder, 'dist')
  // As for people: what vitest says of itself would make another page.
  const env = { ...process.env, NODE_ENV: 'production' }
  const build = () =>
    new Promise((resolve) =>
      spawn(process.execPath, ['test/house/build.ts', place], { cwd: root, env, stdio: 'ignore' }).once(
        'close',
        resolve,
      ),
    )
  try {
    for (let round = 0; round < 2; round++) {
      expect(await Promise.all([build(), build(), build()])).toEqual([0, 0, 0])
      // Nothing of the others is left beside it.
      expect(readdirSync(folder)).toEqual(['dist', 'dist.lock'])
      const worker = readFileSync(join(place, 'sw.js'), 'utf8')
      const listed = [...worker.matchAll(/url:\s*"([^"]+)"/g)].map(([, path]) => path ?? '')
      expect(listed).toContain('index.html')
      expect(listed.filter((path) => !existsSync(join(place, path)))).toEqual([])
      const page = readFileSync(join(place, 'index.html'), 'utf8')
      for (const [, path] of page.matchAll(/(?:src|href)="\/([^"]+)"/g))
        expect([path, existsSync(join(place, path ?? ''))]).toEqual([path, true])
      for (const file of readdirSync(join(place, 'assets')).filter((name) => name.endsWith('.js')))
        // A smaller one is sent as it is.
        if (statSync(join(place, 'assets', file)).size >= LEAST_BYTES)
          expect(readdirSync(join(place, 'assets'))).toEqual(expect.arrayContaining([`${file}.br`, `${file}.gz`]))
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('replaces no page that a server shows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calmpace-build-'))
  const place = join(folder, 'dist')
  mkdirSync(place)
  writeFileSync(join(place, 'index.html'), 'as people have it open')
  const letGo = holdPage(place)
  try {
    const { status, stderr } = spawnSync(process.execPath, ['test/house/build.ts', place], {
      cwd: root,
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^calmpace: a server shows the page in .* Stop that server/),
    ])
    expect(readFileSync(join(place, 'index.html'), 'utf8')).toBe('as people have it open')
  } finally {
    letGo()
    rmSync(folder, { recursive: true })
  }
})
