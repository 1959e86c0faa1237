// The Node that npm brings beside the lock file is held against a stated checksum before anything runs under it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { checkProgram, pinned, programIn } from '../house/pinned-node.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'calmpace-node-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the pinned Node', () => {
  it('is of the version that package.json pins, so that a new one needs new checksums', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(pinned.version).toBe(dependencies.node)
    // For whoever chooses their Node by nvm, fnm or a builder of images.
    expect(readFileSync(join(root, '.nvmrc'), 'utf8').trim()).toBe(dependencies.node)
  })

  it('is what npm brought here, or no checksum is stated for this machine and that is said', () => {
    const wrong = checkProgram(programIn(join(root, 'node_modules')))
    expect(wrong?.isFatal ?? false).toBe(false)
    expect(wrong === null).toBe(`${process.platform}-${process.arch}` in pinned.sha256)
  })

  it('is refused in words where it is another program', () => {
    const path = join(folder, 'node')
    writeFileSync(path, 'another program')
    expect(checkProgram(path, 'linux-x64')).toMatchObject({ isFatal: true, words: expect.stringContaining(path) })
    expect(checkProgram(path, 'aix-ppc64')).toMatchObject({ isFatal: false })
  })
})
