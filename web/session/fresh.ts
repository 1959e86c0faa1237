// Changes of sign-in need a fresh sign-in (`FRESH_SIGN_IN_REQUIRED`). A sheet asks for the proof, and then the change
// continues by itself.
import { signal } from '@preact/signals'
import { ApiError, codeOf } from '../api/request.ts'
import { prove } from '../api/sign-in.ts'
import { who } from './me.ts'

export interface Asked {
  /** Typed a moment ago, where it was: nobody types it twice. */
  readonly password: string | null
  readonly proved: () => void
  readonly cancel: () => void
}
/** The question that is open; null where none is. */
export const askedForProof = signal<Asked | null>(null)

/** Does the work; where it needs a fresh sign-in, asks for it and does the work then.
 *  @param password what the reader has just typed as theirs
 *  @throws ApiError of the work, or `PROOF_CANCELLED` */
export async function whenFresh<T>(work: () => Promise<T>, password: string | null = null): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (codeOf(error) !== 'FRESH_SIGN_IN_REQUIRED') throw error
  }
  const here = who.value
  const needsMore = here.state === 'there' && (here.me.hasTotp || here.me.passkeys > 0)
  if (password !== null && !needsMore) await proveByPassword(password)
  else await new Promise<void>((resolve, reject) => ask(password, resolve, reject))
  return work()
}

function ask(password: string | null, resolve: () => void, reject: (error: Error) => void): void {
  askedForProof.value?.cancel()
  askedForProof.value = {
    password,
    proved: () => {
      askedForProof.value = null
      resolve()
    },
    cancel: () => {
      askedForProof.value = null
      reject(new ApiError('PROOF_CANCELLED'))
    },
  }
}

/** A wrong one is told where it was typed. */
async function proveByPassword(password: string): Promise<void> {
  await prove({ password }).catch((error: unknown) => {
    throw codeOf(error) === 'SIGN_IN_REFUSED' ? new ApiError('INVALID_PASSWORD') : error
  })
}
