// Who may do what, as data: the policy of a clinic and the pure function that asks it. It returns the rule that allowed,
// which the log keeps; what no rule allows is refused. The store and the routes ask here and nowhere else.

/** Every role there is, and what it brings besides what the rules below allow. A person may hold several. */
const roleTable = {
  administrator: { isStaff: true, worksInGroups: false },
  supervisor: { isStaff: true, worksInGroups: true },
  therapist: { isStaff: true, worksInGroups: true },
  client: { isStaff: false, worksInGroups: false },
} as const satisfies Record<string, { readonly isStaff: boolean; readonly worksInGroups: boolean }>
type Table = typeof roleTable
export type Role = keyof Table
type With<Trait extends 'isStaff' | 'worksInGroups'> = {
  [Each in Role]: Table[Each][Trait] extends true ? Each : never
}[Role]
/** Who works here: needs a second factor, and is invited by an administrator. */
export type StaffRole = With<'isStaff'>
/** What staff can be in a group. */
export type GroupRole = With<'worksInGroups'>

export const roles = Object.keys(roleTable) as readonly Role[]
export const isStaffRole = (role: Role): role is StaffRole => roleTable[role].isStaff
export const staffRoles = roles.filter(isStaffRole)
export const groupRoles = roles.filter((role): role is GroupRole => roleTable[role].worksInGroups)

/** How a person stands to a client: the client themselves, therapist or supervisor of a group that the client is in, or
 *  looking in an emergency with a reason typed. */
export const relations = ['self', 'therapist_of', 'supervisor_of', 'break_glass'] as const
export type Relation = (typeof relations)[number]

/** What can be done with the data of one client. */
export const clientActions = [
  'client.view',
  'client.change',
  'client.invite',
  'zone.view',
  'zone.set',
  'run.view',
  'run.add',
  'run.record',
  'run.take_over',
  'run.judge',
  'run.decide',
  'run.same',
  'run.date',
  'run.remove',
  'run.export',
  'patterns.view',
  'flag.view',
  'flag.review',
  'plan.view',
  'plan.set',
  'check_in.view',
  'check_in.write',
  'note.view',
  'note.write',
  'log.view',
  'data.export',
  'data.import',
  'data.erase',
] as const
export type ClientAction = (typeof clientActions)[number]

/** What concerns no single client. */
export const clinicActions = [
  'clients.list',
  'client.add',
  'flags.list',
  'settings.view',
  'settings.change',
  'people.view',
  'people.manage',
  'groups.view',
  'groups.manage',
  'audit.view',
  'glass.break',
  'glass.view',
  'erase.find',
] as const
export type ClinicAction = (typeof clinicActions)[number]

interface RuleOf<Action> {
  /** Stable; stands in the log. */
  readonly id: string
  readonly role: Role
  readonly actions: readonly Action[]
}
/** A rule about one client holds for one relation to that client. */
export interface ClientRule extends RuleOf<ClientAction> {
  readonly relation: Relation | 'any'
}
export type ClinicRule = RuleOf<ClinicAction>

const viewing = ['client.view', 'zone.view', 'run.view', 'patterns.view', 'plan.view'] as const
/** Flags are worked on by whoever guides the client; each step names who took it. */
const reviewing = ['flag.view', 'flag.review', 'check_in.view', 'note.view'] as const

export const clientRules: readonly ClientRule[] = [
  {
    id: 'client-self',
    role: 'client',
    relation: 'self',
    actions: [
      ...viewing,
      'run.add',
      'run.same',
      'run.date',
      'run.remove',
      'run.export',
      'check_in.view',
      'check_in.write',
      'note.view',
      'note.write',
      'log.view',
      'data.export',
      'data.erase',
    ],
  },
  {
    id: 'therapist-group',
    role: 'therapist',
    relation: 'therapist_of',
    actions: [
      ...viewing,
      ...reviewing,
      'plan.set',
      'note.write',
      'client.change',
      'client.invite',
      'zone.set',
      'run.add',
      'run.record',
      'run.take_over',
      'run.judge',
      'run.decide',
      'run.same',
      'run.date',
      'run.remove',
      'run.export',
      'data.export',
      'data.import',
    ],
  },
  {
    id: 'supervisor-group',
    role: 'supervisor',
    relation: 'supervisor_of',
    actions: [...viewing, ...reviewing, 'run.export'],
  },
  // On a written request, for a client without an account of their own: without seeing anything.
  { id: 'administrator-erase', role: 'administrator', relation: 'any', actions: ['data.erase'] },
  ...staffRoles.map((role): ClientRule => ({
    id: `break-glass-${role}`,
    role,
    relation: 'break_glass',
    actions: viewing,
  })),
]

export const clinicRules: readonly ClinicRule[] = [
  {
    id: 'administrator-clinic',
    role: 'administrator',
    actions: [
      'settings.view',
      'settings.change',
      'people.view',
      'people.manage',
      'groups.view',
      'groups.manage',
      'audit.view',
      'glass.break',
      'glass.view',
      'erase.find',
    ],
  },
  {
    id: 'therapist-clinic',
    role: 'therapist',
    actions: ['clients.list', 'client.add', 'flags.list', 'settings.view', 'groups.view', 'glass.break'],
  },
  {
    id: 'supervisor-clinic',
    role: 'supervisor',
    actions: ['clients.list', 'flags.list', 'settings.view', 'groups.view', 'glass.break'],
  },
  { id: 'client-clinic', role: 'client', actions: ['clients.list'] },
]

/** The rule that lets somebody with these roles, standing like this to the client, do this; null where none does. Rules are
 *  asked in order: an emergency is named only where nothing else allows. */
export const allowOnClient = (
  held: readonly Role[],
  standing: readonly Relation[],
  action: ClientAction,
): ClientRule | null =>
  clientRules.find(
    (rule) =>
      held.includes(rule.role) &&
      (rule.relation === 'any' || standing.includes(rule.relation)) &&
      rule.actions.includes(action),
  ) ?? null

/** The same for what concerns no single client. */
export const allowInClinic = (held: readonly Role[], action: ClinicAction): ClinicRule | null =>
  clinicRules.find((rule) => held.includes(rule.role) && rule.actions.includes(action)) ?? null
