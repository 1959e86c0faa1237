// `calmpace init`: begins a clinic in a folder that holds none. No other command does, but for the first start in a checkout's own folder.
import { resolve } from 'node:path'
import { hasClinic, requireNoPart } from '../node/clinic-folder.ts'
import { requireFailure } from '../node/failure.ts'
import { openStore } from '../node/open-store.ts'
import { serveAlone } from '../node/serve-alone.ts'
import type { Output } from './output.ts'

/** @returns the exit code: 0 it is made, 1 nothing was */
export async function init(dataFolder: string, output: Output): Promise<0 | 1> {
  try {
    const place = resolve(dataFolder)
    if (hasClinic(dataFolder))
      return output.fail({ code: 'CLINIC_THERE', message: `${place} holds a clinic already; nothing was changed` })
    requireNoPart(place)
    const letGo = serveAlone(dataFolder)
    try {
      await (await openStore(dataFolder)).close()
    } finally {
      letGo()
    }
    output.print(`calmpace: a new clinic in ${place}; calmpace serve prints the address for its first administrator`)
    return 0
  } catch (error) {
    return output.fail(requireFailure(error, dataFolder))
  }
}
