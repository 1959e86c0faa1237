// Entry: Node, one SQLite file. `npm start` and `calmpace serve` run it.
import { resolve } from 'node:path'
import { tell, complain } from './live/tell.ts'
import { endBySignal } from './node/end-by-signal.ts'
import { readEnvironment } from './node/environment.ts'
import { findFailure } from './node/failure.ts'
import { keepToOneself } from './node/private-folder.ts'
import { serve } from './node/serve.ts'
import { letYoungSpaceGrow } from './node/young-space.ts'

keepToOneself()
const environment = readEnvironment(process.env)
if (environment.ok) {
  // SQLite rewrites a database through a file without a name: on the same disk, not on that of the machine's temporary files.
  process.env['SQLITE_TMPDIR'] = resolve(environment.value.dataFolder)
  const { dataFolder } = environment.value
  try {
    const served = await serve(environment.value)
    letYoungSpaceGrow()
    endBySignal(served.close)
    const reach = environment.value.origin === null ? ' (for this machine only)' : ''
    // The address ends its line: what stands behind a token is copied with it.
    tell(`calmpace: data in ${resolve(dataFolder)}${reach}`)
    tell(`calmpace: open ${served.firstUrl ?? served.url}`)
    if (served.firstUrl !== null)
      tell('calmpace: nobody can sign in yet; that address, once, makes the first administrator')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    complain(`calmpace: ${findFailure(error, dataFolder)?.message ?? reason}`)
    process.exitCode = 1
  }
} else {
  complain(`calmpace: ${environment.reason}`)
  process.exitCode = 1
}
