// `npm run build [FOLDER]`: builds the page into web/dist. It is made in a folder of its own and takes its place whole, so that
// neither a second build nor a server meanwhile has a service worker of one page beside the files of another.
import { randomUUID } from 'node:crypto'
import { readdirSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packFile } from './pack-file.ts'
import { root, run } from './run.ts'
import { isPageHeld, replacePage } from '../../src/node/hold-page.ts'

/** @returns false where the build failed: what was there is there then */
export function buildInto(place: string): boolean {
  if (isPageHeld(place)) return refuse(place)
  const began = new Date()
  const own = randomUUID().slice(0, 8)
  const beside = `${place}.${own}-new`
  try {
    if (!run('vite', 'build', '--config', 'web/vite.config.ts', '--outDir', beside, '--logLevel', 'warn')) return false
    for (const file of readdirSync(beside, { recursive: true, encoding: 'utf8' })) packFile(join(beside, file))
    // What changed meanwhile is newer than this page.
    utimesSync(join(beside, 'index.html'), began, began)
    const end = replacePage(place)
    if (end === null) return refuse(place)
    takePlace(beside, place, `${place}.${own}-old`)
    end()
    return true
  } finally {
    rmSync(beside, { recursive: true, force: true })
  }
}

function refuse(place: string): false {
  console.error(
    `calmpace: a server shows the page in ${place} to people; nothing was replaced. Stop that server first, then build or start again`,
  )
  return false
}

/** The last one stays; another build may put its own there between the two steps. */
function takePlace(beside: string, place: string, aside: string): void {
  for (;;) {
    if (isMoved(place, aside, 'ENOENT')) rmSync(aside, { recursive: true })
    if (isMoved(beside, place, 'ENOTEMPTY', 'EEXIST')) return
  }
}

/** @param expected codes of what another build may have done meanwhile */
function isMoved(from: string, to: string, ...expected: readonly string[]): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && expected.includes(String(error.code))) return false
    throw error
  }
}

if (import.meta.main) process.exitCode = buildInto(resolve(process.argv[2] ?? join(root, 'web/dist'))) ? 0 : 1
