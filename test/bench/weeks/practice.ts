// A practice of a hundred clients from what was counted of each kind: rows of its waiting list in a week, and how many of them
// concern somebody who matters. Pure.
import { frequency, isKind, kindNames, practiceOf100, standingOf } from '../../../fixtures/weeks/kinds.ts'
import type { Standing } from '../../../fixtures/weeks/client.ts'
import { rowsAWeek, type KindCount } from './count.ts'

/** How many clients of a kind the practice has. */
export function clientsOf(kind: string): number {
  if (!isKind(kind)) return 0
  const standing = standingOf(kind)
  const all = kindNames.filter((one) => standingOf(one) === standing).reduce((sum, one) => sum + frequency[one], 0)
  return (practiceOf100[standing] * frequency[kind]) / all
}

export interface Practice {
  /** Rows a week. */
  readonly rows: number
  readonly byStanding: Readonly<Record<Standing, number>>
  /** Share of the rows that concern somebody whose limit or plan is out of date, or for whom something changed. */
  readonly precision: number
  /** Rows about calm clients, in a hundred weeks of one. */
  readonly falsePer100: number
  /** Rows a week by flag kind: about calm clients, about the others. Most rows first. */
  readonly byFlag: readonly { readonly flag: string; readonly calm: number; readonly others: number }[]
}

export function toPractice(counts: readonly KindCount[]): Practice {
  const byStanding = { calm: 0, outdated: 0, changed: 0 }
  const byFlag = new Map<string, { calm: number; others: number }>()
  for (const count of counts) {
    const clients = clientsOf(count.kind)
    byStanding[count.standing] += clients * rowsAWeek(count)
    for (const [flag, rows] of count.rows) {
      const sums = byFlag.get(flag) ?? { calm: 0, others: 0 }
      sums[count.standing === 'calm' ? 'calm' : 'others'] += (clients * rows) / count.weeks
      byFlag.set(flag, sums)
    }
  }
  const rows = byStanding.calm + byStanding.outdated + byStanding.changed
  return {
    rows,
    byStanding,
    precision: rows === 0 ? 1 : 1 - byStanding.calm / rows,
    falsePer100: (100 * byStanding.calm) / practiceOf100.calm,
    byFlag: [...byFlag]
      .map(([flag, sums]) => ({ flag, ...sums }))
      .toSorted((a, b) => b.calm + b.others - a.calm - a.others),
  }
}
