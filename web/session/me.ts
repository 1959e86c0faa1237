// Who is at the page, as the server says: asked first, and again whenever signing in or out or a second factor changes it.
// What somebody may do is asked of the same policy that the server asks; the server decides.
import { signal } from '@preact/signals'
import { allowInClinic, staffRoles, type ClinicAction } from '../../src/domain/access.ts'
import { findMe, type Me } from '../api/people.ts'
import { codeOf, onRefusal } from '../api/request.ts'

export type Who =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly code: string }
  | { readonly state: 'nobody' }
  | { readonly state: 'there'; readonly me: Me; readonly mustSecure: boolean }

export const who = signal<Who>({ state: 'asking' })

onRefusal((code) => {
  if (code === 'SIGNED_OUT') who.value = { state: 'nobody' }
  if (code === 'SECOND_FACTOR_REQUIRED' && who.value.state === 'there') who.value = { ...who.value, mustSecure: true }
})

/** Ask the server who is here. */
export async function loadMe(): Promise<void> {
  try {
    const me = await findMe()
    who.value = { state: 'there', me, mustSecure: me.graceUntilMs !== null && me.graceUntilMs < Date.now() }
  } catch (error) {
    const code = codeOf(error)
    who.value = code === 'SIGNED_OUT' ? { state: 'nobody' } : { state: 'failed', code }
  }
}

export const may = (me: Me, action: ClinicAction): boolean => allowInClinic(me.roles, action) !== null
/** Whether somebody needs a second factor. */
export const isStaff = (person: Pick<Me, 'roles'>): boolean => person.roles.some((role) => staffRoles.includes(role))

/** Whole minutes that staff may still go on without a second factor; null where that does not matter. */
export function graceMinutes(me: Me, nowMs: number): number | null {
  return me.graceUntilMs === null ? null : Math.max(0, Math.ceil((me.graceUntilMs - nowMs) / 60_000))
}
