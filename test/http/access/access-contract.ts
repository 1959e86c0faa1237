// Asks the API as everybody of the world, and compares answer and log with the access table. For both runtimes.
import { expect } from 'vitest'
import { expectJson } from '../../support/expect-json.ts'
import { askAs, standings, type Standing, type World } from '../../support/world.ts'
import type { Ask } from '../../support/sign-in.ts'
import { accessTable, clientRules, clinicRuleOf, listRules, sameAs, type Line, type Row } from './access-table.ts'

export interface AuditJson {
  readonly seq: number
  readonly personId: string | null
  readonly action: string
  readonly clientId: string | null
  readonly clientIds: readonly string[]
  readonly rule: string | null
}

export function rowOf(route: string): Row {
  const row = accessTable[route]
  if (row === undefined) throw new Error(`${route} is missing from the access table`)
  return row
}

/** The statuses of a row, by standing. */
export function cellsOf({ cells }: Row): ReadonlyMap<Standing, number> {
  const statuses = cells.split(/[\s|]+/).map(Number)
  const written = standings.filter((standing) => sameAs[standing] === undefined)
  expect(statuses.length).toBe(written.length)
  return new Map(standings.map((standing) => [standing, statuses[written.indexOf(asWritten(standing))] ?? 0]))
}
/** Only to somebody signed in is it said that a second factor would let them in. */
const refusals: Readonly<Record<number, string>> = { 401: 'SIGNED_OUT', 403: 'SECOND_FACTOR_REQUIRED' }
const asWritten = (standing: Standing): Standing => sameAs[standing] ?? standing
export const isAllowed = (status: number): boolean => status < 300

/** Newest first, as the administrator sees it. Reading it is a line of its own, behind what is read. */
export const readLog = async (ask: Ask, world: World): Promise<readonly AuditJson[]> =>
  (await expectJson<{ items: AuditJson[] }>(askAs(ask, world, 'administrator')('/api/audit?limit=20'))).items

/** Make one request of the table. @throws where answer or log are not as written */
export async function expectCell(ask: Ask, world: World, route: string, standing: Standing): Promise<void> {
  const row = rowOf(route)
  const status = cellsOf(row).get(standing) ?? 0
  const before = ((await readLog(ask, world))[0]?.seq ?? 0) + 1
  const [path, init] = row.ask(world)
  const response = await askAs(ask, world, standing)(path, init)
  const text = await response.text()
  const added = (await readLog(ask, world)).filter(({ seq }) => seq > before).reverse()
  expect({ route, standing, status: response.status, added: added.flatMap(toldOfEach) }).toEqual({
    route,
    standing,
    status,
    added: expectedLines(row, world, standing, status),
  })
  if (isAllowed(status)) return
  // Not allowed reads as not there: the answer holds nothing but that.
  const { code } = JSON.parse(text) as { code: string }
  expect(code).toBe(isWrongGuess(row, standing) ? 'SIGN_IN_REFUSED' : (refusals[status] ?? 'NOT_FOUND'))

  /** A look at several at once is told of each of them, in their places. */
  function toldOfEach(line: AuditJson) {
    return line.clientIds.length === 0 ? [told(line)] : line.clientIds.map((clientId) => told({ ...line, clientId }))
  }
  function told({ personId, action, clientId, rule }: Omit<AuditJson, 'seq' | 'clientIds'>) {
    const known = clientId === null || Object.values(world).includes(clientId)
    return [action, known ? clientId : 'new', personId, rule]
  }
}

const isWrongGuess = ({ guesses }: Row, standing: Standing): boolean => guesses === true && standing !== 'nobody'

function expectedLines(row: Row, world: World, standing: Standing, status: number) {
  const personId = world.personIds[standing]
  if (!isAllowed(status))
    return status === 404 || status === 403 || isWrongGuess(row, standing)
      ? [['refused', row.refusals === 'logged' ? world.noor : null, personId, null]]
      : []
  const isList = !Array.isArray(row.lines)
  const lines: readonly Line[] = Array.isArray(row.lines)
    ? row.lines
    : (Object.entries(row.lines).find(([one]) => one === asWritten(standing))?.[1] ?? [])
  const clientRule = (row.rules ?? (isList ? listRules : clientRules))[asWritten(standing)]
  return lines.map(({ action, about, by }) => [
    action,
    about === null || about === 'new' ? about : world[about],
    by === 'stranger' || by === 'struck' ? null : personId,
    // Whoever makes a client in a group of theirs is its therapist.
    by === 'nobody' || by === 'stranger'
      ? null
      : by === 'clinic'
        ? clinicRuleOf(standing)
        : about === 'new'
          ? 'therapist-group'
          : clientRule,
  ])
}
