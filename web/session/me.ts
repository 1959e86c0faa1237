// Who is at the page, as the server says: asked first, and again whenever signing in or out or a second factor changes it.
// Where it cannot be reached, staff are who they were on this browser (kept-me.ts). What somebody may do is asked of the same
// policy that the server asks; the server decides.
import { signal } from '@preact/signals'
import { allowInClinic, staffRoles, type ClinicAction } from '../../src/domain/access.ts'
import { findMe, type Me } from '../api/people.ts'
import { isSilence, type AnswerMeaning } from '../api/answer-meanings.ts'
import { codeOf, meaningOf, onRefusal } from '../api/request.ts'
import { thisOutbox } from '../outbox/this-browser.ts'
import { findKeptMe, forgetMe, keepMe } from './kept-me.ts'

export type Who =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly code: string }
  | { readonly state: 'nobody' }
  | {
      readonly state: 'there'
      readonly me: Me
      readonly mustSecure: boolean
      /** Why the server could not be asked; this browser kept who was signed in. Null where it was. */
      readonly away: AnswerMeaning | null
    }

export const who = signal<Who>({ state: 'asking' })

onRefusal((code) => {
  if (code === 'SIGNED_OUT') void beSignedOut()
  if (code === 'SECOND_FACTOR_REQUIRED' && who.value.state === 'there') who.value = { ...who.value, mustSecure: true }
})

/** A run that is being recorded goes on, with whom and what this browser knows: nobody signs in with gloves on. What it
 *  recorded waits on the disk until somebody does (`signInAgain`). */
async function beSignedOut(): Promise<void> {
  // A disk that does not answer is no reason to take the run away from whoever guides it.
  const isRecording = await thisOutbox.isRecording().catch(() => true)
  const kept = isRecording ? await findKeptMe(Date.now()) : null
  who.value = kept === null ? { state: 'nobody' } : there(kept, 'signed_out')
  await forgetMe()
}

export function signInAgain(): void {
  who.value = { state: 'nobody' }
}

/** Ask the server who is here. While it does not say, it is asked again now and then; that is shown. */
export async function loadMe(): Promise<void> {
  clearTimeout(retry)
  try {
    const me = await findMe()
    who.value = there(me, null)
    void keepMe(isStaff(me) ? me : null, Date.now())
  } catch (error) {
    const meaning = meaningOf(error)
    // The rest of being signed out is done where every refusal is heard.
    if (meaning === 'signed_out') return
    const kept = isSilence(meaning) ? await findKeptMe(Date.now()) : null
    who.value = kept === null ? { state: 'failed', code: codeOf(error) } : there(kept, meaning)
    retry = setTimeout(retryNow, RETRY_MS)
  }
}

/** product choice */
const RETRY_MS = 30_000
let retry: ReturnType<typeof setTimeout> | undefined

/** Nobody looks, or there is no network: then the next look or the network asks. */
function retryNow(): void {
  if (document.hidden || !navigator.onLine) return
  const here = who.value
  const isSilent = here.state === 'there' && here.away !== null && here.away !== 'signed_out'
  if (here.state === 'failed' || isSilent) void loadMe()
}
addEventListener('online', retryNow)
document.addEventListener('visibilitychange', retryNow)

const there = (me: Me, away: AnswerMeaning | null): Who => ({
  state: 'there',
  me,
  mustSecure: me.graceUntilMs !== null && me.graceUntilMs < Date.now(),
  away,
})

export const may = (me: Me, action: ClinicAction): boolean => allowInClinic(me.roles, action) !== null
/** Whether somebody needs a second factor. */
export const isStaff = (person: Pick<Me, 'roles'>): boolean => person.roles.some((role) => staffRoles.includes(role))

/** Whole minutes that staff may still go on without a second factor; null where that does not matter. */
export function graceMinutes(me: Me, nowMs: number): number | null {
  return me.graceUntilMs === null ? null : Math.max(0, Math.ceil((me.graceUntilMs - nowMs) / 60_000))
}
