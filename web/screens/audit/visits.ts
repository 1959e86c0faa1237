// Groups lines of the log for a client: everything that one person did within ten minutes is one visit, not a line for
// each table.
import type { LogLine } from '../../api/people.ts'

export interface Visit {
  /** Of the newest line. */
  readonly seq: number
  readonly atMs: number
  readonly personId: string | null
  readonly personName: string | null
  /** In the order in which they were done, each once. */
  readonly actions: readonly string[]
  readonly isEmergency: boolean
  /** Why, where the glass was broken. */
  readonly reasons: readonly string[]
}

/** product choice: who looks around for a while is told of once. */
const VISIT_MS = 600_000

/** @param lines newest first */
export function toVisits(lines: readonly LogLine[]): Visit[] {
  const visits: Visit[] = []
  for (const line of lines) {
    const { seq, atMs, personId, personName, action } = line
    const reason = action === 'glass.break' ? line.detail['reason'] : undefined
    const reasons = typeof reason === 'string' ? [reason] : []
    const isEmergency = action === 'glass.break' || (line.rule?.startsWith('break-glass') ?? false)
    const visit = visits.at(-1)
    if (visit === undefined || visit.personId !== personId || visit.atMs - atMs >= VISIT_MS)
      visits.push({ seq, atMs, personId, personName, actions: [action], isEmergency, reasons })
    else
      visits[visits.length - 1] = {
        ...visit,
        actions: [action, ...visit.actions.filter((one) => one !== action)],
        isEmergency: visit.isEmergency || isEmergency,
        reasons: [...reasons, ...visit.reasons],
      }
  }
  return visits
}
