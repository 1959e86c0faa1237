// `calmpace demo`: a throw-away clinic with made people, to look around in. It is filled over HTTP as people would fill it,
// and gone when it ends. For practice at a group run the page has straps of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../node/environment.ts'
import { serve } from '../node/serve.ts'
import { demoPeople, fillClinic } from './demo/fill-clinic.ts'

/** Serves until it is stopped.
 *  @returns the exit code */
export async function demo(
  environment: Environment,
  print: (line: string) => void,
  complain: (line: string) => void,
): Promise<0 | 1> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'calmpace-demo-'))
  const clean = () => rmSync(dataFolder, { recursive: true, force: true })
  try {
    const served = await serve({ ...environment, dataFolder })
    const stop = () =>
      void served.close().then(() => {
        clean()
        process.exit(0)
      })
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    complain('making eight weeks of runs')
    await fillClinic(served, Date.now())
    print(`calmpace: a throw-away clinic at ${served.url}; it is gone when this ends`)
    for (const { email, password, what } of demoPeople) print(`  ${email}  ${password}  (${what})`)
    return 0
  } catch (error) {
    clean()
    complain(error instanceof Error ? error.message : String(error))
    return 1
  }
}
