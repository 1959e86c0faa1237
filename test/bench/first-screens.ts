// How much of the built page each first screen needs: its files and all that they import plainly, as they go over the line.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../house/run.ts'

const folder = join(root, 'web/dist')
const assets = join(folder, 'assets')

/** By the files that are loaded for them, beside the entry. */
const screens = [
  { name: 'sign-in', parts: [], limitBytes: 70_000 },
  { name: 'own runs', parts: ['my-runs-screen'], limitBytes: 70_000 },
  { name: 'list of runners', parts: ['clients-screen'], limitBytes: 95_000 },
  { name: 'live', parts: ['group-run-screen', 'run-bar'], limitBytes: 110_000 },
  { name: 'review', parts: ['review-screen'], limitBytes: 120_000 },
] as const

export interface FirstScreen {
  readonly name: string
  /** As brotli, script and style and the words of one language. */
  readonly bytes: number
  readonly limitBytes: number
}

export function findFirstScreens(): readonly FirstScreen[] {
  const all = readdirSync(assets)
  const page = readFileSync(join(folder, 'index.html'), 'utf8')
  const named = [...page.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(([, name]) => name ?? '')
  return screens.map(({ name, parts, limitBytes }) => {
    const begun = ['nl', ...parts].flatMap((part) =>
      all.filter((file) => new RegExp(`^${part}-[\\w-]{8}\\.(?:js|css)$`).test(file)),
    )
    const needed = new Set<string>()
    for (const file of [...named, ...begun]) addWithImports(file, needed)
    return { name, limitBytes, bytes: [...needed].reduce((sum, file) => sum + sentBytes(file, all), 0) }
  })
}

function addWithImports(file: string, needed: Set<string>): void {
  if (needed.has(file)) return
  needed.add(file)
  if (!file.endsWith('.js')) return
  const text = readFileSync(join(assets, file), 'utf8')
  for (const [, name = ''] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) addWithImports(name, needed)
}

const sentBytes = (file: string, all: readonly string[]): number =>
  statSync(join(assets, all.includes(`${file}.br`) ? `${file}.br` : file)).size
