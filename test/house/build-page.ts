// Builds the page where the built one is older than its sources.
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildInto } from './build.ts'
import { root } from './run.ts'

/** @returns false where the build failed */
export function buildPage(): boolean {
  const built = join(root, 'web/dist/index.html')
  const sources = [
    'web/**/*.{ts,tsx,css,json,html,svg,png}',
    'src/{demo,domain,formats,http,live}/**/*.ts',
    'package-lock.json',
  ]
  const newest = globSync(sources, { cwd: root, exclude: (path) => path.includes('dist') })
    .map((path) => statSync(join(root, path)).mtimeMs)
    .reduce((latest, at) => Math.max(latest, at), 0)
  if (existsSync(built) && statSync(built).mtimeMs > newest) return true
  console.error('calmpace: building the page')
  return buildInto(join(root, 'web/dist'))
}
