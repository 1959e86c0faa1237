import { describe, expect, it } from 'vitest'
import { isOutOfSight, problemOf } from '../../../web/straps/strap-problem.ts'

// Sentences of Chromium, measured with the simulated radio or read in its source.
const measured = [
  ['NotFoundError', 'User cancelled the requestDevice() chooser.', 'cancelled'],
  ['NotFoundError', 'Bluetooth adapter not available.', 'bluetooth_off'],
  ['InvalidStateError', 'Connection Error: Not ready.', 'bluetooth_off'],
  ['InvalidStateError', 'Connection Error: Already connected.', 'attempt_failed'],
  ['NetworkError', 'Connection Error: Connection attempt failed.', 'attempt_failed'],
  ['NetworkError', 'Connection already in progress.', 'attempt_failed'],
  ['NetworkError', 'GATT operation already in progress.', 'attempt_failed'],
  ['NotSupportedError', 'GATT operation not permitted.', 'attempt_failed'],
  ['NetworkError', 'Connection Error: Connection limit exceeded.', 'phone_full'],
  ['AbortError', 'The GATT connect attempt was cancelled.', 'attempt_failed'],
  ['SecurityError', 'Access to the feature "bluetooth" is disallowed by permissions policy.', 'blocked'],
  ['NotFoundError', 'Web Bluetooth API globally disabled.', 'blocked'],
  ['NotFoundError', 'No Services matching UUID 0000180d-0000-1000-8000-00805f9b34fb found in Device.', 'no_heart_rate'],
  ['TypeError', 'navigator.bluetooth.requestDevice is not a function', 'unsupported'],
] as const

describe('problemOf', () => {
  it.each(measured)('%s: %s is %s', (name, message, problem) => {
    expect(problemOf(new DOMException(message, name))).toBe(problem)
  })

  it('takes anything that is thrown for a failed attempt', () => {
    expect([undefined, null, 'no', 7, {}].map(problemOf)).toEqual(Array(5).fill('attempt_failed'))
  })

  it('knows a strap that the browser has lost sight of', () => {
    expect(isOutOfSight(new DOMException('Bluetooth Device is no longer in range.', 'NetworkError'))).toBe(true)
    expect(isOutOfSight(new DOMException('Connection attempt failed.', 'NetworkError'))).toBe(false)
  })
})
