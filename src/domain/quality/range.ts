// Rule D1: numbers that no heart rate is.
import { qualityDefaults, type QualityParameters } from '../parameters/quality.ts'

/** `dropout` for 0, `range` outside 30 to 230, else `ok`; null (no value) stays null. */
export function markRange(
  bpm: number | null,
  p: QualityParameters = qualityDefaults,
): 'ok' | 'dropout' | 'range' | null {
  if (bpm === null || Number.isNaN(bpm)) return null
  if (bpm === 0) return 'dropout'
  return bpm < p.rangeMinBpm || bpm > p.rangeMaxBpm ? 'range' : 'ok'
}
