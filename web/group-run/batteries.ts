// Warns about runners' straps with a low battery on the live screen: once when it is low, and again when it is almost
// empty. Pure.

/** Below this the battery may not last the run, or not the next minutes (issue 15: 20 % is low, 4 % is loud; product choice). */
const LOW_PERCENT = 20
const EMPTY_PERCENT = 5

export interface LowBattery {
  readonly alias: string
  readonly percent: number
  readonly isEmpty: boolean
  /** Warnings that were seen and are not repeated. */
  readonly key: string
}

interface WornStrap {
  readonly id: string
  readonly batteryPercent: number | null
}

/** Emptiest first.
 *  @param aliasOf null where nobody runs with that strap
 *  @param seen keys that somebody has seen */
export function listLowBatteries(
  straps: readonly WornStrap[],
  aliasOf: (strapId: string) => string | null,
  seen: ReadonlySet<string>,
): LowBattery[] {
  return straps
    .flatMap(({ id, batteryPercent }): LowBattery[] => {
      const alias = aliasOf(id)
      if (alias === null || batteryPercent === null || batteryPercent > LOW_PERCENT) return []
      const isEmpty = batteryPercent <= EMPTY_PERCENT
      return [{ alias, percent: batteryPercent, isEmpty, key: `${id} ${isEmpty ? 'empty' : 'low'}` }]
    })
    .filter(({ key }) => !seen.has(key))
    .sort((a, b) => a.percent - b.percent)
}
