// Whether two recordings can be of one run: by how much they lie over each other in time.
import type { Recording } from '../recording.ts'

type Stretch = Pick<Recording, 'startedAtMs' | 'elapsedS'>

const endMs = ({ startedAtMs, elapsedS }: Stretch): number => startedAtMs + elapsedS * 1000

/** Whether they lie over each other for more than this share of the shorter one. */
export function overlapsBy(one: Stretch, other: Stretch, share: number): boolean {
  const overlapMs = Math.min(endMs(one), endMs(other)) - Math.max(one.startedAtMs, other.startedAtMs)
  return overlapMs > share * Math.min(one.elapsedS, other.elapsedS) * 1000
}
