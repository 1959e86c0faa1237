import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest'
import { causeOf } from '../../src/live/cause.ts'
import { logEvent, logInWords, pacedLog } from '../../src/live/server-log.ts'
import { readLog } from '../support/log-lines.ts'

let [out, err]: MockInstance[] = []
beforeEach(() => {
  out = vi.spyOn(console, 'log').mockReturnValue(undefined)
  err = vi.spyOn(console, 'error').mockReturnValue(undefined)
})
afterEach(() => {
  logInWords({ out: false, err: false })
  vi.useRealTimers()
  vi.restoreAllMocks()
})
const printed = (stream: MockInstance | undefined) => stream?.mock.calls.map(([line]) => String(line)) ?? []

it('is words for a person at a terminal, with the kind of error and the request behind them', () => {
  logInWords({ out: true, err: true })
  logEvent('server.started', 'calmpace: open http://localhost:8787')
  logEvent('request.failed', 'a request failed', { requestId: 'r1', cause: causeOf(new TypeError('Noor 175')) })
  expect(printed(out)).toEqual(['calmpace: open http://localhost:8787'])
  expect(printed(err)).toEqual(['calmpace: a request failed (TypeError, request r1)'])
})

it('is JSON on the stream that no person reads, whatever the other one is', () => {
  logInWords({ out: true, err: false })
  logEvent('disk.full', 'full')
  expect(readLog(printed(err).join('\n'))).toMatchObject([{ level: 'error', event: 'disk.full', message: 'full' }])
})

it('tells of an error its kind and what is behind it, and never its words', () => {
  const sqlite = Object.assign(new Error('UNIQUE constraint failed: person.email'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 2067,
    errstr: 'constraint failed',
  })
  const raised = Object.assign(new Error('Noor 175'), {
    code: 'ERR_SQLITE_ERROR',
    errcode: 1811,
    errstr: 'constraint failed',
  })
  expect(causeOf(new RangeError('Noor', { cause: sqlite }))).toEqual({
    name: 'RangeError',
    cause: {
      name: 'Error',
      code: 'ERR_SQLITE_ERROR',
      sqlite: { code: 2067, message: 'UNIQUE constraint failed: person.email' },
    },
  })
  expect(causeOf(raised).sqlite).toEqual({ code: 1811, message: 'constraint failed' })
  expect(causeOf(Object.assign(new Error('x'), { name: 'Noor 175', code: 'Noor 175' }))).toEqual({ name: 'Error' })
  expect(causeOf('Noor')).toEqual({ name: 'unknown' })
})

it('writes so many lines a minute of what a caller brings about, and then how many it left out', () => {
  vi.useFakeTimers()
  const log = pacedLog(2)
  for (let n = 0; n < 5; n++) log('request.refused', `${n}`)
  vi.advanceTimersByTime(60_000)
  log('request.refused', 'later')
  const lines = readLog(printed(err).join('\n'))
  expect(lines.map(({ event, message }) => (event === 'log.left_out' ? event : message))).toEqual([
    '0',
    '1',
    'log.left_out',
    'later',
  ])
  expect(lines[2]).toMatchObject({ leftOut: 'request.refused', counts: { lines: 3 } })
})
