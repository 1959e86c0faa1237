// Which version of a client's limits holds when (rule B12). Pure: the server judges by it, the page says it before it is saved.
import type { Limits } from '../calm-zone.ts'

/** What of a version says when it holds. */
export interface Dated extends Limits {
  readonly validFromMs: number
  readonly createdAtMs: number
  /** Null where it is no mistake. */
  readonly withdrawn: object | null
}

const standing = <Version extends Dated>(versions: readonly Version[]): Version[] =>
  versions.filter(({ withdrawn }) => withdrawn === null)

/** The version in force at a moment; null before the first one: nothing holds yet then. Of those that hold it is the one that
 *  was saved last: what is dated back to this morning replaces what was saved at noon. */
export const inForce = <Version extends Dated>(versions: readonly Version[], atMs: number): Version | null =>
  standing(versions)
    .filter(({ validFromMs }) => validFromMs <= atMs)
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs)[0] ?? null

/** The version to judge a run by that started then; of a run from before all of them the earliest one, for an older run is
 *  better judged by the client's own limits than by none. */
export function versionAt<Version extends Dated>(versions: readonly Version[], atMs: number): Version | null {
  const earliestMs = Math.min(...standing(versions).map(({ validFromMs }) => validFromMs))
  return inForce(versions, Math.max(atMs, earliestMs))
}

/** The lowest limits that held at any moment since then: what a version that is dated back there takes the place of. Null where
 *  none held. */
export function lowestSince(versions: readonly Dated[], fromMs: number): Limits | null {
  const later = standing(versions).map(({ validFromMs }) => validFromMs)
  const held = [fromMs, ...later.filter((atMs) => atMs > fromMs)].flatMap((atMs) => versionAt(versions, atMs) ?? [])
  if (held.length === 0) return null
  const lowest = (of: (version: Dated) => number | null) => {
    const known = held.map(of).filter((bpm) => bpm !== null)
    return known.length === 0 ? null : Math.min(...known)
  }
  return { ceilingBpm: lowest(({ ceilingBpm }) => ceilingBpm), hardBpm: lowest(({ hardBpm }) => hardBpm) }
}
