// Puts a line of the log into words. The server gives codes and ids; if there is a word for one, the page never shows
// the code. Pure.
import type { LogLine } from '../../api/people.ts'
import { formatMoment, t, tCode, writtenAs } from '../../messages/translate.ts'
import { roleWords } from '../../ui/role-words.ts'
import type { Visit } from './visits.ts'

/** Names of people by their id. */
export type Names = ReadonlyMap<string, string>

type By = Pick<LogLine, 'personId' | 'personName' | 'action'>

export const whoOf = (line: LogLine): string => (line.whoStruck ? t('log.struckWho') : byWhom(line))

function byWhom({ personId, personName, action }: By): string {
  if (personId !== null) return personName ?? t('log.gone')
  // What nobody did who is signed in: somebody at the door, or at the clinic's own machine.
  if (action === 'account.reset-made') return t('resets.machine')
  return ['account.', 'sign-in.', 'refused'].some((kind) => action.startsWith(kind))
    ? t('log.nobody')
    : t('log.calmpace')
}

/** The action; for a refusal also the reason, because a mistake is no misuse. */
export function didOf({ action, detail }: Pick<LogLine, 'action' | 'detail'>): string {
  const words = tCode('action', action, action)
  const code = action === 'refused' ? detail['code'] : null
  return typeof code === 'string' ? tCode('refused', code, words) : words
}

/** @param names of everybody who has an account */
export function factsOf(line: LogLine, names: Names): string[] {
  const { clientId, rule, cameFrom } = line
  const facts = [
    clientId === null ? '' : t('log.client', { id: clientId }),
    clientsOf(line.clientIds),
    line.whomStruck && !line.whoStruck ? t('log.struckWhom') : '',
    rule === null ? '' : tCode('right', rule, t('log.rule', { rule })),
    cameFrom === null ? '' : t('log.from', { from: cameFrom }),
    ...Object.entries(line.detail).map(([key, value]) => factOf(key, value, names)),
  ]
  return facts.filter((fact) => fact !== '')
}

/** Whom a look at a list was at. */
const clientsOf = (ids: readonly string[]): string =>
  ids.length === 0 ? '' : t('log.clients', { count: ids.length, ids: ids.map(inShort).join(', ') })

function factOf(key: string, value: unknown, names: Names): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return ''
  const words = wordsOf(key, value, names)
  const fact = tCode('detail', key, words === '' ? key : `${key}: ${words}`, { value: words })
  return value === false ? t('detail.not', { what: fact }) : fact
}

const people = new Set(['personId', 'invitedBy', 'madeBy', 'of', 'fromPersonId', 'toPersonId', 'recordedBy', 'by'])

function wordsOf(key: string, value: unknown, names: Names): string {
  if (typeof value === 'boolean') return ''
  if (key.endsWith('Ms') && typeof value === 'number') return formatMoment(value)
  if (key === 'roles' && Array.isArray(value)) return roleWords(value.map(String))
  if (typeof value !== 'string') return Array.isArray(value) ? value.map(inShort).join(', ') : JSON.stringify(value)
  if (people.has(key)) return names.get(value) ?? t('log.gone')
  if (key === 'asked') return tCode('action', value, value)
  if (key === 'code') return tCode('problem', value, value)
  return inShort(value)
}

/** Of an id as much as tells it from the others. */
const inShort = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/^([0-9a-f]{8})-[0-9a-f-]{27}$/, '$1') : JSON.stringify(value)

/** A visit as the client reads it whom it is about.
 *  @param myId the client's own account */
export function visitWords(visit: Visit, myId: string): { readonly who: string; readonly did: string } {
  const { personId, personName, actions } = visit
  const [action = ''] = actions
  const who =
    personId === myId
      ? t('log.you')
      : personId === null && action === 'account.link-opened'
        ? t('log.withLink')
        : byWhom({ personId, personName, action })
  const did = actions.map((one) => tCode('mine', one, tCode('action', one, one)))
  return { who, did: new Intl.ListFormat(writtenAs()).format(did) }
}
