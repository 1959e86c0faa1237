// The folder of a demo that is kept, and whether made people may go into it: never into one that held anything before the demo began
// there. What a demo has come to stands in a file beside its database.
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPrivateFolder } from '../../node/private-folder.ts'
import { ExpectedError } from '../../store/expected-error.ts'

const MARK = 'demo'
/** Begun: nobody is in it yet. Filling: made people are being written. Made: all of them are there. */
export type DemoState = 'begun' | 'filling' | 'made'

/** Make the folder where it is missing, and begin a demo in it where it is empty.
 *  @returns whether it has its made people already, or is to be filled
 *  @throws in words, where it holds anything else; nothing was changed then */
export function openDemoFolder(folder: string): 'begun' | 'made' {
  const names = statSync(folder, { throwIfNoEntry: false }) === undefined ? [] : readdirSync(folder)
  if (names.length === 0) {
    begin(folder)
    return 'begun'
  }
  const state = names.includes(MARK) ? readFileSync(join(folder, MARK), 'utf8').trim() : null
  if (state === 'begun' || (state === 'made' && names.includes('calmpace.sqlite'))) return state
  const way = 'A demo goes into an empty folder: unset CALMPACE_DATA, or name another one'
  if (state !== null)
    throw new ExpectedError(
      'DEMO_BROKEN_OFF',
      `the demo in ${folder} is being made by another one, or was broken off while it was made. ${way}`,
    )
  const what = names.includes('calmpace.sqlite') ? 'holds a practice' : 'is not empty'
  throw new ExpectedError('NOT_EMPTY', `${folder} ${what}; nothing was changed. ${way}`)
}

export function markDemo(folder: string, state: DemoState): void {
  writeFileSync(join(folder, MARK), `${state}\n`)
}

/** What a demo that is stopped while it is made has written so far, so that the next one can begin in the folder. Nothing of it was
 *  anybody's: it began in an empty one. */
export function emptyHalfMade(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** Of two demos that begin in one folder at the same moment one fails here. */
function begin(folder: string): void {
  // Nothing was in it that anybody could have read: it is made its owner's alone without asking.
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found !== undefined && found.uid === process.geteuid?.()) chmodSync(folder, 0o700)
  openPrivateFolder(folder)
  writeFileSync(join(folder, MARK), 'begun\n', { flag: 'wx' })
}
