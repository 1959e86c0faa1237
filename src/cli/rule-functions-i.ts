// Section I of the rule book under the name that vectors call it by. Called by `rules.ts` only.
import { decodeHeartRateMeasurement } from '../formats/strap/heart-rate-measurement.ts'
import * as read from './vector-inputs.ts'
import type { RuleFunction } from './vector-inputs.ts'

export const ruleFunctionsI: Readonly<Record<string, RuleFunction>> = {
  parse2a37({ bytes }) {
    const decoded = decodeHeartRateMeasurement(new DataView(Uint8Array.from(read.numbers(bytes)).buffer))
    if (!decoded.ok) return { ok: false, error: decoded.code }
    const { heartRateBpm, contact, energyKj, rrMs, warnings } = decoded.value
    return { ok: true, hr: heartRateBpm, contact, energyKj, rrMs, warnings }
  },
}
