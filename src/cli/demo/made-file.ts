// The file in which a made run comes in: what a phone recorded of a group run, or what a watch kept.
import type { DemoRun } from './made-clients.ts'
import { madeStreamFile } from './made-stream.ts'
import { madeWatchFile } from './made-watch.ts'

/** @param by id of the person who held the phone */
export function madeFile(run: DemoRun, by: string): { readonly name: string; readonly bytes: Uint8Array } {
  const day = new Date(run.startedAtMs).toISOString().slice(0, 16).replace(':', '.')
  return run.device === 'phone'
    ? { name: `${day}-groep.cprs`, bytes: madeStreamFile(run, by) }
    : { name: `${day}-horloge.fit`, bytes: madeWatchFile(run) }
}
