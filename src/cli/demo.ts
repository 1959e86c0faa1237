// `calmpace demo`: a clinic with made people, to look around in, filled over HTTP as people would fill it. It is thrown away when it
// ends, unless a folder is named for it. For practice at a group run the page has straps of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { endBySignal } from '../node/end-by-signal.ts'
import type { Environment } from '../node/environment.ts'
import { requireFailure } from '../node/failure.ts'
import { serve, type Served } from '../node/serve.ts'
import { demoPeople, fillClinic } from './demo/fill-clinic.ts'
import { emptyHalfMade, markDemo, openDemoFolder } from './demo/kept-folder.ts'
import type { Output } from './output.ts'

/** Serves until it is stopped.
 *  @param keptFolder where it is kept; null throws it away at its end
 *  @returns the exit code */
export async function demo(environment: Environment, keptFolder: string | null, output: Output): Promise<number> {
  let [folder, served, isStopping, isHalfMade]: [string | null, Served | null, boolean, boolean] = [
    null,
    null,
    false,
    false,
  ]
  const end = async () => {
    isStopping = true
    await served?.close()
    if (folder === null) return
    if (keptFolder === null) rmSync(folder, { recursive: true, force: true })
    else if (isHalfMade) emptyHalfMade(folder)
  }
  endBySignal(end)
  try {
    folder = keptFolder ?? mkdtempSync(join(tmpdir(), 'calmpace-demo-'))
    const state = openDemoFolder(folder)
    served = await serve({ ...environment, dataFolder: folder }, undefined, { isDemo: true })
    if (state === 'begun') {
      output.complain('making eight weeks of runs')
      isHalfMade = true
      markDemo(folder, 'filling')
      await fillClinic(served, Date.now())
      markDemo(folder, 'made')
      isHalfMade = false
    }
    for (const line of where(served.url, keptFolder)) output.print(line)
    return 0
  } catch (error) {
    // A clinic that is being stopped answers its filling no more.
    if (isStopping) return 0
    await end()
    return output.fail(requireFailure(error, folder ?? tmpdir()))
  }
}

const where = (url: string, keptFolder: string | null): string[] => [
  keptFolder === null
    ? `calmpace: a throw-away clinic at ${url}; it is gone when this ends`
    : `calmpace: a clinic of made people at ${url}; it is kept in ${resolve(keptFolder)}`,
  ...demoPeople.map(({ email, password, what }) => `  ${email}  ${password}  (${what})`),
]
