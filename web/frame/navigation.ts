// The navigation, as data: each person sees only what their roles allow.
import type { Me } from '../api/people.ts'
import type { MessageKey } from '../messages/translate.ts'
import { may } from '../session/me.ts'

export interface Place {
  readonly path: string
  readonly name: MessageKey
  readonly isFor: (me: Me) => boolean
}

/** Whether somebody guides runners, so that their list of runners is where they begin. */
export const guides = (me: Me): boolean => me.roles.includes('therapist') || me.roles.includes('supervisor')

export const places: readonly Place[] = [
  { path: '/', name: 'clients.title', isFor: guides },
  { path: '/review', name: 'flags.title', isFor: (me) => may(me, 'flags.list') },
  { path: '/group-run', name: 'nav.groupRun', isFor: (me) => me.roles.includes('therapist') },
  { path: '/mine', name: 'nav.mine', isFor: (me) => me.clientId !== null },
  { path: '/people', name: 'nav.people', isFor: (me) => may(me, 'people.view') },
  { path: '/groups', name: 'nav.groups', isFor: (me) => may(me, 'groups.manage') },
  { path: '/log', name: 'nav.log', isFor: (me) => may(me, 'audit.view') },
  { path: '/break-glass', name: 'nav.glass', isFor: (me) => may(me, 'glass.break') },
  { path: '/erase', name: 'nav.erase', isFor: (me) => may(me, 'erase.find') },
  { path: '/settings', name: 'nav.settings', isFor: (me) => may(me, 'settings.view') },
]
