// What the log says to whom: no code, no key and no id where there is a word, and to a client what is about them.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { clientRules, clinicRules } from '../../src/domain/access.ts'
import type { LogLine } from '../../web/api/people.ts'
import { toVisits } from '../../web/screens/audit/visits.ts'
import { speakDutch } from '../support/dutch.ts'

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'nl' })
  await speakDutch()
})
afterAll(() => void vi.unstubAllGlobals())
const words = () => import('../../web/screens/audit/log-words.ts')

const bo = '5d3b0c1e-0000-4000-8000-000000000001'
const line = (more: Partial<LogLine>): LogLine => ({
  seq: 1,
  atMs: 0,
  personId: 'thea',
  personName: 'Thea',
  action: 'people.manage',
  clientId: null,
  clientIds: [],
  rule: 'administrator-clinic',
  cameFrom: null,
  detail: {},
  hash: '',
  whoStruck: false,
  whomStruck: false,
  ...more,
})
const facts = async (more: Partial<LogLine>) => (await words()).factsOf(line(more), new Map([[bo, 'Bo']]))

it('has words for every rule', async () => {
  const { isKey } = await import('../../web/messages/translate.ts')
  expect([...clientRules, ...clinicRules].filter(({ id }) => !isKey(`right.${id}`))).toEqual([])
})

it('names people, says what was true and what was not, and shortens ids', async () => {
  expect(await facts({ detail: { personId: bo, passkeyRemoved: true, sessionsEnded: true } })).toEqual([
    'als beheerder',
    'over Bo',
    'passkey weggehaald',
    'overal afgemeld',
  ])
  expect(
    await facts({ rule: null, detail: { found: 0, withoutNetwork: false, resetId: bo, who: '', whom: '9-11' } }),
  ).toEqual([
    '0 gevonden',
    'niet: zonder netwerk',
    'link voor nieuwe toegang 5d3b0c1e',
    'over wie het ging, geschrapt uit regels 9-11',
  ])
})

it('tells a slip from a trespass', async () => {
  const { didOf } = await words()
  const refused = (code: string) => didOf(line({ action: 'refused', detail: { asked: 'data.erase', code } }))
  expect(['NOT_CONFIRMED', 'FRESH_SIGN_IN_REQUIRED', 'NOT_FOUND'].map(refused)).toEqual([
    'typte de naam niet goed over',
    'moest eerst nog eens laten zien wie het is',
    'mocht iets niet',
  ])
})

it('says of what calmpace does by itself that it did, and of nobody else', async () => {
  const { whoOf } = await words()
  const by = (action: string) => whoOf(line({ personId: null, personName: null, action }))
  expect(['log.struck', 'retention.delete'].map(by)).toEqual(['Calmpace zelf', 'Calmpace zelf'])
  expect(['sign-in.refused', 'refused'].map(by)).toEqual([
    'Iemand die niet was aangemeld',
    'Iemand die niet was aangemeld',
  ])
})

it('speaks to a client of themself', async () => {
  const { visitWords } = await words()
  const told = (more: Partial<LogLine>) => toVisits([line(more)]).map((visit) => visitWords(visit, bo))
  expect(told({ action: 'client.view', rule: 'therapist-group' })).toEqual([
    { who: 'Thea', did: 'bekeek jouw gegevens' },
  ])
  expect(told({ action: 'client.view', personId: bo })[0]?.who).toBe('Jij')
  expect(told({ action: 'account.link-opened', personId: null })[0]?.who).toMatch(/met jouw link/)
})
