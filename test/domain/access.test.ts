import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allowInClinic,
  allowOnClient,
  clientActions,
  clientRules,
  clinicActions,
  clinicRules,
  relations,
  roles,
  type ClientAction,
  type ClinicAction,
  type Relation,
  type Role,
} from '../../src/domain/access.ts'

type Standing = Relation | 'none'
const standings: readonly Standing[] = ['none', ...relations]

/** By hand, not from the rules: for each action, which role in which relation is let in, and by which rule. What does not
 *  stand here is refused. */
const self = { 'client self': 'client-self' }
const therapist = { 'therapist therapist_of': 'therapist-group' }
const supervisor = { 'supervisor supervisor_of': 'supervisor-group' }
const glass = {
  'administrator break_glass': 'break-glass-administrator',
  'supervisor break_glass': 'break-glass-supervisor',
  'therapist break_glass': 'break-glass-therapist',
}
const administratorErase = Object.fromEntries(
  standings.map((standing) => [`administrator ${standing}`, 'administrator-erase']),
)
const onClient: Readonly<Record<ClientAction, Readonly<Record<string, string>>>> = {
  'client.view': { ...self, ...therapist, ...supervisor, ...glass },
  'client.change': therapist,
  'client.invite': therapist,
  'zone.view': { ...self, ...therapist, ...supervisor, ...glass },
  'zone.set': therapist,
  'run.view': { ...self, ...therapist, ...supervisor, ...glass },
  'run.add': { ...self, ...therapist },
  'run.record': therapist,
  'run.take_over': therapist,
  'run.judge': therapist,
  'run.decide': therapist,
  'run.same': { ...self, ...therapist },
  'run.date': { ...self, ...therapist },
  'run.remove': { ...self, ...therapist },
  'run.export': { ...self, ...therapist, ...supervisor },
  'patterns.view': { ...self, ...therapist, ...supervisor, ...glass },
  'flag.view': { ...therapist, ...supervisor },
  'flag.review': { ...therapist, ...supervisor },
  'plan.view': { ...self, ...therapist, ...supervisor, ...glass },
  'plan.set': therapist,
  'check_in.view': { ...self, ...therapist, ...supervisor },
  'check_in.write': self,
  'note.view': { ...self, ...therapist, ...supervisor },
  'note.write': { ...self, ...therapist },
  'log.view': self,
  'data.export': { ...self, ...therapist },
  'data.import': therapist,
  'data.erase': { ...self, ...administratorErase },
}
const inClinic: Readonly<Record<ClinicAction, readonly Role[]>> = {
  'clients.list': ['supervisor', 'therapist', 'client'],
  'client.add': ['therapist'],
  'flags.list': ['supervisor', 'therapist'],
  'settings.view': ['administrator', 'supervisor', 'therapist'],
  'settings.change': ['administrator'],
  'people.view': ['administrator'],
  'people.manage': ['administrator'],
  'groups.view': ['administrator', 'supervisor', 'therapist'],
  'groups.manage': ['administrator'],
  'audit.view': ['administrator'],
  'glass.break': ['administrator', 'supervisor', 'therapist'],
  'glass.view': ['administrator'],
  'erase.find': ['administrator'],
}
const standingOf = (standing: Standing): readonly Relation[] => (standing === 'none' ? [] : [standing])

describe('the policy', () => {
  it.each(clientActions.flatMap((action) => roles.map((role) => [action, role] as const)))(
    '%s as %s is allowed in the relations that are written down, and in no other',
    (action, role) => {
      for (const standing of standings) {
        const rule = allowOnClient([role], standingOf(standing), action)
        expect([standing, rule?.id ?? null]).toEqual([standing, onClient[action][`${role} ${standing}`] ?? null])
      }
    },
  )

  it.each(clinicActions.flatMap((action) => roles.map((role) => [action, role] as const)))(
    '%s in the clinic as %s is as written down',
    (action, role) => {
      expect(allowInClinic([role], action)?.id ?? null).toBe(inClinic[action].includes(role) ? `${role}-clinic` : null)
    },
  )

  it('lets nobody without a role do anything', () => {
    for (const action of clientActions) expect(allowOnClient([], relations, action)).toBeNull()
    for (const action of clinicActions) expect(allowInClinic([], action)).toBeNull()
  })

  it('lets an administrator see no heart rate without another role or a broken glass', () => {
    const seen = clientActions.filter((action) => allowOnClient(['administrator'], ['self', 'therapist_of'], action))
    expect(seen).toEqual(['data.erase'])
  })

  it('names an emergency only where nothing else allows', () => {
    const rule = allowOnClient(['administrator', 'therapist'], ['break_glass', 'therapist_of'], 'run.view')
    expect(rule?.id).toBe('therapist-group')
  })

  it('gives more roles and relations never less', () => {
    const some = <T>(of: readonly T[]) => fc.subarray([...of])
    fc.assert(
      fc.property(
        some(roles),
        some(roles),
        some(relations),
        some(relations),
        fc.constantFrom(...clientActions),
        (held, more, standing, closer, action) => {
          if (allowOnClient(held, standing, action) === null) return true
          return allowOnClient([...held, ...more], [...standing, ...closer], action) !== null
        },
      ),
    )
  })

  it('has an id of its own for each rule, for the log', () => {
    const ids = [...clientRules, ...clinicRules].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
