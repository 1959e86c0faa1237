// Signs out so that the holder of the run on this phone can sign in. The page is not reloaded: a new page would receive
// no strap until somebody touches it.
import { signOut } from '../api/sign-in.ts'
import { thisOutbox } from '../outbox/instances.ts'
import { signInAgain, tellLeft } from './me.ts'

/** Sign out, and show where another signs in. @throws ApiError */
export async function leaveTo(): Promise<void> {
  await signOut()
  tellLeft()
  // Where the disk does not take it now, it is wiped when the next one is known (`forgetOthers`).
  await thisOutbox.wipeKept().catch(() => undefined)
  signInAgain()
}
