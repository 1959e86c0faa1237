// The secret of an invitation's link: taken out of the address at once, so that it stays in no history and no screenshot.
import { signal } from '@preact/signals'

/** Null where the page was opened without one. */
export const invitationToken = signal<string | null>(null)

/** Called at the start of the page, and when the address gets another end. */
export function takeInvitationToken(): void {
  if (location.pathname !== '/join' || location.hash.length < 2) return
  invitationToken.value = location.hash.slice(1)
  history.replaceState(null, '', '/join')
}
addEventListener('hashchange', takeInvitationToken)
