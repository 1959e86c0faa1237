import { describe, expect, it } from 'vitest'
import {
  bodySensorLocations,
  decodeBodySensorLocation,
  sensorKindOf,
} from '../../../src/formats/strap/body-sensor-location.ts'

const decode = (...bytes: number[]) => decodeBodySensorLocation(new DataView(Uint8Array.from(bytes).buffer))

describe('decodeBodySensorLocation', () => {
  // offset 0: location
  it.each(bodySensorLocations.map((word, number) => [number, word] as const))('decodes %i as %s', (number, word) => {
    expect(decode(number)).toEqual({ ok: true, value: word })
  })

  it('takes neither no byte nor a number that the specification keeps for later', () => {
    expect([decode(), decode(7), decode(255)]).toEqual([
      { ok: false, code: 'TOO_SHORT' },
      { ok: false, code: 'RESERVED_VALUE' },
      { ok: false, code: 'RESERVED_VALUE' },
    ])
  })

  it('knows the chest and the wrist as kinds of sensor, and no other place', () => {
    expect(bodySensorLocations.map(sensorKindOf)).toEqual([
      'unknown',
      'chest',
      'wrist',
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ])
  })
})
