// The way back of `heart-rate-measurement.ts`: the bytes (0x2A37) that a strap would send. For practice straps and tests.

export interface WrittenMeasurement {
  /** 0 to 65535; 16 bits are used above 255. */
  readonly heartRateBpm: number
  readonly contact?: 'unsupported' | 'no' | 'yes'
  /** 1/1024 s, oldest first. */
  readonly rr1024?: readonly number[]
  readonly energyKj?: number
}

/** Write one notification.
 *  @source Bluetooth HRS 1.0 §3.1; rule I */
export function encodeHeartRateMeasurement(measurement: WrittenMeasurement): Uint8Array<ArrayBuffer> {
  const { heartRateBpm, contact = 'unsupported', rr1024 = [], energyKj } = measurement
  const wide = heartRateBpm > 255
  const flags =
    (wide ? 0x01 : 0) | contactBits[contact] | (energyKj === undefined ? 0 : 0x08) | (rr1024.length > 0 ? 0x10 : 0)
  const bytes = [flags, ...(wide ? uint16(heartRateBpm) : [heartRateBpm])]
  if (energyKj !== undefined) bytes.push(...uint16(energyKj))
  return Uint8Array.from([...bytes, ...rr1024.flatMap(uint16)])
}

const contactBits = { unsupported: 0, no: 0x04, yes: 0x06 } as const
const uint16 = (value: number): [number, number] => [value & 0xff, (value >> 8) & 0xff]
