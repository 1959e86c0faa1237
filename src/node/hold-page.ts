// The server locks the page that it serves. A build must not replace the files of people who have the page open, or
// install a page that this server does not know.
import { lockFile } from './file-lock.ts'

/** A build needs a few milliseconds to put its page in the place of another. */
const REPLACED_MS = 2000

const lockOf = (pageFolder: string): string => `${pageFolder.replace(/[\\/]$/, '')}.lock`

/** @returns what lets go of it */
export function holdPage(pageFolder: string): () => void {
  try {
    return lockFile(lockOf(pageFolder), 'shared') ?? (() => undefined)
  } catch {
    // Where nobody may write beside the page, nobody builds there.
    return () => undefined
  }
}

/** @returns whether people have this page open through a server. A build that is just replacing it is none
 *  @internal asked by the build (test/house/build.ts) */
export const isPageHeld = (pageFolder: string): boolean => {
  const letGo = replacePage(pageFolder)
  letGo?.()
  return letGo === null
}

/** Waits for another build that is replacing it.
 *  @returns what ends the replacing; null where a server holds the page */
export function replacePage(pageFolder: string): (() => void) | null {
  const untilMs = Date.now() + REPLACED_MS
  for (;;) {
    const letGo = lockFile(lockOf(pageFolder), 'alone')
    if (letGo !== null || Date.now() > untilMs) return letGo
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
  }
}
