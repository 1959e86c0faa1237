// Who is at the page, as the server says: asked first, and again whenever signing in or out or a second factor changes it.
// Where it cannot be reached, staff are who they were on this browser (kept-me.ts). What somebody may do is asked of the same
// policy that the server asks; the server decides.
import { signal } from '@preact/signals'
import { allowInClinic, staffRoles, type ClinicAction } from '../../src/domain/access.ts'
import { findMe, type Me } from '../api/people.ts'
import { codeOf, onRefusal } from '../api/request.ts'
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
      /** The server could not be asked: this browser kept who was signed in. */
      readonly offline: boolean
    }

export const who = signal<Who>({ state: 'asking' })

onRefusal((code) => {
  if (code === 'SIGNED_OUT') void beSignedOut()
  if (code === 'SECOND_FACTOR_REQUIRED' && who.value.state === 'there') who.value = { ...who.value, mustSecure: true }
})

/** A run that is being recorded goes on, with whom and what this browser knows: nobody signs in with gloves on. What it
 *  recorded waits on the disk until somebody does (`signInAgain`). */
async function beSignedOut(): Promise<void> {
  const isRecording = await thisOutbox.isRecording().catch(() => false)
  const kept = isRecording ? await findKeptMe(Date.now()) : null
  who.value = kept === null ? { state: 'nobody' } : there(kept, true)
  await forgetMe()
}

export function signInAgain(): void {
  who.value = { state: 'nobody' }
}

/** Ask the server who is here. */
export async function loadMe(): Promise<void> {
  try {
    const me = await findMe()
    who.value = there(me, false)
    void keepMe(isStaff(me) ? me : null, Date.now())
  } catch (error) {
    const code = codeOf(error)
    // The rest of being signed out is done where every refusal is heard.
    if (code === 'SIGNED_OUT') return
    const kept = code === 'offline' ? await findKeptMe(Date.now()) : null
    who.value = kept === null ? { state: 'failed', code } : there(kept, true)
  }
}

const there = (me: Me, offline: boolean): Who => ({
  state: 'there',
  me,
  mustSecure: me.graceUntilMs !== null && me.graceUntilMs < Date.now(),
  offline,
})

addEventListener('online', () => {
  if (who.value.state === 'failed' || (who.value.state === 'there' && who.value.offline)) void loadMe()
})

export const may = (me: Me, action: ClinicAction): boolean => allowInClinic(me.roles, action) !== null
/** Whether somebody needs a second factor. */
export const isStaff = (person: Pick<Me, 'roles'>): boolean => person.roles.some((role) => staffRoles.includes(role))

/** Whole minutes that staff may still go on without a second factor; null where that does not matter. */
export function graceMinutes(me: Me, nowMs: number): number | null {
  return me.graceUntilMs === null ? null : Math.max(0, Math.ceil((me.graceUntilMs - nowMs) / 60_000))
}
