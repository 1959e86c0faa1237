// `calmpace rekey`: second factors are sealed with the server's secret. Where that changes (a move to https, a secret that somebody saw),
// this seals them with the new one, all or none. It also writes down that a secret is lost, so that a clinic can go on without it.
import { join } from 'node:path'
import { resealFactors } from '../http/sign-in/sealed-factors.ts'
import type { Environment } from '../node/environment.ts'
import { requireFailure } from '../node/failure.ts'
import { openStore } from '../node/open-store.ts'
import { SHORTEST, readSecret } from '../node/secret.ts'
import { serveAlone } from '../node/serve-alone.ts'
import { appendAudit } from '../store/audit/audit.ts'
import { ExpectedError } from '../store/expected-error.ts'
import { findDatabase } from './open-data.ts'
import type { Output } from './output.ts'

/** @param former the secret until now, where it is not the one in the data folder
 *  @param isLost what opens with neither is written down as lost
 *  @returns the exit code: 0 every second factor opens with the new secret or is known as lost, 1 nothing was changed */
export async function rekey(
  { dataFolder, secret }: Environment,
  former: string | null,
  isLost: boolean,
  nowMs: number,
  output: Output,
): Promise<0 | 1> {
  try {
    findDatabase(dataFolder)
    // Only read: which of two is right nobody knows before the factors were tried.
    const found = await readSecret(dataFolder)
    const inFolder = found !== null && found.length >= SHORTEST ? found : null
    const next = secret ?? inFolder
    if (next === null) throw noSecret(dataFolder)
    const letGo = serveAlone(dataFolder)
    const store = await openStore(dataFolder).catch((error: unknown) => {
      letGo()
      throw error
    })
    try {
      const formers = [former, inFolder].filter((one) => one !== null)
      const { resealed, already, lost } = await store.atomically(async (db) => {
        const done = await resealFactors(db, formers, next, isLost)
        const detail = { resealed: done.resealed, lost: done.lost }
        const action = 'secret.changed'
        await appendAudit(db, {
          atMs: nowMs,
          personId: null,
          action,
          clientId: null,
          rule: 'rekey',
          cameFrom: null,
          detail,
        })
        return done
      })
      output.print(
        `calmpace: ${resealed} second factors are sealed with the new secret, ${already} were already, ${lost} are lost`,
      )
      if (lost > 0)
        output.complain('make a link for whoever lost one, an administrator first: calmpace new-sign-in E-MAIL')
      return 0
    } finally {
      await store.close()
      letGo()
    }
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  }
}

const noSecret = (folder: string) =>
  new ExpectedError(
    'SECRET_UNUSABLE',
    `there is no new secret; nothing was changed: set CALMPACE_SECRET to it, or write it to ${join(folder, 'secret')} and the one of before to CALMPACE_OLD_SECRET`,
  )
